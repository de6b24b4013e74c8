"""Who is on duty."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

import pghistory
from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from organisations.roles.availability_models import Absence
from welzijn.core.ids import uuid7


class Duty(models.Model):
    """A period in which a user is notified of possible danger at once, also out of hours.

    When nobody is on duty, the whole triage team is told.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    partnership = models.ForeignKey(
        "organisations.Partnership", models.CASCADE, related_name="duties"
    )
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="duties")
    starts_at = models.DateTimeField("vanaf")
    ends_at = models.DateTimeField("tot")

    class Meta:
        ordering = ["starts_at"]
        verbose_name = "dienst"
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="duty_ends_later")
        ]
        indexes = [models.Index(fields=["partnership", "ends_at"], name="duty_now")]

    def __str__(self) -> str:
        return f"{self.starts_at:%Y-%m-%d %H:%M}"


class Role(models.TextChoices):
    """The roles of DESIGN.md section 1. Residents have no account, so no role."""

    FRONT_DESK = "front_desk", _("balie")
    PROFESSIONAL = "professional", _("medewerker")
    TEAM_MEMBER = "team_member", _("teamlid")
    NEIGHBOURHOOD_LEAD = "neighbourhood_lead", _("wijkaanjager")
    COORDINATOR = "coordinator", _("coördinator")
    MUNICIPALITY = "municipality", _("beleid gemeente")
    ALDERMAN = "alderman", _("wethouder of manager")
    PARTNER_DOOR = "partner_door", _("partner aan de deur")
    ADMINISTRATOR = "administrator", _("functioneel beheerder")
    PRIVACY_OFFICER = "privacy_officer", _("privacy officer (FG)")


OF_A_MUNICIPALITY = (Role.MUNICIPALITY, Role.ALDERMAN)
"""Roles at one municipality, which they name: its figures, and what was sent to its meeting."""


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Memberships by the day on which they are active."""

    def active(self, on: date | None = None) -> "MembershipQuerySet":
        """Return those active on a day (Europe/Amsterdam; default today) of active users."""
        day = on or timezone.localdate()
        return self.filter(
            Q(until__isnull=True) | Q(until__gte=day),
            since__lte=day,
            user__is_active=True,
        )

    def with_absent(self, on: date | None = None) -> "MembershipQuerySet":
        """Read with each for whom its user stands in there on a day; no query of its own."""
        away = Absence.objects.on(on or timezone.localdate()).filter(
            stand_in=OuterRef("user"), partnership=OuterRef("partnership")
        )
        return self.annotate(stands_in_for=ArraySubquery(away.order_by("user").values("user")))


@pghistory.track(
    pghistory.InsertEvent(), pghistory.UpdateEvent(row=pghistory.Old), pghistory.DeleteEvent()
)
class Membership(models.Model):
    """A user's role in one organisation of one partnership, from a day until a day.

    `reads_new` makes a professional or coordinator an intake worker of their organisation: only
    intake workers and assigned workers read a question (invariant 3).
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships")
    partnership = models.ForeignKey(
        "organisations.Partnership", models.CASCADE, related_name="memberships"
    )
    organisation = models.ForeignKey(
        "organisations.Organisation", models.PROTECT, related_name="memberships"
    )
    role = models.CharField("rol", max_length=20, choices=Role.choices)
    # Colleagues who are away and whose work its user reads; only `with_absent` fills it.
    stands_in_for: Sequence[UUID] = ()
    reads_new = models.BooleanField("leest nieuwe vragen", default=False)
    team = models.ForeignKey(
        "organisations.Team", models.PROTECT, null=True, blank=True, related_name="memberships"
    )
    neighbourhood = models.ForeignKey(
        "organisations.Neighbourhood", models.PROTECT, null=True, blank=True, related_name="leads"
    )
    municipality = models.ForeignKey(
        "organisations.Municipality", models.PROTECT, null=True, blank=True, related_name="+"
    )
    since = models.DateField("sinds")
    until = models.DateField("tot en met", null=True, blank=True)
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    granted_at = models.DateTimeField(auto_now_add=True)
    # The approval that a role which reads or oversees persons can't do without.
    proposal = models.OneToOneField(
        "organisations.RoleProposal", models.PROTECT, null=True, related_name="membership"
    )

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ["user__name", "role"]
        verbose_name = "rol"
        indexes = [models.Index(fields=["partnership", "organisation", "role"], name="role_at")]
        constraints = [
            models.UniqueConstraint(
                fields=[
                    "user",
                    "partnership",
                    "organisation",
                    "role",
                    "team",
                    "neighbourhood",
                    "municipality",
                ],
                condition=Q(until__isnull=True),
                nulls_distinct=False,
                name="membership_once",
            ),
            models.CheckConstraint(
                condition=Q(role__in=[r.value for r in Role]), name="membership_role_known"
            ),
            models.CheckConstraint(
                condition=~Q(role="team_member") | Q(team__isnull=False),
                name="membership_team_named",
            ),
            models.CheckConstraint(
                condition=~Q(role="neighbourhood_lead") | Q(neighbourhood__isnull=False),
                name="membership_neighbourhood_named",
            ),
            models.CheckConstraint(
                condition=~Q(role__in=["municipality", "alderman"]) | Q(municipality__isnull=False),
                name="membership_municipality_named",
            ),
            models.CheckConstraint(
                condition=Q(reads_new=False) | Q(role__in=["professional", "coordinator"]),
                name="membership_reads_new",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=models.F("since")),
                name="membership_dates",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.get_role_display()} {self.organisation}"
