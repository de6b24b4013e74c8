"""Who changed what in a draft of the routing rules, and when."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from welzijn.core.ids import uuid7


class DraftChange(models.Model):
    """One change of one rule of a version while it was a draft. Holds no resident.

    `before` and `after` are the rule in the JSON form of `routing.read_rule`, with its `place` in
    the list from 1; None where it didn't exist.
    """

    class What(models.TextChoices):
        ADDED = "added", _("erbij gezet")
        CHANGED = "changed", _("gewijzigd")
        MOVED = "moved", _("verplaatst")
        REMOVED = "removed", _("weggehaald")
        RESTORED = "restored", _("teruggezet")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    rule_set = models.ForeignKey(
        "organisations.RuleSet", models.CASCADE, related_name="draft_changes"
    )
    key = models.SlugField(max_length=60)
    name = models.CharField("naam", max_length=120)
    what = models.CharField("wat", max_length=10, choices=What.choices)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-id"]
        verbose_name = "wijziging in een concept"
        constraints = [
            models.CheckConstraint(
                condition=Q(what__in=["added", "changed", "moved", "removed", "restored"]),
                name="draft_change_what_known",
            )
        ]
        indexes = [models.Index(fields=["rule_set", "key"], name="draft_change_rule")]

    def __str__(self) -> str:
        return f"{self.what} {self.key}"
