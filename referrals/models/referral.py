"""One organisation's involvement in one question."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from welzijn.ids import uuid7


class Referral(models.Model):
    """A betrokken organisatie: the lead, or one that supports. Ended, never deleted."""

    class Part(models.TextChoices):
        LEAD = "lead", _("heeft de leiding")
        SUPPORT = "support", _("helpt mee")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    question = models.ForeignKey("intake.Question", models.CASCADE, related_name="referrals")
    organisation = models.ForeignKey(
        "organisations.Organisation", models.PROTECT, related_name="referrals"
    )
    part = models.CharField(max_length=10, choices=Part.choices)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        ordering = ["since"]
        constraints = [
            models.UniqueConstraint(
                fields=["question"],
                condition=Q(part="lead", until__isnull=True),
                name="referral_one_lead",
            ),
            models.UniqueConstraint(
                fields=["question", "organisation"],
                condition=Q(until__isnull=True),
                name="referral_once_an_organisation",
            ),
        ]

    def __str__(self) -> str:
        return self.get_part_display()
