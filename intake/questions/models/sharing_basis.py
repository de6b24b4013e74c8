"""Why one organisation or team may see one question (grondslag om te delen)."""

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from welzijn.core.ids import uuid7


@pghistory.track(pghistory.UpdateEvent(row=pghistory.Old))
class SharingBasis(models.Model):
    """A consent or another recorded legal basis, for one organisation or team.

    Valid while `ended_at` is empty; at most one valid basis per question and receiver. A consent
    is given by the person it is about, or recorded with who represents them.
    """

    class Kind(models.TextChoices):
        CONSENT = "consent", _("toestemming")
        FIRST_HANDLING = "first_handling", _("eerste behandeling")
        DANGER = "danger", _("acuut gevaar")
        LEGAL_DUTY = "legal_duty", _("wettelijke plicht")

    class How(models.TextChoices):
        ONLINE = "online", _("online")
        SPOKEN = "spoken", _("aan de balie of op straat")
        PHONE = "phone", _("aan de telefoon")
        PAPER = "paper", _("op papier")
        PARTNER = "partner", _("via de partner die de vraag bracht")
        SYSTEM = "system", _("vanzelf")

    class Purpose(models.TextChoices):
        SORT_OUT = "sort_out", _("uitzoeken wie u kan helpen")
        HELP = "help", _("u helpen met uw vraag")
        TAKE_OVER = "take_over", _("uw vraag overnemen")
        HELP_ALONG = "help_along", _("meehelpen met uw vraag")
        CONFERENCE = "conference", _("samen praten over uw vraag (MDO)")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    question = models.ForeignKey("intake.Question", models.CASCADE, related_name="sharing_bases")
    organisation = models.ForeignKey(
        "organisations.Organisation", models.PROTECT, null=True, related_name="sharing_bases"
    )
    team = models.ForeignKey(
        "organisations.Team", models.PROTECT, null=True, related_name="sharing_bases"
    )
    team_organisations = ArrayField(
        models.UUIDField(), default=list, help_text="the organisations that the yes to a team named"
    )
    kind = models.CharField(max_length=15, choices=Kind.choices)
    purpose = models.CharField(max_length=200, choices=Purpose.choices)
    how = models.CharField(max_length=10, choices=How.choices)
    given_by = models.ForeignKey(
        "intake.Person", models.PROTECT, null=True, related_name="given_bases"
    )
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    reason = models.CharField(max_length=300, blank=True)
    valid_from = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_why = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["question", "organisation"],
                condition=Q(ended_at__isnull=True, organisation__isnull=False),
                name="sharing_basis_one_an_organisation",
            ),
            models.UniqueConstraint(
                fields=["question", "team"],
                condition=Q(ended_at__isnull=True, team__isnull=False),
                name="sharing_basis_one_a_team",
            ),
            models.CheckConstraint(
                condition=Q(organisation__isnull=False, team__isnull=True)
                | Q(organisation__isnull=True, team__isnull=False),
                name="sharing_basis_for_one",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["consent", "first_handling", "danger", "legal_duty"]),
                name="sharing_basis_kind_known",
            ),
            models.CheckConstraint(
                condition=~Q(kind="consent") | Q(given_by__isnull=False),
                name="sharing_basis_consent_given",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=["danger", "legal_duty"]) | ~Q(reason=""),
                name="sharing_basis_reasoned",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=models.F("valid_from")),
                name="sharing_basis_dates",
            ),
        ]
        indexes = [
            models.Index(
                fields=["organisation", "question"],
                condition=Q(ended_at__isnull=True),
                name="sharing_basis_valid_org",
            ),
            models.Index(
                fields=["team", "question"],
                condition=Q(ended_at__isnull=True),
                name="sharing_basis_valid_team",
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()
