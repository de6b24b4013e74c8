"""What happened with a question, as the screens tell it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from intake.questions import sentences as question_sentences
from welzijn.core.ids import uuid7


class TimelineEntry(models.Model):
    """One step. Screens say who did what from these rows, not from the audit log.

    `sentence` and `parameters` say what happened (`intake.questions.sentences`); `text` renders it
    in the language of the page, for the resident too when `for_resident`. `note` is what somebody
    wrote beside it, for staff with a basis only.
    """

    class Kind(models.TextChoices):
        RECEIVED = "received", _("binnengekomen")
        DECIDED = "decided", _("toegedeeld")
        ADDED = "added", _("aangevuld")
        PICKED_UP = "picked_up", _("opgepakt")
        ASSIGNED = "assigned", _("toegewezen")
        MOVED = "moved", _("verplaatst")
        JUDGED = "judged", _("beoordeeld")
        CONTACT = "contact", _("contact")
        NOTE = "note", _("notitie")
        FOLLOW_UP = "follow_up", _("afspraak")
        CONSULTED = "consulted", _("even overlegd")
        HANDOVER = "handover", _("overdracht")
        SHARED = "shared", _("gedeeld")
        REVOKED = "revoked", _("delen gestopt")
        CODE = "code", _("nieuwe code")
        HOUSEHOLD = "household", _("gezin")
        CONFERENCE = "conference", _("samen overleggen")
        CHANGED = "changed", _("gegevens gewijzigd")
        ATTACHED = "attached", _("brief of foto")
        SAFETY = "safety", _("veiligheid")
        CLOSED = "closed", _("afgerond")
        REOPENED = "reopened", _("heropend")
        WITHDRAWN = "withdrawn", _("ingetrokken")

    class Actor(models.TextChoices):
        RESIDENT = "resident", _("inwoner")
        STAFF = "staff", _("medewerker")
        SYSTEM = "system", _("systeem")

        @property
        def with_article(self) -> str:
            """As the subject of a sentence for staff."""
            named = {
                "resident": _("de inwoner"),
                "staff": _("een collega"),
                "system": _("het systeem"),
            }
            return str(named[self.value])

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    question = models.ForeignKey("intake.Question", models.CASCADE, related_name="timeline")
    at = models.DateTimeField()
    kind = models.CharField(max_length=12, choices=Kind.choices)
    actor_kind = models.CharField(max_length=8, choices=Actor.choices)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    organisation = models.ForeignKey(
        "organisations.Organisation", models.PROTECT, null=True, related_name="+"
    )
    sentence = models.CharField(max_length=60)
    parameters = models.JSONField(default=dict, blank=True)
    note = models.TextField(blank=True)
    for_resident = models.BooleanField(default=True)

    class Meta:
        ordering = ["-at", "-id"]
        verbose_name = "tijdlijn"
        indexes = [models.Index(fields=["question", "at"], name="timeline_question_at")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(actor_kind="staff")
                | Q(actor__isnull=False, organisation__isnull=False),
                name="timeline_staff_is_named",
            ),
            models.CheckConstraint(
                condition=Q(sentence__regex=question_sentences.KEY),
                name="timeline_sentence_is_a_kind",
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()

    @property
    def text(self) -> str:
        """The B1 sentence that the resident may read, in the language of the page; "" for none."""
        return self._rendered()[0]

    @property
    def for_staff(self) -> str:
        """What happened, as staff say it: "Omar pakte de vraag op."; "" where only words stand."""
        by = self.actor.name if self.actor is not None else self.Actor(self.actor_kind).with_article
        return question_sentences.render_for_staff(self, by)

    @property
    def for_colleagues(self) -> str:
        """What only colleagues read: what the sentence adds for them, and the note."""
        return " ".join(filter(None, [self._rendered()[1], self.note]))

    def _rendered(self) -> tuple[str, str]:
        return question_sentences.render_of(self, str(_("Er is iets gebeurd met uw vraag.")))
