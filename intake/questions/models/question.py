"""The question (hulpvraag), in the resident's own words."""

import pghistory
from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from intake.questions.models.querysets import QuestionQuerySet
from intake.questions.models.question_status import (
    ENDED_STATUSES,
    IS_OPEN,
    OPEN_STATUSES,
    QuestionStatus,
)
from welzijn.core.ids import uuid7


# The resident's words never change: excluded, so that retention has one copy fewer to delete.
@pghistory.track(
    pghistory.UpdateEvent(row=pghistory.Old),
    exclude=["search", "words", "opening_answers", "written_in", "code_digest", "check_code"],
)
class Question(models.Model):
    """One question of one resident to one partnership.

    The lead is NOT NULL, so a question has exactly one responsible organisation from its first
    commit on (invariant 1). `lead_team` is set if a team leads; `assigned_to` is who picked it up.
    The status changes only through `intake.questions.status.move`.
    """

    Status = QuestionStatus
    OPEN_STATUSES = OPEN_STATUSES
    ENDED_STATUSES = ENDED_STATUSES

    class Channel(models.TextChoices):
        ONLINE = "online", _("online")
        CALL_ME = "call_me", _("bel mij")
        PHONE = "phone", _("telefoon")
        WALK_IN = "walk_in", _("inloop")
        EMAIL = "email", _("e-mail")
        LETTER = "letter", _("brief")
        CHAT = "chat", _("chat")
        OUTREACH = "outreach", _("op straat of thuis")
        PARTNER = "partner", _("partner")

    class About(models.TextChoices):
        SELF = "self", _("mijzelf")
        CHILD = "child", _("mijn kind")
        PARENT = "parent", _("mijn vader of moeder")
        PARTNER = "partner", _("mijn partner")
        OTHER = "other", _("iemand anders")

    class Urgency(models.TextChoices):
        NORMAL = "normal", _("gewoon")
        SOON = "soon", _("snel")
        DANGER = "danger", _("gevaar")

    class Kind(models.TextChoices):
        """Kinds of question; some have a clock of the law (DESIGN section 11)."""

        ADVICE = "advice", _("advies")
        WELFARE = "welfare", _("welzijn")
        WMO = "wmo", _("melding Wmo")
        DEBTS = "debts", _("schulden")
        DEBTS_THREAT = "debts_threat", _("schulden met een dreigende datum")
        YOUTH_CARE = "youth_care", _("jeugdhulp")

    class SubjectKnows(models.TextChoices):
        YES = "yes", _("ja")
        NO = "no", _("nee")
        NOT_ASKED = "", _("niet gevraagd")

    class SubjectAnswer(models.TextChoices):
        """Whether the person it is about agrees, if that is not the asker."""

        YES = "yes", _("ja")
        NO = "no", _("nee")
        NOT_YET = "", _("nog niet gevraagd")

    class Representation(models.TextChoices):
        """Who answered for the person it is about (DESIGN section 11)."""

        SELF = "self", _("zelf")
        PARENT = "parent", _("ouder met gezag")
        MENTOR = "mentor", _("mentor")
        CURATOR = "curator", _("curator")
        NOT_SAID = "", _("nog niemand")

    class Result(models.TextChoices):
        HELPED = "helped", _("geholpen")
        PARTLY = "partly", _("deels geholpen")
        ADVISED = "advised", _("advies gegeven")
        OTHER_HELP = "other_help", _("andere hulp gevonden")
        NO_CONTACT = "no_contact", _("geen contact na drie keer proberen")
        MOVED = "moved", _("verhuisd")
        DIED = "died", _("overleden")
        TO_WMO = "to_wmo", _("verder bij de Wmo")
        TO_YOUTH_CARE = "to_youth_care", _("verder bij jeugdhulp")
        NOT_CLOSED = "", _("nog open")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    partnership = models.ForeignKey(
        "organisations.Partnership", models.PROTECT, related_name="questions"
    )
    reference = models.CharField("kenmerk", max_length=12, unique=True)
    code_digest = models.BinaryField(max_length=32)
    submission_key = models.UUIDField(
        unique=True, help_text="one key a form: sending twice makes one question"
    )

    channel = models.CharField("ingang", max_length=10, choices=Channel.choices)
    words = models.TextField("in eigen woorden", blank=True)
    opening_answers = models.JSONField("openingsvragen", default=list, blank=True)
    written_in = models.CharField(
        "geschreven in",
        max_length=3,
        blank=True,
        default="",
        db_default="",
        help_text="the language recognised in the words; empty: too little to say",
    )
    about = models.CharField("over wie", max_length=10, choices=About.choices)
    asker = models.ForeignKey("intake.Person", models.PROTECT, related_name="asked")
    subject = models.ForeignKey("intake.Person", models.PROTECT, related_name="questions_about")
    subject_knows = models.CharField(max_length=5, choices=SubjectKnows.choices, blank=True)
    life_domains = models.ManyToManyField(
        "organisations.LifeDomain", through="QuestionLifeDomain", related_name="questions"
    )
    postcode = models.CharField("postcode", max_length=6, blank=True)
    neighbourhood = models.ForeignKey(
        "organisations.Neighbourhood", models.PROTECT, null=True, related_name="questions"
    )
    municipality = models.ForeignKey(
        "organisations.Municipality", models.PROTECT, null=True, related_name="+"
    )
    urgency = models.CharField("spoed", max_length=10, choices=Urgency.choices)
    maybe_danger = models.BooleanField(
        default=False, help_text="words that may mean danger: a human judges it the same day"
    )
    kind = models.CharField("soort", max_length=15, choices=Kind.choices, default=Kind.WELFARE)
    brought_by = models.ForeignKey(
        "organisations.Organisation", models.PROTECT, null=True, related_name="+"
    )
    logged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="logged_questions"
    )

    status = models.CharField(
        max_length=10, choices=QuestionStatus.choices, default=QuestionStatus.NEW
    )
    lead = models.ForeignKey(
        "organisations.Organisation", models.PROTECT, related_name="led_questions"
    )
    lead_team = models.ForeignKey(
        "organisations.Team", models.PROTECT, null=True, related_name="led_questions"
    )
    lead_since = models.DateTimeField()
    service = models.ForeignKey(
        "organisations.Service", models.PROTECT, null=True, related_name="questions"
    )
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="assigned_questions"
    )
    due_on = models.DateField("uiterlijk", help_text="the working day of the next step")

    promised_on = models.DateField(
        "beloofd", help_text="the working day by which the resident hears from somebody"
    )
    subject_answer = models.CharField(
        "antwoord van degene om wie het gaat",
        max_length=5,
        choices=SubjectAnswer.choices,
        blank=True,
    )
    subject_answer_by = models.CharField(max_length=10, choices=Representation.choices, blank=True)
    subject_answer_how = models.CharField(max_length=10, blank=True)
    subject_answer_at = models.DateTimeField(null=True)
    subject_answer_recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    received_at = models.DateTimeField()
    first_contact_at = models.DateTimeField(null=True)
    last_activity_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    result = models.CharField("uitkomst", max_length=15, choices=Result.choices, blank=True)
    result_words = models.TextField("uitkomst in eigen woorden", blank=True)
    verdict = models.PositiveSmallIntegerField(
        null=True, help_text="the resident's own verdict: 1 (bad) to 5 (good)"
    )
    check_code = models.UUIDField(
        null=True, unique=True, help_text="the key of the check after closing, in its mail"
    )
    search = models.GeneratedField(
        expression=SearchVector("words", config="dutch"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = QuestionQuerySet.as_manager()

    class Meta:
        ordering = ["-received_at", "-id"]
        verbose_name = "hulpvraag"
        indexes = [
            models.Index(
                fields=["partnership", "due_on", "id"],
                condition=IS_OPEN,
                name="question_open_due",
            ),
            models.Index(
                fields=["partnership", "lead", "due_on"],
                condition=IS_OPEN,
                name="question_open_lead",
            ),
            models.Index(
                fields=["assigned_to", "due_on"],
                condition=IS_OPEN,
                name="question_open_assigned",
            ),
            models.Index(fields=["partnership", "received_at"], name="question_received"),
            models.Index(fields=["logged_by", "received_at"], name="question_logged_by"),
            models.Index(fields=["partnership", "closed_at"], name="question_ended"),
            models.Index(fields=["partnership", "due_on", "id"], name="question_due"),
            GinIndex(fields=["search"], name="question_search"),
            GinIndex(
                fields=["reference"], name="question_reference_part", opclasses=["gin_trgm_ops"]
            ),
            models.Index(fields=["asker"], condition=IS_OPEN, name="question_open_asker"),
            GinIndex(fields=["search"], condition=IS_OPEN, name="question_open_search"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=[*OPEN_STATUSES, *ENDED_STATUSES]),
                name="question_status_known",
            ),
            models.CheckConstraint(
                condition=Q(status__in=[*ENDED_STATUSES], closed_at__isnull=False)
                | Q(status__in=[*OPEN_STATUSES], closed_at__isnull=True),
                name="question_closed_when",
            ),
            models.CheckConstraint(
                condition=Q(status="closed") & ~Q(result="") | ~Q(status="closed") & Q(result=""),
                name="question_closed_how",
            ),
            models.CheckConstraint(
                condition=~Q(status="picked_up") | Q(assigned_to__isnull=False),
                name="question_picked_up_by",
            ),
            models.CheckConstraint(
                condition=Q(verdict__isnull=True) | Q(verdict__range=(1, 5)),
                name="question_verdict_range",
            ),
            models.CheckConstraint(
                condition=Q(subject_answer="", subject_answer_at__isnull=True)
                | ~Q(subject_answer="")
                & ~Q(subject_answer_by="")
                & Q(subject_answer_at__isnull=False),
                name="question_subject_answer_whole",
            ),
            models.CheckConstraint(
                condition=Q(urgency__in=["normal", "soon", "danger"]),
                name="question_urgency_known",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def subject_may_be_shown(self) -> bool:
        """Whether those who may read the question may also see who it is about.

        A carer's consent is not her mother's: another person is left out of what is shared until
        they, or their representative, have agreed.
        """
        return self.asker_id == self.subject_id or self.subject_answer == self.SubjectAnswer.YES

    @property
    def is_open(self) -> bool:
        """Whether work is left on it."""
        return self.status in OPEN_STATUSES
