"""A question that was set aside because it came in a flood."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from intake.questions.models.question import Question


class SetAsideQuerySet(models.QuerySet["SetAside"]):
    """Questions of floods."""

    def waiting(self) -> Self:
        """Return those that no coordinator has decided about."""
        return self.filter(cleared_at__isnull=True, released_at__isnull=True)


class SetAside(models.Model):
    """A question that is suspected to be invented, until a coordinator decides.

    The resident has their reference and code as always. Until `released_at` it is in no list and
    no figure. `cleared_at`: a coordinator cleared the lot; it can still be released.
    """

    class Why(models.TextChoices):
        FAST = "fast", _("sneller ingevuld dan iemand kan typen")
        SAME_WORDS = "same_words", _("vaak dezelfde woorden")
        MANY = "many", _("heel veel vragen van één adres")

    question = models.OneToOneField(
        Question, models.CASCADE, primary_key=True, related_name="set_aside"
    )
    at = models.DateTimeField()
    why = models.CharField(max_length=12, choices=Why.choices)
    cleared_at = models.DateTimeField(null=True)
    released_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    objects = SetAsideQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(why__in=["fast", "same_words", "many"]), name="set_aside_why_known"
            ),
            models.CheckConstraint(
                condition=Q(cleared_at__isnull=True, released_at__isnull=True)
                | Q(decided_by__isnull=False),
                name="set_aside_decided_by_somebody",
            ),
        ]
        indexes = [
            models.Index(
                fields=["at"],
                name="set_aside_waiting",
                condition=Q(cleared_at__isnull=True, released_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return self.why
