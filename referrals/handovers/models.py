"""The warm handover: the lead passes with the resident's yes and the receiver's yes."""

from typing import Self

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from welzijn.core.ids import uuid7


@pghistory.track(pghistory.UpdateEvent(row=pghistory.Old))
class Handover(models.Model):
    """From the lead to another organisation of the partnership.

    The sender stays responsible until the receiver has accepted and the resident has been spoken
    to (invariant 2). Moves only through `referrals.handovers.services`; see its transition table.
    """

    class Status(models.TextChoices):
        PROPOSED = "proposed", _("voorgesteld aan de inwoner")
        OFFERED = "offered", _("aangeboden")
        QUESTION = "question", _("de ontvanger vraagt iets")
        ANSWERED = "answered", _("het antwoord ligt bij de inwoner")
        ACCEPTED = "accepted", _("aangenomen, nog kennismaken")
        COMPLETED = "completed", _("overgedragen")
        DECLINED = "declined", _("niet aangenomen")
        REFUSED = "refused", _("inwoner wil het niet")
        WITHDRAWN = "withdrawn", _("teruggetrokken")
        REVOKED = "revoked", _("gestopt door de inwoner")
        LAPSED = "lapsed", _("inwoner niet bereikt")

    OPEN = ("proposed", "offered", "question", "answered", "accepted")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    question = models.ForeignKey("intake.Question", models.CASCADE, related_name="handovers")
    sender = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="sent")
    receiver = models.ForeignKey(
        "organisations.Organisation", models.PROTECT, related_name="received"
    )
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.PROPOSED)
    why = models.CharField("waarom", max_length=300, help_text="a B1 sentence for the resident")
    summary = models.TextField(
        "wat de ander moet weten", help_text="without the person; the resident approved it"
    )
    resident_yes_at = models.DateTimeField(null=True)
    resident_yes_how = models.CharField(max_length=10, blank=True)
    resident_yes_recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True)
    decline_reason = models.CharField("waarom niet", max_length=300, blank=True)
    met_at = models.DateTimeField(null=True)
    met_how = models.CharField(max_length=10, blank=True)
    ended_at = models.DateTimeField(null=True)
    due_on = models.DateField(null=True)
    due_for = models.CharField(max_length=10, blank=True, help_text="resident, receiver or sender")
    escalated_at = models.DateTimeField(
        null=True, help_text="nobody answered in time: the figure 'not taken up' counts these"
    )
    step = models.PositiveIntegerField(
        default=1, help_text="raised by every move: a message about an earlier step is not true"
    )
    basis = models.ForeignKey(
        "intake.SharingBasis",
        models.SET_NULL,
        null=True,
        related_name="+",
        help_text="the receiver's basis that this handover made; ends with it unless completed",
    )
    sender_stays = models.BooleanField(
        default=False, help_text="the resident wants the sender to keep helping as well"
    )
    meeting_at = models.DateTimeField("kennismaking", null=True)
    meeting_where = models.CharField("waar", max_length=200, blank=True)
    meeting_version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-proposed_at"]
        verbose_name = "warme overdracht"
        constraints = [
            models.UniqueConstraint(
                fields=["question"],
                condition=Q(status__in=["proposed", "offered", "question", "answered", "accepted"]),
                name="handover_one_open",
            ),
            models.CheckConstraint(
                condition=Q(
                    status__in=[
                        "proposed",
                        "offered",
                        "question",
                        "answered",
                        "accepted",
                        "completed",
                        "declined",
                        "refused",
                        "withdrawn",
                        "revoked",
                        "lapsed",
                    ]
                ),
                name="handover_status_known",
            ),
            models.CheckConstraint(
                condition=~Q(sender=models.F("receiver")), name="handover_to_another"
            ),
            models.CheckConstraint(
                condition=~Q(
                    status__in=[
                        "offered",
                        "question",
                        "answered",
                        "accepted",
                        "completed",
                        "declined",
                    ]
                )
                | Q(resident_yes_at__isnull=False),
                name="handover_resident_yes_first",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["accepted", "completed"])
                | Q(answered_by__isnull=False, answered_at__isnull=False),
                name="handover_receiver_yes",
            ),
            models.CheckConstraint(
                condition=~Q(status="completed") | Q(met_at__isnull=False),
                name="handover_resident_met",
            ),
            models.CheckConstraint(
                condition=~Q(status="declined") | ~Q(decline_reason=""),
                name="handover_decline_reasoned",
            ),
            models.CheckConstraint(
                condition=Q(
                    status__in=["proposed", "offered", "question", "answered", "accepted"],
                    ended_at__isnull=True,
                )
                | ~Q(status__in=["proposed", "offered", "question", "answered", "accepted"])
                & Q(ended_at__isnull=False),
                name="handover_ended_when",
            ),
        ]

    def __str__(self) -> str:
        return self.get_status_display()

    @property
    def is_open(self) -> bool:
        """Whether the handover has not ended."""
        return self.status in self.OPEN


class HandoverTalkQuerySet(models.QuerySet["HandoverTalk"]):
    """Questions of the receiver and answers of the sender."""

    def for_receiver(self) -> Self:
        """Filter to questions, and answers that the resident consented to."""
        return self.exclude(needs_yes=True, resident_yes_at__isnull=True)


class HandoverTalk(models.Model):
    """A question of the receiver or an answer of the sender, without the person.

    The words are never changed. The receiver reads an answer once the resident has said yes to it.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    handover = models.ForeignKey(Handover, models.CASCADE, related_name="talk")
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    text = models.TextField()
    needs_yes = models.BooleanField(
        default=False, db_default=False, help_text="an answer of the sender: about the resident"
    )
    resident_yes_at = models.DateTimeField(null=True)
    resident_yes_how = models.CharField(max_length=10, blank=True, default="", db_default="")
    resident_yes_recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    refused_at = models.DateTimeField(null=True)

    objects = HandoverTalkQuerySet.as_manager()

    class Meta:
        ordering = ["at", "id"]
        verbose_name = "vraag bij een overdracht"
        constraints = [
            models.CheckConstraint(
                condition=Q(resident_yes_at__isnull=True) | Q(refused_at__isnull=True),
                name="handover_talk_yes_or_no",
            ),
            models.CheckConstraint(
                condition=Q(resident_yes_at__isnull=True) | ~Q(resident_yes_how=""),
                name="handover_talk_yes_how",
            ),
        ]

    def __str__(self) -> str:
        return "vraag bij een overdracht"

    @property
    def waits_for_resident(self) -> bool:
        """Whether the resident still has to say yes or no to it."""
        return self.needs_yes and self.resident_yes_at is None and self.refused_at is None
