"""Read published figures: for whom, of which quarter, with the names of the categories.

Only `ReportPublication` is read here, never a question or the rollup: so everything shown is
protected, and does not change after its publication.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from organisations.partnerships.models import Municipality, Partnership
from organisations.roles.models import OF_A_MUNICIPALITY, Membership, Role
from organisations.roles.permissions import roles_at
from referrals.reports import categories, publishing
from referrals.reports.goal_results import Goal, result_of
from referrals.reports.measures import MEASURES
from referrals.reports.models import ReportPublication
from referrals.reports.names import Names, headings, name_of_quarter
from referrals.reports.noise import Figure
from referrals.reports.quarters import latest_quarter, next_quarter, publication_day
from referrals.reports.tables import Dimension
from welzijn.accounts.models import User

_MONTHS_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Line:
    """One category with both measures; None where it can't be told."""

    label: str
    received: Figure | None
    helped: Figure | None


@dataclass(frozen=True, slots=True)
class Division:
    """One breakdown of all questions of a quarter, each question in exactly one line."""

    key: str
    title: str
    heading: str
    explanation: str
    lines: Sequence[Line]


@dataclass(frozen=True, slots=True)
class Assignment:
    """The contract that the goals belong to."""

    name: str
    since: date
    until: date
    explanation: str


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that a page and its download show of one municipality and one quarter."""

    code: str
    municipality: str
    quarter: date
    published_at: datetime
    threshold: int
    received: Figure
    helped: Figure
    months: Sequence[Line]
    divisions: Sequence[Division]
    handovers: Figure
    handover_lines: Sequence[tuple[str, Figure]]
    assignment: Assignment | None
    goals: Sequence[Goal]

    @property
    def handover_bars(self) -> list[tuple[str, int]]:
        """How handovers ended, for the chart."""
        return [(label, figure.value) for label, figure in self.handover_lines]

    @property
    def quarter_name(self) -> str:
        """The quarter in words."""
        return name_of_quarter(self.quarter)


def municipalities_for(user: User, partnership: Partnership) -> list[tuple[str, str]]:
    """Return (code, name) of the municipalities whose figures `user` may see.

    A policy officer sees only their own. A coordinator sees all, and the questions whose
    municipality is unknown ('').
    """
    mine = roles_at(user, partnership)
    blocks = categories.municipalities(partnership)
    counts_as = categories.successors(partnership)
    if not any(m.role == Role.COORDINATOR for m in mine):
        own = {counts_as.get(code, code) for code in _own_codes(mine)}
        blocks = [code for code in blocks if code and code in own]
    names = dict(Municipality.objects.filter(code__in=blocks).values_list("code", "name"))
    return [(code, names.get(code, _("Gemeente niet bekend"))) for code in blocks]


def _own_codes(mine: Sequence[Membership]) -> Iterator[str]:
    for membership in mine:
        if membership.role in OF_A_MUNICIPALITY and membership.municipality_id:
            yield membership.municipality_id


def quarters(partnership: Partnership, municipality: str) -> list[date]:
    """Return the published quarters, latest first."""
    return list(
        _published(partnership, municipality).order_by("-quarter").values_list("quarter", flat=True)
    )


def _published(partnership: Partnership, municipality: str) -> Any:
    return ReportPublication.objects.filter(
        partnership=partnership, municipality=municipality, edition=publishing.EDITION
    )


def next_publication(now: datetime) -> date:
    """Return the day on which the next quarter is published."""
    return publication_day(next_quarter(latest_quarter(now)))


def read(
    *,
    partnership: Partnership,
    municipality: str,
    name: str,
    quarter: date,
    months: int = _MONTHS_SHOWN,
) -> Report | None:
    """Return the report of a published quarter, or None. Takes five queries.

    `months`: how many are listed, those of the quarter the last.
    """
    published = list(
        _published(partnership, municipality)
        .filter(quarter__lte=quarter)
        .order_by("-quarter")[: months // 3]
    )
    if not published or published[0].quarter != quarter:
        return None
    tables = published[0].tables
    names = Names(partnership)
    return Report(
        code=municipality,
        municipality=name,
        quarter=quarter,
        published_at=published[0].published_at,
        threshold=published[0].threshold,
        received=_figure(tables["received"]["total"]),
        helped=_figure(tables["helped"]["total"]),
        months=[
            line
            for publication in reversed(published)
            for line in _lines(publication.tables, Dimension.MONTH, names)
        ],
        divisions=_divisions(tables, names),
        handovers=_figure(tables["handovers"]["total"]),
        handover_lines=[
            (str(MEASURES[key].name), _figure(stored))
            for key, stored in tables["handovers"]["outcome"]
        ],
        assignment=_assignment(tables["assignment"]),
        goals=[result_of(goal, published[0].threshold) for goal in tables["goals"]],
    )


def _figure(stored: Sequence[float]) -> Figure:
    noisy, deviation, bound = stored
    return Figure(int(noisy), deviation, int(bound))


def _lines(tables: Mapping[str, Any], division: Dimension, names: Names) -> list[Line]:
    received = {key: _figure(stored) for key, stored in tables["received"][division]}
    helped = {key: _figure(stored) for key, stored in tables["helped"][division]}
    return [
        Line(names.of(division, key), received.get(key), helped.get(key))
        for key in dict.fromkeys([*received, *helped])
    ]


def _divisions(tables: Mapping[str, Any], names: Names) -> list[Division]:
    explanations = {
        Dimension.ORGANISATION: (_("Per organisatie"), _("De organisatie die de regie heeft.")),
        Dimension.LIFE_DOMAIN: (
            _("Per leefgebied"),
            _("Een vraag over meer leefgebieden staat één keer in de tabel, op een eigen regel."),
        ),
        Dimension.NEIGHBOURHOOD: (_("Per wijk of kern"), ""),
        Dimension.CHANNEL: (_("Per ingang"), ""),
    }
    return [
        Division(key.value, title, headings()[key], text, _lines(tables, key, names))
        for key, (title, text) in explanations.items()
    ]


def _assignment(stored: Mapping[str, Any]) -> Assignment | None:
    if not stored:
        return None
    return Assignment(
        name=stored["name"],
        since=date.fromisoformat(stored["since"]),
        until=date.fromisoformat(stored["until"]),
        explanation=stored["explanation"],
    )
