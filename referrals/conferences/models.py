"""The MDO: several organisations and the resident around one household."""

import uuid
from datetime import datetime

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from referrals.conferences.causes import Because
from welzijn.core.ids import uuid7


@pghistory.track(pghistory.UpdateEvent(row=pghistory.Old))
class Conference(models.Model):
    """A case conference. Holds a time and a place; what it is about stands with its questions."""

    class Status(models.TextChoices):
        PROPOSED = "proposed", _("voorgesteld")
        PLANNED = "planned", _("gepland")
        HELD = "held", _("gehouden")
        CANCELLED = "cancelled", _("gaat niet door")

    OPEN = ("proposed", "planned")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    partnership = models.ForeignKey(
        "organisations.Partnership", models.PROTECT, related_name="conferences"
    )
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        help_text="null: the resident, on their own page",
    )
    proposed_at = models.DateTimeField()
    title = models.CharField(
        "titel",
        max_length=80,
        blank=True,
        help_text="without a person: every guest reads it",
    )
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.PROPOSED)
    starts_at = models.DateTimeField("begint", null=True)
    ends_at = models.DateTimeField("tot", null=True)
    place = models.CharField("waar", max_length=200, blank=True)
    sequence = models.PositiveIntegerField(
        default=0, help_text="raised by every change of time or place (RFC 5545)"
    )
    cancelled_why = models.CharField("waarom niet", max_length=300, blank=True)
    cancelled_because = models.CharField(
        max_length=20, choices=Because, blank=True, default="", db_default=""
    )

    class Meta:
        ordering = ["-proposed_at"]
        verbose_name = "MDO"
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=["proposed", "planned", "held", "cancelled"]),
                name="conference_status_known",
            ),
            models.CheckConstraint(
                condition=Q(starts_at__isnull=True, ends_at__isnull=True)
                | Q(starts_at__isnull=False, ends_at__gt=F("starts_at")),
                name="conference_times",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["planned", "held"]) | Q(starts_at__isnull=False),
                name="conference_planned_when",
            ),
            models.CheckConstraint(
                condition=~Q(status="cancelled") | ~Q(cancelled_why="", cancelled_because=""),
                name="conference_cancelled_why",
            ),
            models.CheckConstraint(
                condition=Q(cancelled_because__in=Because.values),
                name="conference_because_known",
            ),
        ]

    def __str__(self) -> str:
        return "MDO"

    @property
    def why_cancelled(self) -> str:
        """Why it is off: somebody's words, or what ended it in the language of who reads."""
        return self.cancelled_why or str(self.get_cancelled_because_display())

    @property
    def is_open(self) -> bool:
        """Whether it still has to be held."""
        return self.status in self.OPEN

    def has_been(self, now: datetime) -> bool:
        """Whether its time is over, also where nobody wrote anything about it."""
        return self.ends_at is not None and self.ends_at <= now


@pghistory.track(pghistory.UpdateEvent(row=pghistory.Old))
class AgendaItem(models.Model):
    """One question on the agenda, with its own plan and minutes.

    By question and not by meeting: who may read the question of a son may differ from who may read
    his parents'.
    """

    class Best(models.TextChoices):
        YES = "yes", _("ja")
        NO = "no", _("nee")
        NOT_ASKED = "", _("nog niet gevraagd")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    conference = models.ForeignKey(Conference, models.CASCADE, related_name="agenda")
    question = models.ForeignKey("intake.Question", models.CASCADE, related_name="agenda_items")
    why = models.CharField("waarover", max_length=300, help_text="a B1 sentence for the resident")
    added_at = models.DateTimeField()
    resident_invited = models.BooleanField("inwoner uitgenodigd", default=True)
    not_invited_why = models.CharField("waarom niet", max_length=300, blank=True)
    not_invited_because = models.CharField(
        max_length=20, choices=Because, blank=True, default="", db_default=""
    )
    invitations_sent = models.PositiveIntegerField(
        default=0, db_default=0, help_text="how often the resident got the appointment: SEQUENCE"
    )
    answers = models.JSONField("openingsvragen", default=list)
    plan = models.TextField("plan", blank=True, help_text="in the resident's own words")
    best = models.CharField("slotvraag", max_length=3, choices=Best.choices, blank=True)
    best_words = models.TextField("in eigen woorden", blank=True)
    minutes = models.TextField("verslag", blank=True)
    written_at = models.DateTimeField(null=True)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    version = models.PositiveIntegerField(default=0, help_text="raised by every writing")

    class Meta:
        ordering = ["added_at", "id"]
        verbose_name = "punt van een MDO"
        constraints = [
            models.UniqueConstraint(fields=["conference", "question"], name="agenda_question_once"),
            models.CheckConstraint(
                condition=Q(resident_invited=True, not_invited_why="", not_invited_because="")
                | Q(resident_invited=False) & ~Q(not_invited_why="", not_invited_because=""),
                name="agenda_resident_invited_or_why",
            ),
            models.CheckConstraint(
                condition=Q(not_invited_because__in=Because.values),
                name="agenda_because_known",
            ),
            models.CheckConstraint(
                condition=Q(best__in=["", "yes", "no"]), name="agenda_best_known"
            ),
            models.CheckConstraint(
                condition=Q(written_at__isnull=True, written_by__isnull=True)
                | Q(written_at__isnull=False, written_by__isnull=False),
                name="agenda_written_whole",
            ),
        ]

    def __str__(self) -> str:
        return "punt van een MDO"

    @property
    def why_not_invited(self) -> str:
        """Why the resident doesn't come, as `Conference.why_cancelled`."""
        return self.not_invited_why or str(self.get_not_invited_because_display())


class Participant(models.Model):
    """Somebody who is invited: a member of staff, or somebody outside by name and e-mail address.

    Being invited opens nothing: what they may read of a question follows from its sharing bases.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    conference = models.ForeignKey(Conference, models.CASCADE, related_name="participants")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="conferences"
    )
    organisation = models.ForeignKey(
        "organisations.Organisation", models.PROTECT, null=True, related_name="+"
    )
    name = models.CharField("naam", max_length=120, blank=True)
    works_at = models.CharField("organisatie", max_length=120, blank=True)
    email = models.EmailField("e-mailadres", blank=True)
    token = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    invited_at = models.DateTimeField()
    comes = models.BooleanField("komt", null=True)
    answered_at = models.DateTimeField(null=True)
    removed_at = models.DateTimeField(null=True)
    invitations_sent = models.PositiveIntegerField(
        default=0,
        db_default=0,
        help_text="how often they got the appointment or its end: version of the message, SEQUENCE",
    )

    class Meta:
        ordering = ["invited_at", "id"]
        verbose_name = "deelnemer aan een MDO"
        constraints = [
            models.UniqueConstraint(
                fields=["conference", "user"],
                condition=Q(user__isnull=False),
                name="participant_user_once",
            ),
            models.UniqueConstraint(
                fields=["conference", "email"],
                condition=~Q(email=""),
                name="participant_email_once",
            ),
            models.CheckConstraint(
                condition=Q(user__isnull=False, organisation__isnull=False, email="", name="")
                | Q(user__isnull=True, organisation__isnull=True) & ~Q(email="") & ~Q(name=""),
                name="participant_inside_or_outside",
            ),
        ]

    def __str__(self) -> str:
        return str(self.user) if self.user is not None else self.name


class ConferenceAction(models.Model):
    """What somebody does after the MDO: words with the question, its day in a FollowUp."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    item = models.ForeignKey(AgendaItem, models.CASCADE, related_name="actions")
    what = models.CharField("wat", max_length=200)
    participant = models.ForeignKey(
        Participant,
        models.PROTECT,
        null=True,
        related_name="actions",
        help_text="null: the resident",
    )
    follow_up = models.OneToOneField(
        "referrals.FollowUp", models.CASCADE, related_name="conference_action"
    )

    class Meta:
        ordering = ["follow_up__due_on", "id"]
        verbose_name = "actie uit een MDO"

    def __str__(self) -> str:
        return "actie uit een MDO"


class AgendaRequest(models.Model):
    """Whoever works on another question is asked to put it on the agenda (`asking.py`).

    Without a question where the reference is none of ours: who asked can't tell the difference.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    conference = models.ForeignKey(Conference, models.CASCADE, related_name="asked_for")
    question = models.ForeignKey(
        "intake.Question", models.CASCADE, null=True, related_name="asked_for_agenda"
    )
    follow_up = models.OneToOneField(
        "referrals.FollowUp", models.CASCADE, null=True, related_name="agenda_request"
    )
    why = models.CharField(max_length=300, help_text="without a person, for the worker")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]
        verbose_name = "gevraagd punt van een MDO"
        constraints = [
            models.CheckConstraint(
                condition=Q(question__isnull=True, follow_up__isnull=True)
                | Q(question__isnull=False, follow_up__isnull=False),
                name="agenda_request_due_with_its_question",
            )
        ]

    def __str__(self) -> str:
        return "gevraagd punt van een MDO"
