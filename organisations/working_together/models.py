"""What the partners keep together. Nothing here is about a resident: the forms refuse a person."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from organisations.directory.models import PyramidLayer
from welzijn.core.ids import uuid7


class _Kept(models.Model):
    """A row of a partnership, with who wrote it when."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    partnership = models.ForeignKey(
        "organisations.Partnership", models.CASCADE, related_name="%(class)ss"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        abstract = True


class WayOfWorking(_Kept):
    """The partners' own text on how they work together; each change is a row, the last counts."""

    text = models.TextField("tekst", max_length=8000)

    class Meta:
        ordering = ["-at", "-id"]
        verbose_name = "werkwijze"

    def __str__(self) -> str:
        return "werkwijze"


class SharedSuccess(_Kept):
    """Something that went well by working together, told without a person."""

    neighbourhood = models.ForeignKey(
        "organisations.Neighbourhood",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        help_text="none: of the whole partnership",
    )
    title = models.CharField("wat lukte", max_length=120)
    text = models.CharField("wat hielp", max_length=600)

    class Meta:
        ordering = ["-at", "-id"]
        verbose_name = "gedeeld succes"

    def __str__(self) -> str:
        return self.title


class OfferAgreement(_Kept):
    """A note or an agreement on an overlap or a gap of the offer."""

    life_domain = models.ForeignKey("organisations.LifeDomain", models.CASCADE, related_name="+")
    layer = models.PositiveSmallIntegerField("laag", choices=PyramidLayer.choices)
    agreed = models.BooleanField("afgesproken", default=False, help_text="else a note")
    text = models.CharField("wat", max_length=600)
    review_on = models.DateField("opnieuw bekijken op", null=True, blank=True)
    ended_on = models.DateField("niet meer sinds", null=True, blank=True)

    class Meta:
        ordering = ["life_domain__position", "layer", "-at"]
        verbose_name = "afspraak over het aanbod"
        constraints = [
            models.CheckConstraint(
                condition=Q(layer__in=[1, 2, 3, 4]), name="offer_agreement_layer_known"
            )
        ]

    def __str__(self) -> str:
        return self.text[:40]


class JointAction(_Kept):
    """An action of the coordinators together."""

    what = models.CharField("wat", max_length=300)
    organisation = models.ForeignKey(
        "organisations.Organisation", models.PROTECT, related_name="+", verbose_name="wie"
    )
    due_on = models.DateField("voor")
    done_on = models.DateField("klaar op", null=True, blank=True)

    class Meta:
        ordering = [F("done_on").desc(nulls_first=True), "due_on", "id"]
        verbose_name = "gezamenlijke actie"

    def __str__(self) -> str:
        return self.what


class MovableTask(_Kept):
    """A task of a service that a residents' initiative could take over, and how far that is."""

    class State(models.TextChoices):
        COULD = "could", _("kan verschuiven")
        AGREED = "agreed", _("afgesproken")
        MOVED = "moved", _("verschoven")
        STAYS = "stays", _("blijft")

    service = models.ForeignKey(
        "organisations.Service", models.CASCADE, related_name="movable_tasks"
    )
    what = models.CharField("taak", max_length=200)
    to = models.ForeignKey(
        "organisations.Organisation",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="naar",
    )
    state = models.CharField("stand", max_length=10, choices=State.choices, default=State.COULD)
    since = models.DateField("sinds")

    class Meta:
        ordering = ["service__name", "id"]
        verbose_name = "taak die kan verschuiven"
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["could", "agreed", "moved", "stays"]),
                name="movable_task_state_known",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["agreed", "moved"]) | Q(to__isnull=False),
                name="movable_task_goes_somewhere",
            ),
        ]

    def __str__(self) -> str:
        return self.what


class CollectiveWork(_Kept):
    """One gathering of a group or activity: what, where, how many. No names."""

    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    life_domain = models.ForeignKey(
        "organisations.LifeDomain", models.PROTECT, related_name="+", verbose_name="leefgebied"
    )
    neighbourhood = models.ForeignKey(
        "organisations.Neighbourhood",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="wijk of kern",
    )
    day = models.DateField("dag")
    what = models.CharField("wat", max_length=120)
    people = models.PositiveIntegerField("hoeveel mensen kwamen")
    volunteers = models.PositiveIntegerField("hoeveel vrijwilligers hielpen", default=0)

    class Meta:
        ordering = ["-day", "-id"]
        verbose_name = "groepswerk"
        indexes = [models.Index(fields=["partnership", "day"], name="collective_work_days")]

    def __str__(self) -> str:
        return self.what
