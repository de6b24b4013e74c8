"""The reporting code (Meldcode): entries on its five steps, the report to Veilig Thuis included."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from welzijn.core.ids import uuid7


class MeldcodeStep(models.Model):
    """One entry on a step. Never changed; a step can have several entries."""

    class Step(models.IntegerChoices):
        SIGNALS = 1, _("signalen in kaart brengen")
        CONSULT = 2, _("overleggen met een collega en zo nodig met Veilig Thuis")
        TALK = 3, _("praten met de betrokkenen")
        WEIGH = 4, _("wegen of er (acuut) gevaar is")
        DECIDE = 5, _("beslissen: melden, en hulp die past")

    class Outcome(models.TextChoices):
        DONE = "done", _("gedaan")
        SKIPPED = "skipped", _("bewust niet gedaan")
        ADVISED = "advised", _("advies gevraagd aan Veilig Thuis")
        REPORTED = "reported", _("gemeld bij Veilig Thuis")
        NOT_REPORTED = "not_reported", _("niet gemeld")

    class Way(models.TextChoices):
        PHONE = "phone", _("aan de telefoon")
        FORM = "form", _("met het formulier van Veilig Thuis")
        SPOKEN = "spoken", _("in een gesprek")
        NONE = "", _("niet van toepassing")

    class Ground(models.TextChoices):
        DANGER = "danger", _("acuut gevaar")
        LEGAL_DUTY = "legal_duty", _("wettelijke plicht of meldrecht")
        NONE = "", _("niet van toepassing")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    question = models.ForeignKey("intake.Question", models.CASCADE, related_name="meldcode_steps")
    step = models.PositiveSmallIntegerField("stap", choices=Step.choices)
    outcome = models.CharField("uitkomst", max_length=12, choices=Outcome.choices)
    done_on = models.DateField("wanneer")
    note = models.TextField("wat is er gedaan of gezien", help_text="staff with a basis only")
    way = models.CharField("hoe", max_length=6, choices=Way.choices, blank=True)
    ground = models.CharField("grondslag", max_length=10, choices=Ground.choices, blank=True)
    reason = models.CharField("waarom", max_length=300, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")

    class Meta:
        ordering = ["step", "at", "id"]
        verbose_name = "stap van de Meldcode"
        constraints = [
            models.CheckConstraint(condition=Q(step__range=(1, 5)), name="meldcode_step_known"),
            models.CheckConstraint(
                condition=Q(outcome__in=["done", "skipped"])
                | Q(outcome="advised", step__in=[2, 4, 5])
                | Q(outcome__in=["reported", "not_reported"], step=5),
                name="meldcode_outcome_fits",
            ),
            models.CheckConstraint(condition=~Q(note=""), name="meldcode_noted"),
            models.CheckConstraint(
                condition=~Q(outcome="reported")
                | ~Q(way="") & Q(ground__in=["danger", "legal_duty"]) & ~Q(reason=""),
                name="meldcode_report_on_a_ground",
            ),
        ]

    def __str__(self) -> str:
        return self.get_step_display()
