"""The access log: who looked at whose data, when, why and on which basis.

The fields follow NEN 7513 (which event, when, who, on whose behalf, role and organisation, which
data, which action, which basis, emergency access or not); compliance with it is not claimed.
"""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from welzijn.audit.chain_models import ErasurePermit, LogBlock, LogErasure, UnsealedEvent
from welzijn.audit.reasons import in_words
from welzijn.core.ids import uuid7

__all__ = [
    "AccessEvent",
    "ErasurePermit",
    "LogBlock",
    "LogErasure",
    "UnsealedEvent",
    "Withholding",
]


class AccessEvent(models.Model):
    """One access to a person's data, recorded in the transaction that reads it; append-only.

    Question and person are ids without a foreign key: the log outlives them for as long as the
    partnership's retention terms say. When they are erased, the entry loses the ids and its reason
    (`referrals/retention/erase.py`).
    """

    class Action(models.TextChoices):
        READ = "read", _("gelezen")
        SEARCH = "search", _("gevonden met zoeken")
        LIST = "list", _("gezien in een lijst")
        EXPORT = "export", _("gedownload")
        PRINT = "print", _("afgedrukt")
        CHANGE = "change", _("gewijzigd")

    class Kind(models.TextChoices):
        STAFF = "staff", _("medewerker")
        RESIDENT = "resident", _("inwoner")
        SYSTEM = "system", _("systeem")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    at = models.DateTimeField()
    partnership = models.ForeignKey("organisations.Partnership", models.PROTECT, related_name="+")
    actor_kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.STAFF)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="access_events"
    )
    organisation = models.ForeignKey(
        "organisations.Organisation", models.PROTECT, null=True, related_name="+"
    )
    role = models.CharField(max_length=30, blank=True)
    on_behalf_of = models.CharField(max_length=80, blank=True)
    action = models.CharField(max_length=10, choices=Action.choices)
    what = models.CharField(max_length=40, help_text="which data: question, person, history, ...")
    question_id = models.UUIDField(null=True)
    person_id = models.UUIDField(null=True)
    basis = models.CharField(max_length=30, blank=True)
    reason = models.CharField(max_length=200, blank=True)
    emergency = models.BooleanField(default=False)
    erased_hash = models.BinaryField(
        null=True, help_text="of the ids and reason that retention took; set by a trigger"
    )

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [
            models.Index(fields=["question_id", "at"], name="access_question_at"),
            models.Index(fields=["actor", "at"], name="access_actor_at"),
            models.Index(fields=["partnership", "at"], name="access_partnership_at"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(actor_kind__in=["staff", "resident", "system"]),
                name="access_actor_kind_known",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    action__in=["read", "search", "list", "export", "print", "change"]
                ),
                name="access_action_known",
            ),
            models.CheckConstraint(
                condition=~models.Q(actor_kind="staff")
                | models.Q(actor__isnull=False, organisation__isnull=False),
                name="access_staff_is_named",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.what} {self.at:%Y-%m-%d %H:%M}"

    @property
    def reason_in_words(self) -> str:
        """The reason in the language of who reads it."""
        return in_words(self.reason)


class Withholding(models.Model):
    """The reason to hide an entry from the resident's list for a time (invariant 6).

    Effective from the approval by a second person until the review date.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    event = models.OneToOneField(AccessEvent, models.CASCADE, related_name="withholding")
    reason = models.CharField(max_length=300)
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    requested_at = models.DateTimeField()
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    approved_at = models.DateTimeField(null=True)
    review_on = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(approved_by__isnull=True)
                | ~models.Q(approved_by=models.F("requested_by")),
                name="withholding_second_approver",
            ),
            models.CheckConstraint(
                condition=models.Q(approved_by__isnull=True, approved_at__isnull=True)
                | models.Q(approved_by__isnull=False, approved_at__isnull=False),
                name="withholding_approved_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"withheld until {self.review_on}"
