"""A handover to somebody without an account: a GP, a school, an organisation outside."""

import uuid

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from welzijn.core.ids import uuid7


@pghistory.track(pghistory.UpdateEvent(row=pghistory.Old), exclude=["code_digest"])
class OutsideHandover(models.Model):
    """A minimal summary offered by link and code. The lead stays where it is, whatever they say."""

    class Status(models.TextChoices):
        OFFERED = "offered", _("gevraagd")
        ACCEPTED = "accepted", _("gaat helpen")
        DECLINED = "declined", _("kan niet helpen")
        WITHDRAWN = "withdrawn", _("teruggetrokken")
        STOPPED = "stopped", _("gestopt door de inwoner")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    question = models.ForeignKey("intake.Question", models.CASCADE, related_name="outside")
    sender = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    sent_at = models.DateTimeField()
    name = models.CharField("naam van de partner", max_length=120)
    email = models.EmailField("e-mailadres")
    why = models.CharField("waarom", max_length=300, help_text="a B1 sentence for the resident")
    summary = models.TextField("wat de ander moet weten", help_text="without the person")
    yes_how = models.CharField(max_length=10)
    token = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    code_digest = models.BinaryField(max_length=32)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.OFFERED)
    opened_at = models.DateTimeField(null=True)
    answer = models.TextField("antwoord", blank=True)
    ended_at = models.DateTimeField(null=True)
    due_on = models.DateField("antwoord uiterlijk")
    silent_at = models.DateTimeField(
        null=True, help_text="nobody answered in time, and the coordinators were told"
    )
    follow_up = models.OneToOneField(
        "referrals.FollowUp", models.SET_NULL, null=True, related_name="outside_handover"
    )

    class Meta:
        ordering = ["-sent_at"]
        verbose_name = "overdracht naar buiten"
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=["offered", "accepted", "declined", "withdrawn", "stopped"]),
                name="outside_status_known",
            ),
            models.CheckConstraint(
                condition=Q(status="offered", ended_at__isnull=True)
                | ~Q(status="offered") & Q(ended_at__isnull=False),
                name="outside_ended_when",
            ),
            models.CheckConstraint(
                condition=~Q(status="declined") | ~Q(answer=""), name="outside_decline_reasoned"
            ),
            models.CheckConstraint(condition=~Q(yes_how=""), name="outside_resident_yes_first"),
            models.UniqueConstraint(
                fields=["question", "email"],
                condition=Q(status="offered"),
                name="outside_one_open_an_address",
            ),
        ]

    def __str__(self) -> str:
        return "overdracht naar buiten"
