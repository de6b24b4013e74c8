"""What organisations offer."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from welzijn.ids import uuid7


class PyramidLayer(models.IntegerChoices):
    """The layers of the social-domain pyramid, the lightest first."""

    SELF = 1, _("uzelf en uw netwerk")
    COMMUNITY = 2, _("de buurt")
    BASIC = 3, _("basishulp")
    SPECIALISED = 4, _("gespecialiseerde hulp")


class LifeDomain(models.Model):
    """A leefgebied of the partnership's own list; `words` are what residents call it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    partnership = models.ForeignKey(
        "organisations.Partnership", models.CASCADE, related_name="life_domains"
    )
    slug = models.SlugField()
    name = models.CharField("naam", max_length=60)
    explanation = models.CharField("uitleg", max_length=160, blank=True)
    words = ArrayField(models.CharField(max_length=60), verbose_name="woorden", default=list)
    position = models.PositiveSmallIntegerField(default=0)
    until = models.DateField("tot en met", null=True, blank=True, help_text="ended, never deleted")

    class Meta:
        ordering = ["position", "name"]
        verbose_name = "leefgebied"
        constraints = [
            models.UniqueConstraint(fields=["partnership", "slug"], name="life_domain_slug_once")
        ]

    def __str__(self) -> str:
        return self.name


class Service(models.Model):
    """An offer (aanbod). Its id is the HSDS id."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    partnership = models.ForeignKey(
        "organisations.Partnership", models.CASCADE, related_name="services"
    )
    organisation = models.ForeignKey(
        "organisations.Organisation", models.PROTECT, related_name="services"
    )
    slug = models.SlugField(max_length=80)
    name = models.CharField("naam", max_length=120)
    description = models.TextField("beschrijving", blank=True)
    layer = models.PositiveSmallIntegerField("laag", choices=PyramidLayer.choices)
    life_domains = models.ManyToManyField(LifeDomain, related_name="services")
    audience = ArrayField(
        models.CharField(max_length=10),
        verbose_name="voor wie",
        default=list,
        help_text="age bands; empty: everybody",
    )
    neighbourhoods = models.ManyToManyField(
        "organisations.Neighbourhood", related_name="services", blank=True
    )
    words = ArrayField(models.CharField(max_length=60), verbose_name="woorden", default=list)
    clock_kinds = ArrayField(
        models.CharField(max_length=15),
        verbose_name="wettelijke termijnen",
        default=list,
        blank=True,
        help_text="kinds of question with a term of the law that this service handles",
    )
    capacity = models.PositiveIntegerField(
        "plaatsen",
        null=True,
        blank=True,
        help_text="open questions it has room for; empty: no limit",
    )
    waiting_weeks = models.PositiveSmallIntegerField("wachttijd in weken", default=0)
    url = models.URLField("website", blank=True)
    since = models.DateField("sinds", null=True, blank=True)
    until = models.DateField("tot", null=True, blank=True)

    class Meta:
        ordering = ["name"]
        verbose_name = "aanbod"
        constraints = [
            models.UniqueConstraint(fields=["partnership", "slug"], name="service_slug_once"),
            models.CheckConstraint(
                condition=models.Q(layer__in=[1, 2, 3, 4]), name="service_layer_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name
