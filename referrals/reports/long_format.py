"""A report as lines for a file: one figure a line, with everything that says what it is."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.utils.translation import gettext as _

from referrals.reports.answers import Answer, Shown
from referrals.reports.figures import Report
from referrals.reports.goal_results import IndicatorResult
from referrals.reports.measures import MEASURES
from referrals.reports.names import Names, headings
from referrals.reports.noise import Figure

Row = tuple[object, ...]


def header() -> Row:
    """Return the names of the columns."""
    return (
        _("periode"),
        _("gemeente"),
        _("dimensie"),
        _("categorie"),
        _("maat"),
        _("waarde"),
        _("onder"),
        _("boven"),
        _("doel"),
    )


def numbers(figure: Figure) -> tuple[object, ...]:
    """Return value, lower and upper bound."""
    return figure.value, figure.lower, figure.upper


def shown(figure: Shown) -> tuple[object, ...]:
    """Return value, lower and upper bound, rounded to one decimal; empty where there is none."""
    if figure is None:
        return "", "", ""
    return tuple(round(number, 1) for number in (figure.value, figure.lower, figure.upper))


def of_report(report: Report) -> Iterator[Row]:
    """Yield a line for each figure of a quarter, and the header first."""
    yield header()
    period = quarter_code(report.quarter)
    place = (period, report.municipality)
    names = {measure: str(MEASURES[measure].name) for measure in ("received", "helped")}

    for measure, figure in (("received", report.received), ("helped", report.helped)):
        yield (*place, _("totaal"), "", names[measure], *numbers(figure), "")
    months = [(_("maand"), line) for line in report.months]
    parts = [(d.heading.lower(), line) for d in report.divisions for line in d.lines]
    for dimension, line in (*months, *parts):
        for measure, found in (("received", line.received), ("helped", line.helped)):
            if found:
                yield (*place, dimension, line.label, names[measure], *numbers(found), "")
    handovers = str(MEASURES["handovers"].name)
    yield (*place, _("totaal"), "", handovers, *numbers(report.handovers), "")
    for label, figure in report.handover_lines:
        yield (*place, _("afloop"), label, handovers, *numbers(figure), "")
    for goal in report.goals:
        for indicator in goal.indicators:
            name = f"{indicator.name} ({indicator.unit})"
            yield (*place, _("doel"), goal.name, name, *_estimated(indicator))


def of_table(table: Answer, names: Names, place: str) -> Iterator[Row]:
    """Yield a line for each figure of a chosen report, and the header first."""
    yield header()
    query = table.query
    period = f"{query.since:%Y-%m}..{query.until - timedelta(days=1):%Y-%m}"
    measure = str(table.offered.name)
    for keys, figure in table.figures.items():
        axes = [(axis, key) for axis, key in zip(query.axes, keys, strict=False) if key]
        dimension = " x ".join(headings()[axis].lower() for axis, _key in axes) or _("totaal")
        category = " x ".join(names.of(axis, key, table.together) for axis, key in axes)
        yield period, place, dimension, category, measure, *shown(figure), ""


def _estimated(indicator: IndicatorResult) -> tuple[object, ...]:
    target = "" if indicator.target is None else indicator.target
    found = indicator.estimate
    if found is None:
        return "", "", "", target
    return *(str(round(n, 1)) for n in (found.value, found.lower, found.upper)), target


def quarter_code(quarter: date) -> str:
    """Return a quarter as files and commands name it: 2026-Q3."""
    return f"{quarter.year}-Q{(quarter.month + 2) // 3}"
