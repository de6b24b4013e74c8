"""Read published figures: for whom, of which quarter, with the names of the categories.

Only `ReportPublication` is read here, never a question or the rollup: so everything shown is
protected, and does not change after its publication.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from intake.questions.models import Question
from organisations.directory.models import Organisation
from organisations.partnerships.models import Municipality, Partnership
from organisations.roles.models import Membership, Role
from organisations.roles.permissions import roles_at
from referrals.reports import handovers, indicators, publishing
from referrals.reports.models import ReportPublication
from referrals.reports.quarters import (
    latest_quarter,
    next_quarter,
    publication_day,
    quarter_number,
)
from welzijn.accounts.models import User

_MONTHS_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Line:
    """One category with both measures; None is a hidden figure."""

    label: str
    received: int | None
    helped: int | None


@dataclass(frozen=True, slots=True)
class Division:
    """One breakdown of all questions of a quarter, each question in exactly one line."""

    key: str
    title: str
    heading: str
    explanation: str
    lines: Sequence[Line]


@dataclass(frozen=True, slots=True)
class IndicatorResult:
    """One indicator of a goal: its value and its target, in percent or questions."""

    name: str
    value: int | None
    unit: str
    at_least: int | None

    @property
    def reached(self) -> bool | None:
        """Whether the target is reached; None where that is unknown."""
        if self.value is None or self.at_least is None:
            return None
        return self.value >= self.at_least


@dataclass(frozen=True, slots=True)
class Goal:
    """A goal of the municipality's assignment with its indicators."""

    name: str
    explanation: str
    priority: int
    indicators: Sequence[IndicatorResult]


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that a page and its download show of one municipality and one quarter."""

    municipality: str
    quarter: date
    published_at: datetime
    threshold: int
    received: int | None
    helped: int | None
    months: Sequence[Line]
    divisions: Sequence[Division]
    handovers: int | None
    handover_lines: Sequence[tuple[str, int | None]]
    goals: Sequence[Goal]

    @property
    def quarter_name(self) -> str:
        """The quarter in words."""
        return name_of_quarter(self.quarter)


def name_of_quarter(quarter: date) -> str:
    """Return a quarter in words: 3e kwartaal 2026."""
    return _("{number}e kwartaal {year}").format(number=quarter_number(quarter), year=quarter.year)


def municipalities_for(user: User, partnership: Partnership) -> list[tuple[str, str]]:
    """Return (code, name) of the municipalities whose figures `user` may see.

    A policy officer sees only their own. A coordinator sees all, and the questions whose
    municipality is unknown ('').
    """
    mine = roles_at(user, partnership)
    blocks = publishing.municipalities(partnership)
    counts_as = publishing.successors(partnership)
    if not any(m.role == Role.COORDINATOR for m in mine):
        own = {counts_as.get(code, code) for code in _own_codes(mine)}
        blocks = [code for code in blocks if code and code in own]
    names = dict(Municipality.objects.filter(code__in=blocks).values_list("code", "name"))
    return [(code, names.get(code, _("Gemeente niet bekend"))) for code in blocks]


def _own_codes(mine: Sequence[Membership]) -> Iterator[str]:
    for membership in mine:
        if membership.role == Role.MUNICIPALITY and membership.municipality_id:
            yield membership.municipality_id


def quarters(partnership: Partnership, municipality: str) -> list[date]:
    """Return the published quarters, latest first."""
    return list(
        ReportPublication.objects.filter(partnership=partnership, municipality=municipality)
        .order_by("-quarter")
        .values_list("quarter", flat=True)
    )


def next_publication(now: datetime) -> date:
    """Return the day on which the next quarter is published."""
    return publication_day(next_quarter(latest_quarter(now)))


def read(*, partnership: Partnership, municipality: str, name: str, quarter: date) -> Report | None:
    """Return the report of a published quarter, or None. Takes five queries."""
    published = list(
        ReportPublication.objects.filter(
            partnership=partnership, municipality=municipality, quarter__lte=quarter
        ).order_by("-quarter")[: _MONTHS_SHOWN // 3]
    )
    if not published or published[0].quarter != quarter:
        return None
    tables = published[0].tables
    names = _Names(partnership)
    return Report(
        municipality=name,
        quarter=quarter,
        published_at=published[0].published_at,
        threshold=published[0].threshold,
        received=tables["received"]["total"],
        helped=tables["helped"]["total"],
        months=[
            line
            for publication in reversed(published)
            for line in _lines(publication.tables, "month", names)
        ],
        divisions=[
            Division(key, title, heading, text, _lines(tables, key, names))
            for key, title, heading, text in _divisions()
        ],
        handovers=tables["handovers"]["total"],
        handover_lines=[(_outcome(key), number) for key, number in tables["handovers"]["outcome"]],
        goals=_goals(partnership, tables, names),
    )


def _lines(tables: Mapping[str, Any], division: str, names: "_Names") -> list[Line]:
    helped = dict(tables["helped"][division])
    received = dict(tables["received"][division])
    return [
        Line(names.of(division, key), received.get(key), helped.get(key))
        for key in dict.fromkeys([*received, *helped])
    ]


def _divisions() -> list[tuple[str, str, str, str]]:
    return [
        (
            "organisation",
            _("Per organisatie"),
            _("Organisatie"),
            _("De organisatie die de regie heeft."),
        ),
        (
            "life_domain",
            _("Per leefgebied"),
            _("Leefgebied"),
            _("Een vraag over meer leefgebieden staat één keer in de tabel, op een eigen regel."),
        ),
        ("neighbourhood", _("Per wijk of kern"), _("Wijk of kern"), ""),
        ("channel", _("Per ingang"), _("Ingang"), ""),
    ]


def _outcome(key: str) -> str:
    return {
        handovers.TAKEN_UP: _("overgenomen"),
        handovers.DECLINED: _("niet aangenomen"),
        handovers.NO_ANSWER: _("niet beantwoord"),
        handovers.STOPPED: _("gestopt door inwoner of gever"),
        handovers.UNDER_WAY: _("nog bezig"),
    }[key]


def _goals(partnership: Partnership, tables: Mapping[str, Any], names: "_Names") -> list[Goal]:
    return [
        Goal(
            name=goal["name"],
            explanation=goal["explanation"],
            priority=goal["priority"],
            indicators=[
                IndicatorResult(
                    name=indicator["name"],
                    value=indicators.value_of(goal, indicator, tables, names.domain_ids),
                    unit=_("vragen") if indicator["measure"] == "questions" else "%",
                    at_least=indicator["at_least"],
                )
                for indicator in goal["indicators"]
            ],
        )
        for goal in sorted(partnership.goals, key=lambda goal: goal["priority"])
    ]


class _Names:
    """Names of the categories. Ended ones keep theirs: their rows are never deleted."""

    def __init__(self, partnership: Partnership) -> None:
        domains = list(partnership.life_domains.values_list("pk", "slug", "name"))
        self.domain_ids = {slug: str(pk) for pk, slug, _name in domains}
        self._known = {str(pk): name for pk, _slug, name in domains}
        self._known |= {
            str(pk): name
            for pk, name in (
                *partnership.neighbourhoods.values_list("pk", "name"),
                *Organisation.objects.filter(participations__partnership=partnership).values_list(
                    "pk", "name"
                ),
            )
        }
        self._known |= {
            publishing.SEVERAL: _("Meer leefgebieden tegelijk"),
            publishing.NONE: _("Geen leefgebied gekozen"),
            publishing.UNKNOWN: _("Niet bekend"),
        }

    def of(self, division: str, key: str) -> str:
        """Return the name of a category."""
        if division == "month":
            return date_format(date.fromisoformat(key), "F Y")
        if division == "channel":
            return str(Question.Channel(key).label).capitalize()
        return self._known.get(key, _("Niet bekend"))


def as_rows(report: Report) -> Iterator[tuple[str, str, str, str]]:
    """Yield what the page shows as (part, category, received, helped), for the download."""
    hidden = _("niet getoond")

    def shown(number: int | None) -> str:
        return hidden if number is None else str(number)

    yield _("Deel"), _("Categorie"), _("Binnengekomen"), _("Geholpen")
    yield _("Totaal"), report.quarter_name, shown(report.received), shown(report.helped)
    for line in report.months:
        yield _("Per maand"), line.label, shown(line.received), shown(line.helped)
    for division in report.divisions:
        for line in division.lines:
            yield division.title, line.label, shown(line.received), shown(line.helped)
    yield _("Warme overdrachten"), _("voorgesteld"), shown(report.handovers), ""
    for label, number in report.handover_lines:
        yield _("Warme overdrachten"), label, shown(number), ""
    for goal in report.goals:
        for indicator in goal.indicators:
            value = shown(indicator.value)
            yield goal.name, f"{indicator.name} ({indicator.unit})", value, ""
