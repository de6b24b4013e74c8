"""What is due, on a working day, for a person or an organisation."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from intake.questions import sentences as question_sentences
from welzijn.core.ids import uuid7


class FollowUp(models.Model):
    """A herinnering. What is due lives here; the broker may lose everything (invariant 5).

    `sentence` and `parameters` say what is due (`intake.questions.sentences`).
    `due_version` goes up each time `due_on` changes: a message is keyed on it, so a moved
    follow-up reminds again and an unmoved one never twice. `waits_for` says whose turn it is.
    """

    class Kind(models.TextChoices):
        PICK_UP = "pick_up", _("oppakken")
        FIRST_CONTACT = "first_contact", _("eerste contact")
        AGREED = "agreed", _("afspraak")
        HANDOVER = "handover", _("overdracht")
        CHECK = "check", _("navraag na afronden")
        QUIET = "quiet", _("lang niets gebeurd")
        DUTY = "duty", _("dienst: mogelijk gevaar")
        CONSULTATION = "consultation", _("even overleggen")
        CLOCK = "clock", _("wettelijke termijn")
        ACTION = "action", _("actie uit het MDO")
        OUTSIDE = "outside", _("partner buiten het samenwerkingsverband")
        REVIEW = "review", _("terugkijken naar een afscherming")
        SAFETY = "safety", _("Meldcode")
        DESK = "desk", _("bericht van de balie")

    class WaitsFor(models.TextChoices):
        US = "us", _("de organisatie")
        SENDER = "sender", _("de gever")
        RECEIVER = "receiver", _("de ontvanger")
        RESIDENT = "resident", _("de inwoner")

    class Status(models.TextChoices):
        OPEN = "open", _("open")
        DONE = "done", _("gedaan")
        CANCELLED = "cancelled", _("vervallen")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    partnership = models.ForeignKey(
        "organisations.Partnership", models.PROTECT, related_name="follow_ups"
    )
    question = models.ForeignKey("intake.Question", models.CASCADE, related_name="follow_ups")
    kind = models.CharField(max_length=15, choices=Kind.choices)
    sentence = models.CharField(max_length=60)
    parameters = models.JSONField(default=dict, db_default={}, blank=True)
    for_resident = models.BooleanField(
        default=False,
        db_default=False,
        help_text="whether the resident reads what it is; else only the day",
    )
    organisation = models.ForeignKey(
        "organisations.Organisation", models.PROTECT, related_name="follow_ups"
    )
    team = models.ForeignKey(
        "organisations.Team", models.PROTECT, null=True, related_name="follow_ups"
    )
    worker = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="follow_ups"
    )
    waits_for = models.CharField(max_length=10, choices=WaitsFor.choices, default=WaitsFor.US)
    due_on = models.DateField("wanneer")
    at_time = models.TimeField(null=True, blank=True, help_text="the time of a plan, if it has one")
    due_version = models.PositiveIntegerField(default=1)
    remind_at = models.DateTimeField(
        null=True, help_text="when the sweep next has to look at it; null: it need not"
    )
    escalation = models.PositiveSmallIntegerField(default=0)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.OPEN)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    done_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["due_on", "id"]
        verbose_name = "herinnering"
        indexes = [
            models.Index(
                fields=["remind_at", "id"],
                condition=Q(status="open", remind_at__isnull=False),
                name="follow_up_sweep",
            ),
            models.Index(
                fields=["organisation", "due_on"],
                condition=Q(status="open"),
                name="follow_up_org_due",
            ),
            models.Index(
                fields=["worker", "due_on"], condition=Q(status="open"), name="follow_up_worker_due"
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["question", "kind"],
                condition=Q(status="open")
                & Q(
                    kind__in=[
                        "pick_up",
                        "first_contact",
                        "handover",
                        "check",
                        "quiet",
                        "duty",
                        "clock",
                    ]
                ),
                name="follow_up_one_open_a_kind",
            ),
            models.CheckConstraint(
                condition=Q(status="open", done_at__isnull=True)
                | Q(status__in=["done", "cancelled"], done_at__isnull=False),
                name="follow_up_done_when",
            ),
            models.CheckConstraint(
                condition=Q(sentence__regex=question_sentences.KEY),
                name="follow_up_sentence_is_a_kind",
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()

    @property
    def what(self) -> str:
        """What is due, in the language of the page: `sentence` with `parameters`."""
        return question_sentences.render_of(self, self.get_kind_display())[0]

    def as_json(self) -> dict[str, Any]:
        """What is due, as a parameter of a sentence about it."""
        return question_sentences.Sentence(self.sentence, self.parameters).as_json()
