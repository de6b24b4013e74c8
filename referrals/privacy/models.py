"""What the privacy officer found, and residents' requests about their data."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from welzijn.core.ids import uuid7


class Finding(models.Model):
    """The officer's finding about one entry, disclosure or pattern. Never changed.

    `about` names it: "basis:ID", "report:ID" (Veilig Thuis), "event:ID" or "unusual:...". Several
    findings about one thing are possible; the latest counts.
    """

    class Outcome(models.TextChoices):
        RIGHT = "right", _("terecht")
        WRONG = "wrong", _("niet terecht")
        FOLLOW_UP = "follow_up", _("nog uitzoeken")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    partnership = models.ForeignKey("organisations.Partnership", models.PROTECT, related_name="+")
    question = models.ForeignKey(
        "intake.Question", models.CASCADE, null=True, related_name="findings"
    )
    about = models.CharField(max_length=120)
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    note = models.CharField(max_length=500)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-id"]
        verbose_name = "bevinding"
        indexes = [models.Index(fields=["partnership", "about", "at"], name="finding_about")]
        constraints = [models.CheckConstraint(condition=~Q(note=""), name="finding_noted")]

    def __str__(self) -> str:
        return self.get_outcome_display()


class DataRequest(models.Model):
    """A resident's request for access to, or erasure of, one question (AVG 15 and 17).

    It goes with its question; of an erasure the proof stays (`DeletionProof`, rule "verzoek").
    """

    class Kind(models.TextChoices):
        ACCESS = "access", _("inzage")
        ERASURE = "erasure", _("wissen")

    class Proof(models.TextChoices):
        CODE = "code", _("met kenmerk en code")
        SPOKEN = "spoken", _("in een gesprek, met een identiteitsbewijs")
        KNOWN = "known", _("een medewerker kent de inwoner")

    class Status(models.TextChoices):
        OPEN = "open", _("open")
        GRANTED = "granted", _("ingewilligd")
        REFUSED = "refused", _("geweigerd")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    partnership = models.ForeignKey("organisations.Partnership", models.PROTECT, related_name="+")
    question = models.ForeignKey("intake.Question", models.CASCADE, related_name="data_requests")
    kind = models.CharField("soort", max_length=10, choices=Kind.choices)
    proof = models.CharField("hoe vastgesteld", max_length=10, choices=Proof.choices)
    received_on = models.DateField("ontvangen op")
    due_on = models.DateField("uiterlijk")
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.OPEN)
    reason = models.CharField("waarom geweigerd", max_length=500, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["due_on", "id"]
        verbose_name = "verzoek van een inwoner"
        constraints = [
            models.CheckConstraint(
                condition=~Q(status="refused") | ~Q(reason=""), name="data_request_refusal_reasoned"
            )
        ]

    def __str__(self) -> str:
        return self.get_kind_display()
