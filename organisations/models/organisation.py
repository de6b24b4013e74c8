"""Organisations and their part in a partnership."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from welzijn.ids import uuid7


class Organisation(models.Model):
    """A welfare organisation, municipality, residents' initiative, GP, school or other partner."""

    class Kind(models.TextChoices):
        WELFARE = "welfare", _("welzijnsorganisatie")
        MUNICIPALITY = "municipality", _("gemeente")
        INITIATIVE = "initiative", _("bewonersinitiatief")
        GP = "gp", _("huisarts")
        SCHOOL = "school", _("school")
        OTHER = "other", _("andere organisatie")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    slug = models.SlugField(unique=True)
    name = models.CharField("naam", max_length=120)
    kind = models.CharField("soort", max_length=20, choices=Kind.choices, default=Kind.WELFARE)
    description = models.CharField(
        "wat zij doen", max_length=300, blank=True, help_text="one B1 sentence for residents"
    )
    phone = models.CharField("telefoon", max_length=20, blank=True)
    email = models.EmailField("e-mail", blank=True)
    website = models.URLField("website", blank=True)
    shows_worker_names = models.BooleanField(
        "inwoners lezen namen", default=True, help_text="else residents read a worker's function"
    )

    class Meta:
        ordering = ["name"]
        verbose_name = "organisatie"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    kind__in=["welfare", "municipality", "initiative", "gp", "school", "other"]
                ),
                name="organisation_kind_known",
            )
        ]

    def __str__(self) -> str:
        return self.name


class Participation(models.Model):
    """That an organisation takes part in a partnership, from a day until a day.

    Rows are ended, never deleted: questions, decisions and memberships point at the pair
    (composite foreign keys), which is what keeps a partnership a wall (invariant 8).
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    partnership = models.ForeignKey(
        "organisations.Partnership", models.CASCADE, related_name="participations"
    )
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="participations")
    since = models.DateField("sinds")
    until = models.DateField("tot", null=True, blank=True)
    picks_up = models.BooleanField(
        "pakt vragen op", default=True, help_text="false for a door that only brings questions in"
    )
    brings_in = models.BooleanField("brengt vragen binnen", default=False)
    safety_net = models.BooleanField("vangnet", default=False)

    class Meta:
        ordering = ["organisation__name"]
        verbose_name = "deelname"
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "organisation"], name="participation_once"
            ),
            models.CheckConstraint(
                condition=models.Q(until__isnull=True) | models.Q(until__gte=models.F("since")),
                name="participation_dates",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} in {self.partnership}"
