"""Sign-ups for learning sessions, and what the wijkaanjager arranged about one."""

from django.conf import settings
from django.db import models

from welzijn.core.ids import uuid7


class LearningSignUp(models.Model):
    """A member of staff who attends one session. Holds nothing about a resident.

    `session` is the uid of `organisations.learning_sessions.schedule.Session`, which follows from
    neighbourhood and day: sessions themselves are no rows.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    partnership = models.ForeignKey(
        "organisations.Partnership", models.CASCADE, related_name="learning_sign_ups"
    )
    session = models.UUIDField()
    day = models.DateField("dag")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="learning_sign_ups"
    )
    at = models.DateTimeField()
    case = models.CharField(
        "casus",
        max_length=300,
        blank=True,
        default="",
        db_default="",
        help_text="the case that they bring, without a person in it",
    )

    class Meta:
        ordering = ["day", "at"]
        verbose_name = "aanmelding voor een leersessie"
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "session", "user"], name="learning_sign_up_once"
            )
        ]

    def __str__(self) -> str:
        return "aanmelding"


class ArrangedSession(models.Model):
    """One session that was planned by hand, or one of a recurrence that was changed.

    It holds all facts of the session, so that it stays when the recurrence leaves the file.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    partnership = models.ForeignKey(
        "organisations.Partnership", models.CASCADE, related_name="arranged_sessions"
    )
    neighbourhood = models.ForeignKey(
        "organisations.Neighbourhood",
        models.CASCADE,
        null=True,
        related_name="arranged_sessions",
        help_text="none: of the whole partnership",
    )
    session = models.UUIDField(help_text="uid of the session; sign-ups point at it")
    recurs_on = models.DateField(null=True, help_text="its day by the recurrence it belongs to")
    name = models.CharField("naam", max_length=80)
    theme = models.CharField("thema", max_length=120, blank=True)
    place = models.CharField("waar", max_length=120, blank=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    case_wanted = models.CharField("gevraagde casus", max_length=300, blank=True)
    cancelled_at = models.DateTimeField(null=True)
    cancelled_why = models.CharField(max_length=200, blank=True)
    version = models.PositiveIntegerField(
        default=0, help_text="raised by each change of moment or place; calendars go by it"
    )
    mails = models.PositiveIntegerField(default=0, help_text="how often colleagues were mailed")
    mailed_at = models.DateTimeField(null=True)
    arranged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    arranged_at = models.DateTimeField()

    class Meta:
        ordering = ["starts_at", "id"]
        verbose_name = "geplande leersessie"
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "session"], name="arranged_session_once"
            ),
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")),
                name="arranged_session_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=models.Q(cancelled_at__isnull=False) | models.Q(cancelled_why=""),
                name="arranged_session_reason_is_of_cancelling",
            ),
        ]

    def __str__(self) -> str:
        return "leersessie"


class SessionOutcome(models.Model):
    """What came of a session that was held: its theme, cases and tips, without a person."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    partnership = models.ForeignKey(
        "organisations.Partnership", models.CASCADE, related_name="session_outcomes"
    )
    neighbourhood = models.ForeignKey(
        "organisations.Neighbourhood",
        models.CASCADE,
        null=True,
        related_name="session_outcomes",
        help_text="none: of the whole partnership",
    )
    session = models.UUIDField(help_text="uid of the session")
    day = models.DateField("dag")
    name = models.CharField("naam", max_length=80)
    theme = models.CharField("thema", max_length=120, blank=True)
    cases = models.CharField("casussen", max_length=1000, blank=True)
    tips = models.CharField("tips", max_length=1000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-day", "-id"]
        verbose_name = "opbrengst van een leersessie"
        constraints = [
            models.UniqueConstraint(fields=["partnership", "session"], name="session_outcome_once")
        ]

    def __str__(self) -> str:
        return "opbrengst"
