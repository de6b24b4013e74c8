"""Corrections of routing decisions, counted for each rule."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from welzijn.core.ids import uuid7


class Correction(models.Model):
    """A question was moved away from where a decision had put it. Append-only; holds no person.

    It refers to the decision; retention clears the decision's own reference to the question.
    """

    class Why(models.TextChoices):
        WRONG_DOMAIN = "wrong_domain", _("een ander leefgebied dan gekozen")
        WRONG_RULE = "wrong_rule", _("de verdeelregel klopt hier niet")
        NO_ROOM = "no_room", _("geen plek op dit moment")
        RESIDENT_WISHED = "resident_wished", _("de inwoner wilde het anders")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    decision = models.ForeignKey("intake.Decision", models.PROTECT, related_name="corrections")
    partnership = models.ForeignKey(
        "organisations.Partnership", models.PROTECT, related_name="corrections"
    )
    from_organisation = models.ForeignKey(
        "organisations.Organisation", models.PROTECT, related_name="+"
    )
    to_organisation = models.ForeignKey(
        "organisations.Organisation", models.PROTECT, related_name="+"
    )
    why = models.CharField("waarom", max_length=20, choices=Why.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-id"]
        verbose_name = "correctie van een toedeling"
        constraints = [
            models.CheckConstraint(
                condition=Q(why__in=["wrong_domain", "wrong_rule", "no_room", "resident_wished"]),
                name="correction_why_known",
            )
        ]

    def __str__(self) -> str:
        return self.get_why_display()
