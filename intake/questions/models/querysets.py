"""Which questions a user may see, and how much of them (invariants 3, 6 and 8).

Two scopes, declared here once and used by lists, pages, search, counts and exports alike:

* `visible_to(user)`: the whole question, with person and words. Needs a sharing basis that is valid
  now and a role in the work: intake worker, assigned worker, or member of the team of the basis.
* `listed_for(user)`: the person-free row (reference, organisation, neighbourhood, life domain,
  status, clock). For coordinators of the partnership and the lead of the neighbourhood, in addition
  to everything that is visible.

`permissions.py` declares the same as predicates over one question; a property test compares them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Self, TypeVar
from uuid import UUID

from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Exists, ExpressionWrapper, OuterRef, Q

from intake.questions.models.question_status import IS_OPEN
from intake.questions.models.sharing_basis import SharingBasis
from organisations.roles.memberships import memberships_of
from organisations.roles.models import Membership, Role
from welzijn.accounts.models import User

CASE_ROLES = (Role.PROFESSIONAL, Role.COORDINATOR, Role.TEAM_MEMBER)
INTAKE_ROLES = (Role.PROFESSIONAL, Role.COORDINATOR)


@dataclass(frozen=True, slots=True)
class Scope:
    """What a user's memberships at one partnership allow, as ids for a query."""

    partnership: UUID
    intake: frozenset[UUID]  # organisations whose new questions they read
    cases: frozenset[UUID]  # organisations for which questions can be assigned to them
    teams: frozenset[tuple[UUID, UUID]]  # team, and the organisation they belong to in it
    neighbourhoods: frozenset[UUID]  # that they lead
    coordinates: bool
    absent: frozenset[UUID]  # colleagues for whom they stand in

    @classmethod
    def of(cls, partnership: UUID, mine: Iterable[Membership]) -> "Scope":
        """Build the scope from a user's memberships; those at other partnerships are ignored."""
        here = [m for m in mine if m.partnership_id == partnership]
        return cls(
            partnership=partnership,
            intake=frozenset(
                m.organisation_id for m in here if m.role in INTAKE_ROLES and m.reads_new
            ),
            cases=frozenset(m.organisation_id for m in here if m.role in CASE_ROLES),
            teams=frozenset(
                (m.team_id, m.organisation_id)
                for m in here
                if m.role == Role.TEAM_MEMBER and m.team_id is not None
            ),
            neighbourhoods=frozenset(
                m.neighbourhood_id
                for m in here
                if m.role == Role.NEIGHBOURHOOD_LEAD and m.neighbourhood_id is not None
            ),
            coordinates=any(m.role == Role.COORDINATOR for m in here),
            absent=frozenset(absent for m in here for absent in m.stands_in_for),
        )


def _scopes(user: User, on: date | None) -> list[Scope]:
    """Return the scope of `user` at each partnership where they have a membership."""
    mine = memberships_of(user, on)
    return [Scope.of(partnership, mine) for partnership in {m.partnership_id for m in mine}]


def _readable(user: User, scopes: Sequence[Scope]) -> Q:
    """Return the condition that a valid basis gives the user access.

    One EXISTS, which PostgreSQL can turn into a join. The basis is for an organisation for which
    they do intake, or for which this question is assigned to them, or for their team, with their
    organisation among those that it names.
    """
    receivers = Q(pk__in=[])
    for scope in scopes:
        theirs = Q(organisation__in=scope.intake)
        for team, organisation in scope.teams:
            theirs |= Q(team=team, team_organisations__contains=[organisation])
        if scope.cases - scope.intake:
            theirs |= Q(
                organisation__in=scope.cases - scope.intake,
                assigned_to__in=[user.pk, *scope.absent],
            )
        receivers |= theirs & Q(at=scope.partnership)
    valid = (
        SharingBasis.objects.filter(question=OuterRef("pk"), ended_at__isnull=True)
        .alias(
            at=ExpressionWrapper(OuterRef("partnership"), models.UUIDField()),
            assigned_to=ExpressionWrapper(OuterRef("assigned_to"), models.UUIDField()),
        )
        .filter(receivers)
    )
    return Q(partnership__in=[scope.partnership for scope in scopes]) & Q(Exists(valid))


_Model = TypeVar("_Model", bound=models.Model)


class QuestionQuerySet(models.QuerySet[_Model]):
    """Questions, limited by who may see them."""

    def open(self) -> Self:
        """Return those on which work is left."""
        return self.filter(IS_OPEN)

    def not_set_aside(self) -> Self:
        """Leave out those of a flood, until a coordinator takes them out of it."""
        waiting = apps.get_model("intake", "SetAside")._default_manager.filter(
            question=OuterRef("pk"), released_at__isnull=True
        )
        return self.filter(~Exists(waiting))

    def visible_to(self, user: User | AnonymousUser, on: date | None = None) -> Self:
        """Return those that `user` may read in full on a day (Europe/Amsterdam; default today)."""
        if not isinstance(user, User) or not user.is_active:
            return self.none()
        scopes = _scopes(user, on)
        return self.filter(_readable(user, scopes)) if scopes else self.none()

    def listed_for(self, user: User | AnonymousUser, on: date | None = None) -> Self:
        """Return those of which `user` may see the person-free row."""
        if not isinstance(user, User) or not user.is_active:
            return self.none()
        scopes = _scopes(user, on)
        if not scopes:
            return self.none()
        wanted = Q(partnership__in=[scope.partnership for scope in scopes if scope.coordinates])
        # A coordinator sees every row of the partnership, so needs no further condition.
        others = [scope for scope in scopes if not scope.coordinates]
        for scope in others:
            wanted |= Q(partnership=scope.partnership) & (
                Q(neighbourhood__in=scope.neighbourhoods) | Q(lead__in=scope.intake)
            )
        if others:
            wanted |= _readable(user, others)
        return self.filter(wanted)

    def logged_by_user(self, user: User) -> Self:
        """Return those that a desk worker logged: they may read their own entry and its status."""
        return self.filter(logged_by=user)

    def with_people(self) -> Self:
        """Join what a page shows of a question that may be shown in full."""
        return self.select_related(
            "asker__contact_wish", "subject", "lead", "lead_team", "assigned_to", "neighbourhood"
        )
