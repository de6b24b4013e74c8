"""How the open work is spread: grouped counts, made in the database in one pass over what is open.

    of(user=, partnership=, now=)    by organisation and team, neighbourhood, life domain, worker

Each number is a link to the list with exactly those questions (`links.py`, `numbers.py`).
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet, Value
from django.db.models.functions import Coalesce, NullIf
from django.urls import reverse

from intake.questions.models import Question
from intake.questions.models.querysets import CASE_ROLES
from organisations.partnerships.models import Partnership
from organisations.roles.availability_models import Absence, WorkingHours
from organisations.roles.models import Membership
from referrals.caseload import numbers
from referrals.caseload.selection import TEAM, UNKNOWN
from welzijn.accounts.models import User
from welzijn.core.working_days import local_date

COUNTED = ("open", "late", "new", "waiting")


@dataclass(frozen=True, slots=True)
class Load:
    """The open questions of one group; `query` is what the list is narrowed to."""

    name: str
    query: Mapping[str, str]
    open: int = 0
    late: int = 0
    new: int = 0
    waiting: int = 0
    beside: str = ""
    """What stands under the name: the organisation of a team."""

    @property
    def link(self) -> str:
        """The address of the list with these questions; more filters may follow."""
        return f"{reverse('caseload')}?{urlencode({'status': '', **self.query})}"

    @property
    def slug(self) -> str:
        """The organisation or team as it stands in the filter."""
        return self.query.get("organisatie", "")


@dataclass(frozen=True, slots=True)
class PersonLoad:
    """A colleague once, with the total and what of it each hat (organisation, team) has."""

    worker_id: str
    name: str
    total: Load
    hats: Sequence[Load]
    most: int | None = None
    """How many questions fit in their hours; None: not said."""
    away: Absence | None = None

    @property
    def room(self) -> int | None:
        """How many more would fit; negative where there are too many already."""
        return None if self.most is None else self.most - self.total.open


@dataclass(frozen=True, slots=True)
class Balance:
    """The totals, by organisation or team, neighbourhood, life domain and worker."""

    total: Load
    by_organisation: Sequence[Load]
    by_neighbourhood: Sequence[Load]
    by_domain: Sequence[Load]
    by_worker: Sequence[PersonLoad]


def of(*, user: User, partnership: Partnership, now: datetime) -> Balance:
    """Return the balance of what `user` may list; it names no resident. Takes five queries.

    new: came in since Monday (Europe/Amsterdam) and still open, whether picked up or not.
    waiting: not picked up yet. A colleague with nothing open is there too.
    """
    on = local_date(now)
    questions = (
        Question.objects.listed_for(user, on).filter(partnership=partnership).not_set_aside().open()
    )
    counts = {
        "open": Count("pk"),
        "late": Count("pk", filter=Q(due_on__lt=numbers.late_before(on))),
        "new": Count("pk", filter=numbers.in_week("received_at", numbers.monday_of(on))),
        "waiting": Count("pk", filter=Q(status=Question.Status.NEW)),
    }
    rows = _cube(questions, counts)
    members = (
        Membership.objects.active(on)
        .filter(partnership=partnership, role__in=CASE_ROLES)
        .select_related("user", "organisation", "team")
        .order_by("user__name", "organisation__name", "team__name")
    )
    return Balance(
        total=_sum("", {}, rows),
        by_organisation=_grouped(rows, _hat),
        by_neighbourhood=_grouped(rows, _place),
        by_domain=_domains(questions, counts),
        by_worker=_workers(
            rows,
            list(members),
            most=dict(
                WorkingHours.objects.filter(partnership=partnership).values_list("user", "most")
            ),
            away={
                absence.user_id: absence
                for absence in Absence.objects.on(on)
                .filter(partnership=partnership)
                .select_related("stand_in")
            },
        ),
    )


def _cube(questions: QuerySet[Question], counts: dict[str, Count]) -> list[dict[str, Any]]:
    """Count once by everything that a group is made of; the groups are sums of these rows."""
    found: Any = (
        questions.order_by()
        .values(
            "assigned_to",
            organisation_name=F("lead__name"),
            slug=F("lead__slug"),
            team_name=F("lead_team__name"),
            team_slug=F("lead_team__slug"),
            place_name=F("neighbourhood__name"),
            place_slug=F("neighbourhood__slug"),
        )
        .annotate(**counts)
    )
    return list(found)


def _domains(questions: QuerySet[Question], counts: dict[str, Count]) -> list[Load]:
    """A question with two life domains counts with both."""
    found: Any = (
        questions.order_by()
        .values(
            # As `LifeDomain.for_staff` says it.
            name=Coalesce(
                NullIf("domain_links__life_domain__staff_name", Value("")),
                "domain_links__life_domain__name",
            ),
            slug=F("domain_links__life_domain__slug"),
        )
        .annotate(**counts)
    )
    loads = [
        Load(
            row["name"] or "",
            {"leefgebied": row["slug"] or UNKNOWN},
            **{key: row[key] for key in COUNTED},
        )
        for row in found
    ]
    return sorted(loads, key=lambda load: (not load.name, load.name))


def _hat(row: Mapping[str, Any]) -> tuple[str, str, Mapping[str, str]]:
    """The organisation or team that leads: (name, what stands under it, query)."""
    if row["team_slug"]:
        query = {"organisatie": f"{TEAM}{row['team_slug']}"}
        return row["team_name"], row["organisation_name"], query
    return row["organisation_name"], "", {"organisatie": row["slug"]}


def _place(row: Mapping[str, Any]) -> tuple[str, str, Mapping[str, str]]:
    return row["place_name"] or "", "", {"wijk": row["place_slug"] or UNKNOWN}


def _grouped(
    rows: Iterable[Mapping[str, Any]],
    key: Callable[[Mapping[str, Any]], tuple[str, str, Mapping[str, str]]],
    extra: Mapping[str, str] | None = None,
) -> list[Load]:
    """Sum the rows by group, those without a name last; `extra` goes into each query."""
    groups: dict[tuple[str, ...], list[Mapping[str, Any]]] = {}
    of_group: dict[tuple[str, ...], tuple[str, str, Mapping[str, str]]] = {}
    for row in rows:
        name, beside, query = key(row)
        group = (name, beside, *query.values())
        groups.setdefault(group, []).append(row)
        of_group[group] = name, beside, {**query, **(extra or {})}
    loads = []
    for group, found in groups.items():
        name, beside, query = of_group[group]
        loads.append(_sum(name, query, found, beside))
    return sorted(loads, key=lambda load: (not load.name, load.beside or load.name, load.name))


def _sum(
    name: str, query: Mapping[str, str], rows: Iterable[Mapping[str, Any]], beside: str = ""
) -> Load:
    found = list(rows)
    return Load(
        name, query, beside=beside, **{key: sum(row[key] for row in found) for key in COUNTED}
    )


def _workers(
    rows: Sequence[Mapping[str, Any]],
    members: list[Membership],
    *,
    most: Mapping[UUID, int | None],
    away: Mapping[UUID, Absence],
) -> list[PersonLoad]:
    """Everybody who could have work, and whoever has it although their role ended."""
    names = {m.user_id: m.user.name for m in members}
    by_worker: dict[UUID, list[Mapping[str, Any]]] = {pk: [] for pk in names}
    for row in rows:
        if row["assigned_to"] is not None:
            by_worker.setdefault(row["assigned_to"], []).append(row)
    if gone := set(by_worker) - set(names):
        names |= {user.pk: user.name for user in User.objects.filter(pk__in=gone)}
    people = []
    for pk, found in by_worker.items():
        query = {"wie": str(pk)}
        hats = {load.slug: load for load in _grouped(found, _hat, query)}
        for membership in members:
            if membership.user_id == pk:
                hat = _hat_of(membership, query)
                hats.setdefault(hat.slug, hat)
        people.append(
            PersonLoad(
                str(pk),
                names[pk],
                _sum(names[pk], query, found),
                tuple(hats.values()),
                most.get(pk),
                away.get(pk),
            )
        )
    return sorted(people, key=lambda person: (person.name, person.worker_id))


def _hat_of(membership: Membership, query: Mapping[str, str]) -> Load:
    """A hat with nothing open."""
    if membership.team is not None:
        return Load(
            membership.team.name,
            {"organisatie": f"{TEAM}{membership.team.slug}", **query},
            beside=membership.organisation.name,
        )
    return Load(
        membership.organisation.name, {"organisatie": membership.organisation.slug, **query}
    )
