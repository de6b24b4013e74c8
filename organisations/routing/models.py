"""Versioned rules that decide who picks a question up."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from welzijn.core.ids import uuid7


class RuleSet(models.Model):
    """One version of a partnership's ordered rules. Immutable once published."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("concept")
        PUBLISHED = "published", _("geldt nu")
        ARCHIVED = "archived", _("oud")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    partnership = models.ForeignKey(
        "organisations.Partnership", models.CASCADE, related_name="rule_sets"
    )
    version = models.PositiveIntegerField("versie")
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.DRAFT)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    why = models.CharField("waarom", max_length=300, blank=True)
    loaded_from = models.CharField(
        max_length=200, blank=True, default="", db_default="", help_text="a partnership file's name"
    )

    asks_nobody = models.BooleanField(
        default=False,
        db_default=False,
        help_text="of a file: nobody who gains or loses questions has a coordinator",
    )

    class Meta:
        ordering = ["-version"]
        verbose_name = "verdeelregels"
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "version"], name="rule_set_version_once"
            ),
            models.UniqueConstraint(
                fields=["partnership"],
                condition=Q(status="published"),
                name="rule_set_one_published",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["draft", "published", "archived"]),
                name="rule_set_status_known",
            ),
            models.CheckConstraint(
                condition=Q(status="draft") | Q(published_at__isnull=False),
                name="rule_set_published_when",
            ),
        ]

    def __str__(self) -> str:
        return f"versie {self.version}"

    @property
    def explanation(self) -> str:
        """Why this version came: who published it says so, or a partnership file brought it."""
        # Versions are never changed: 0.1.0 stored the sentence where its words stand.
        file = self.loaded_from or self.why.removeprefix("Geladen uit ")
        if file in {"", self.why}:
            return self.why
        return gettext("Geladen uit {file}").format(file=file)


class RoutingRule(models.Model):
    """A rule (verdeelregel): where its conditions match, its target picks the question up."""

    class Target(models.TextChoices):
        ORGANISATION = "organisation", _("een organisatie")
        TEAM = "team", _("een team")
        NEIGHBOURHOOD_TEAM = "neighbourhood_team", _("het team van de wijk")
        FITTING_SERVICE = "fitting_service", _("het best passende aanbod")
        HOUSEHOLD = "household", _("wie dit huishouden al helpt")
        TRIAGE = "triage", _("triage")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    rule_set = models.ForeignKey(RuleSet, models.CASCADE, related_name="rules")
    position = models.PositiveIntegerField("volgorde")
    key = models.SlugField(max_length=60)
    name = models.CharField("naam", max_length=120)
    conditions = models.JSONField("voorwaarden", default=dict)
    target_kind = models.CharField("naar", max_length=20, choices=Target.choices)
    organisation = models.ForeignKey(
        "organisations.Organisation", models.PROTECT, null=True, blank=True, related_name="+"
    )
    team = models.ForeignKey(
        "organisations.Team", models.PROTECT, null=True, blank=True, related_name="+"
    )
    layers = ArrayField(
        models.PositiveSmallIntegerField(),
        default=list,
        blank=True,
        help_text="for a fitting service: these layers of the pyramid only; empty: all",
    )
    supporting = models.ManyToManyField("organisations.Organisation", related_name="+", blank=True)
    reason = models.CharField(
        "reden",
        max_length=300,
        blank=True,
        help_text="one B1 sentence for the resident, after 'omdat'",
    )
    active_from = models.DateField("vanaf", null=True, blank=True)
    active_until = models.DateField("tot en met", null=True, blank=True)

    class Meta:
        ordering = ["position"]
        verbose_name = "verdeelregel"
        constraints = [
            models.UniqueConstraint(
                fields=["rule_set", "position"],
                deferrable=models.Deferrable.DEFERRED,
                name="rule_position_once",
            ),
            models.UniqueConstraint(fields=["rule_set", "key"], name="rule_key_once"),
            models.CheckConstraint(
                condition=Q(target_kind="organisation", organisation__isnull=False, team=None)
                | Q(target_kind="team", team__isnull=False, organisation=None)
                | Q(
                    target_kind__in=[
                        "neighbourhood_team",
                        "fitting_service",
                        "household",
                        "triage",
                    ],
                    organisation=None,
                    team=None,
                ),
                name="rule_target_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.name
