"""Organisations and their participation in partnerships."""

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from welzijn.core.ids import uuid7


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
    """An organisation's participation in a partnership, from a day until a day.

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
    # Who may approve roles here while there is no coordinator who can, and who the first one is.
    contact_name = models.CharField("contactpersoon", max_length=120, blank=True)
    contact_email = models.EmailField("e-mail van de contactpersoon", blank=True)
    coordinator_name = models.CharField("eerste coördinator", max_length=120, blank=True)
    coordinator_email = models.EmailField("e-mail van de eerste coördinator", blank=True)

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


class PyramidLayer(models.IntegerChoices):
    """The layers of the social-domain pyramid, lightest first."""

    SELF = 1, _("uzelf en uw netwerk")
    COMMUNITY = 2, _("de buurt")
    BASIC = 3, _("basishulp")
    SPECIALISED = 4, _("gespecialiseerde hulp")


class LifeDomain(models.Model):
    """A life domain (leefgebied) of a partnership. `words` are residents' terms for it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    partnership = models.ForeignKey(
        "organisations.Partnership", models.CASCADE, related_name="life_domains"
    )
    slug = models.SlugField()
    name = models.CharField("naam", max_length=60)
    staff_name = models.CharField(
        "kort", max_length=60, blank=True, help_text='for staff: "Welbevinden"'
    )
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

    @property
    def for_staff(self) -> str:
        """What staff read: short, without "u"."""
        return self.staff_name or self.name


@pghistory.track(
    pghistory.InsertEvent(),
    pghistory.UpdateEvent(),
    fields=["capacity", "waiting_weeks", "since", "until", "confirmed_on", "confirmed_by"],
    model_name="ServiceEvent",
    obj_field=pghistory.ObjForeignKey(related_name="history", related_query_name="history"),
)
class Service(models.Model):
    """A service (aanbod). Its id is also its HSDS id.

    `keeper` is asked now and then whether it is still right; `confirmed_on` is when somebody last
    said so. Its history holds which room it had when. `place`, `moments`,
    `coming` and `cost` are what a resident needs to go there; `organisations.services.details`
    words them in each language.
    """

    class Coming(models.TextChoices):
        WALK_IN = "walk_in", _("binnenlopen")
        SIGN_UP = "sign_up", _("eerst aanmelden")
        THROUGH_US = "through_us", _("via een gesprek")

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
    place = models.CharField("plek", max_length=200, blank=True, default="", db_default="")
    moments = ArrayField(
        models.CharField(max_length=20),
        verbose_name="tijden",
        default=list,
        blank=True,
        db_default=[],
        help_text="ISO weekday and times, such as 2 10:00-12:00",
    )
    coming = models.CharField(
        "aanmelden", max_length=10, choices=Coming.choices, blank=True, default="", db_default=""
    )
    cost = models.CharField(
        "kosten",
        max_length=8,
        blank=True,
        default="",
        db_default="",
        help_text="euros a time; 0.00 is free",
    )
    url = models.URLField("website", blank=True)
    since = models.DateField("sinds", null=True, blank=True)
    until = models.DateField("tot", null=True, blank=True)
    keeper = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        verbose_name="wie het bijhoudt",
        null=True,
        blank=True,
        related_name="kept_services",
    )
    confirmed_on = models.DateField("bevestigd op", default=timezone.localdate)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

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


class Team(models.Model):
    """People who work together: a neighbourhood team, or the triage team of a partnership.

    A sharing basis for a team names the organisations that were in it at the time; one that joins
    later needs a new basis.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    partnership = models.ForeignKey(
        "organisations.Partnership", models.CASCADE, related_name="teams"
    )
    slug = models.SlugField()
    name = models.CharField("naam", max_length=120)
    organisation = models.ForeignKey(
        "organisations.Organisation",
        models.PROTECT,
        related_name="led_teams",
        help_text="the organisation that answers for the team (its controller)",
    )
    organisations = models.ManyToManyField("organisations.Organisation", related_name="teams")
    neighbourhoods = models.ManyToManyField(
        "organisations.Neighbourhood", related_name="teams", blank=True
    )
    description = models.CharField("wat zij doen", max_length=300, blank=True)
    until = models.DateField("tot en met", null=True, blank=True, help_text="ended, never deleted")

    class Meta:
        ordering = ["name"]
        verbose_name = "team"
        constraints = [
            models.UniqueConstraint(fields=["partnership", "slug"], name="team_slug_once")
        ]

    def __str__(self) -> str:
        return self.name
