"""What a coordinator did to the work of another organisation, for that organisation to see."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from welzijn.core.ids import uuid7


class OutsideChange(models.Model):
    """Another organisation's coordinator assigned or moved a question; shown until it was seen."""

    class Did(models.TextChoices):
        ASSIGNED = "assigned", _("toegewezen")
        MOVED = "moved", _("verplaatst")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    partnership = models.ForeignKey(
        "organisations.Partnership", models.PROTECT, related_name="outside_changes"
    )
    question = models.ForeignKey("intake.Question", models.CASCADE, related_name="outside_changes")
    organisation = models.ForeignKey(
        "organisations.Organisation", models.PROTECT, related_name="outside_changes"
    )
    did = models.CharField(max_length=10, choices=Did.choices)
    reason = models.CharField("reden", max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    by_organisation = models.ForeignKey(
        "organisations.Organisation", models.PROTECT, related_name="+"
    )
    at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)
    seen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        ordering = ["at", "id"]
        verbose_name = "wijziging door een andere organisatie"
        indexes = [
            models.Index(
                fields=["organisation", "partnership", "at"],
                condition=Q(seen_at__isnull=True),
                name="outside_change_unseen",
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(seen_at__isnull=True, seen_by__isnull=True)
                | Q(seen_at__isnull=False, seen_by__isnull=False),
                name="outside_change_seen_whole",
            )
        ]

    def __str__(self) -> str:
        return self.get_did_display()
