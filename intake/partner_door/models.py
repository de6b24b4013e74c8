"""A partner's own mark beside the reference of a question that they brought in."""

from django.conf import settings
from django.db import models

from welzijn.core.ids import uuid7

LONGEST = 10


class PartnerMark(models.Model):
    """Initials or so, by which a partner knows whose reference it is.

    Read by that partner, and by the resident in their download. It goes with the question.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    question = models.OneToOneField("intake.Question", models.CASCADE, related_name="partner_mark")
    mark = models.CharField("aanduiding", max_length=LONGEST)
    marked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    marked_at = models.DateTimeField()

    class Meta:
        verbose_name = "eigen aanduiding van een partner"
        constraints = [
            models.CheckConstraint(condition=~models.Q(mark=""), name="partner_mark_is_filled")
        ]

    def __str__(self) -> str:
        return "aanduiding"
