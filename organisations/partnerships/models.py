"""Municipalities and their neighbourhoods."""

from datetime import date

from django.core.validators import MinValueValidator
from django.db import models

from welzijn.core.ids import RANDOM_KEY, uuid7
from welzijn.core.working_days import LiberationDay


class MunicipalityQuerySet(models.QuerySet["Municipality"]):
    """Municipalities by the days on which they exist."""

    def existing(self, day: date) -> "MunicipalityQuerySet":
        """Return those that exist on a day: one can begin, and end in another (herindeling)."""
        return self.filter(
            models.Q(valid_from__isnull=True) | models.Q(valid_from__lte=day),
            models.Q(valid_until__isnull=True) | models.Q(valid_until__gte=day),
        )


class Municipality(models.Model):
    """A gemeente by its official GM code; it can end and have a successor (herindeling)."""

    code = models.CharField("GM-code", max_length=6, primary_key=True)
    name = models.CharField("naam", max_length=80)
    valid_from = models.DateField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)
    successor = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    client_support = models.CharField(
        "onafhankelijke cliëntondersteuning",
        max_length=160,
        blank=True,
        help_text="who gives it and how to reach them; free for every resident (Wmo 2015, 2.2.4)",
    )
    partnerships = models.ManyToManyField(
        "organisations.Partnership", related_name="municipalities", blank=True
    )

    objects = MunicipalityQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name = "gemeente"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(code__regex=r"^GM[0-9]{4}$"), name="municipality_gm_code"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Neighbourhood(models.Model):
    """A wijk or kern, known by its postcodes."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    partnership = models.ForeignKey(
        "organisations.Partnership", models.CASCADE, related_name="neighbourhoods"
    )
    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="neighbourhoods")
    slug = models.SlugField()
    name = models.CharField("naam", max_length=80)
    learning_sessions = models.JSONField(
        "leersessies", default=list, help_text="recurrences as in the partnership file"
    )
    until = models.DateField("tot en met", null=True, blank=True, help_text="ended, never deleted")
    border = models.JSONField(
        "grens", null=True, blank=True, help_text="a GeoJSON Polygon or MultiPolygon, in degrees"
    )

    class Meta:
        ordering = ["name"]
        verbose_name = "wijk of kern"
        constraints = [
            models.UniqueConstraint(fields=["partnership", "slug"], name="neighbourhood_slug_once")
        ]

    def __str__(self) -> str:
        return self.name


class NeighbourhoodPostcode(models.Model):
    """A PC4 ('3881') or PC6 ('3881AB') of a neighbourhood.

    Two neighbourhoods may share one: a postcode can't always tell hamlets apart, and then the
    resident may choose.
    """

    id = models.BigAutoField(primary_key=True)
    neighbourhood = models.ForeignKey(Neighbourhood, models.CASCADE, related_name="postcodes")
    postcode = models.CharField(max_length=6)

    class Meta:
        ordering = ["postcode"]
        constraints = [
            models.UniqueConstraint(
                fields=["neighbourhood", "postcode"], name="neighbourhood_postcode_once"
            ),
            models.CheckConstraint(
                condition=models.Q(postcode__regex=r"^[1-9][0-9]{3}([A-Z]{2})?$"),
                name="neighbourhood_postcode_form",
            ),
        ]

    def __str__(self) -> str:
        return self.postcode


class Partnership(models.Model):
    """A partnership (samenwerkingsverband) with its own host, texts and terms.

    All terms are in working days of the partnership's calendar unless the name says otherwise.
    Database triggers raise `config_version` when something changes that the front door caches
    (`organisations/front_door/configuration.py`).
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    slug = models.SlugField(unique=True)
    name = models.CharField("naam", max_length=120)
    hostname = models.CharField(
        "adres", max_length=200, unique=True, help_text="the host in production"
    )
    theme = models.SlugField("thema", default="default")
    languages = models.JSONField("talen", default=list)
    live = models.BooleanField("open voor inwoners", default=True)
    rehearsing_since = models.DateTimeField(
        null=True,
        blank=True,
        editable=False,
        help_text="in rehearsal since; empty: not in rehearsal",
    )
    config_version = models.BigIntegerField(default=1, editable=False)

    # What residents read
    opening_text = models.TextField("welkom", blank=True)
    principles = models.JSONField("uitgangspunten", default=list)
    opening_questions = models.JSONField("openingsvragen", default=list)
    closing_question = models.CharField("slotvraag", max_length=200, blank=True)
    glossary = models.JSONField("woordenlijst", default=list)
    desk_name = models.CharField("naam van de balie", max_length=120)
    desk_phone = models.CharField("telefoon van de balie", max_length=20)
    desk_email = models.EmailField("e-mail van de balie", blank=True)
    desk_address = models.CharField("adres van de balie", max_length=200, blank=True)
    food_bank = models.JSONField(
        "voedselbank", default=dict, help_text="name, address, phone, hours and website; or empty"
    )
    starting_texts = models.JSONField(
        "beginteksten", default=list, help_text="[{title, text, kind, organisation}]"
    )
    reading_hours = models.JSONField(
        "leestijden", default=dict, help_text='weekday 1-7: [["08:30", "17:00"]]'
    )
    invented = models.JSONField("verzonnen gegevens", default=list)

    # Who is responsible (AVG 13 and 26)
    triage_team = models.ForeignKey(
        "organisations.Team", models.PROTECT, null=True, related_name="triage_for"
    )
    joint_controller_contact = models.CharField(max_length=200, blank=True)
    privacy_officer_contact = models.CharField(max_length=200, blank=True)
    dpia_on = models.DateField(null=True, blank=True)
    retention = models.JSONField("bewaartermijnen", default=dict)
    legal_basis = models.TextField("grondslag eerste behandeling", blank=True)

    # Clocks, in working days
    pick_up_within = models.PositiveSmallIntegerField(default=2)
    danger_opened_within = models.PositiveSmallIntegerField(
        default=15,
        validators=[MinValueValidator(5)],
        help_text="minutes until the next circle hears of possible danger that nobody opened",
    )
    contact_within = models.PositiveSmallIntegerField(default=3)
    handover_answer_within = models.PositiveSmallIntegerField(default=2)
    handover_escalate_after = models.PositiveSmallIntegerField(default=2)
    quiet_after = models.PositiveSmallIntegerField(default=15)
    check_after_weeks = models.PositiveSmallIntegerField(
        default=6, help_text="calendar weeks between closing and the check with the resident"
    )
    confirm_services_months = models.PositiveSmallIntegerField(
        default=6,
        validators=[MinValueValidator(1)],
        help_text="calendar months after which somebody confirms a service anew",
    )
    good_friday = models.BooleanField("Goede Vrijdag dicht", default=False)
    liberation_day = models.CharField(
        "5 mei dicht",
        max_length=10,
        choices=[(d.value, d.value) for d in LiberationDay],
        default=LiberationDay.LUSTRUM.value,
    )
    rule_consent = models.CharField(
        "instemming met verdeelregels",
        max_length=10,
        choices=[("all", "alle"), ("majority", "meerderheid"), ("one", "een")],
        default="all",
        help_text="whose yes a change of who gets what needs, of those that gain or lose",
    )

    # Reports
    small_number = models.PositiveSmallIntegerField(
        default=10,
        validators=[MinValueValidator(5)],
        help_text="smallest group whose figures are broken down by what the questions are about",
    )
    figure_spread = models.FloatField(
        default=2.0, help_text="standard deviation of the noise of a figure"
    )
    figure_bound = models.PositiveSmallIntegerField(
        default=4, help_text="most that a figure is away from the true count"
    )
    # Decides the noise of empty groups, which have no questions with keys. Never shown.
    figure_key = models.BigIntegerField(editable=False, db_default=RANDOM_KEY, help_text="secret")
    goals = models.JSONField("doelen", default=list)
    assignment = models.JSONField(
        "opdracht", default=dict, help_text="contract period and contracted organisations"
    )
    population = models.JSONField(
        "inwoners",
        default=dict,
        blank=True,
        help_text="source, year, and numbers by GM code and by slug of a neighbourhood",
    )
    open_data = models.JSONField(
        "open data", default=list, blank=True, help_text="GM codes whose figures anybody may read"
    )
    learning_sessions = models.JSONField(
        "leersessies", default=list, help_text="those of the whole partnership"
    )

    class Meta:
        ordering = ["name"]
        verbose_name = "samenwerkingsverband"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(small_number__gte=5), name="partnership_small_number"
            ),
            models.CheckConstraint(
                condition=models.Q(figure_spread__gte=1, figure_bound__gte=3)
                & models.Q(figure_bound__lte=20)
                & models.Q(figure_spread__lte=models.F("figure_bound") / 2.0),
                name="partnership_figure_noise",
            ),
            models.CheckConstraint(
                condition=models.Q(live=False) | models.Q(triage_team__isnull=False),
                name="partnership_live_has_triage",
            ),
            models.CheckConstraint(
                condition=models.Q(live=False) | models.Q(rehearsing_since__isnull=True),
                name="partnership_rehearses_closed",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ClosingDay(models.Model):
    """A day on which the partnership itself is closed, besides weekends and holidays."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="closing_days")
    day = models.DateField("dag")
    name = models.CharField("naam", max_length=80)

    class Meta:
        ordering = ["day"]
        constraints = [
            models.UniqueConstraint(fields=["partnership", "day"], name="closing_day_once")
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.name}"
