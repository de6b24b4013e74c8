"""Halen wij doel 2? A goal of the assignment: its indicators, their targets and their trend."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from referrals.reports.charts import Bar, Picture, line
from referrals.reports.document import Document, Section, TableOf, Value
from referrals.reports.goal_results import Goal, IndicatorResult, result_of, verdict_in_words
from referrals.reports.long_format import quarter_code
from referrals.reports.models import ReportPublication
from referrals.reports.names import name_of_quarter
from referrals.reports.offered import Unit
from referrals.reports.publishing import EDITION
from referrals.reports.ready_made.report_context import ReportContext

_QUARTERS = 8
Published = Sequence[tuple[date, Sequence[Goal]]]


def published_goals(context: ReportContext, until: date | None = None) -> Published:
    """Return the goals of the latest published quarters with their results, latest first."""
    found = ReportPublication.objects.filter(
        partnership=context.partnership, municipality=context.municipality or "", edition=EDITION
    ).order_by("-quarter")
    if until:
        found = found.filter(quarter__lte=until)
    return [
        (one.quarter, [result_of(goal, one.threshold) for goal in one.tables["goals"]])
        for one in found[:_QUARTERS]
    ]


def document(context: ReportContext) -> Document:
    """Show one goal of the latest published quarter; the second, or the one asked for."""
    known = published_goals(context)
    goals = list(known[0][1]) if known else []
    number = int(context.detail) if context.detail.isdecimal() else 2
    goal = goals[number - 1] if 0 < number <= len(goals) else (goals[-1] if goals else None)
    title = _("Halen wij doel {n}?").format(n=number)
    if goal is None:
        return _without_goals(context, title)
    quarter = known[0][0]
    return Document(
        title=title,
        place=context.place,
        period=name_of_quarter(quarter),
        sentences=[_sentence(goal, one) for one in goal.indicators],
        sections=[section(goal, one, known) for one in goal.indicators],
        definitions=[(one.name, one.definition) for one in goal.indicators],
        bound=context.partnership.figure_bound,
        name=f"doel-{goal.key}",
    )


def _without_goals(context: ReportContext, title: str) -> Document:
    return Document(
        title=title,
        place=context.place,
        period="",
        sentences=[_("Er zijn nog geen doelen met gepubliceerde cijfers.")],
        sections=[],
        definitions=[],
        bound=context.partnership.figure_bound,
    )


def value_of(indicator: IndicatorResult) -> Value:
    """Return an indicator's figure for a table."""
    return Value(indicator.estimate, indicator.measured_in)


def _sentence(goal: Goal, indicator: IndicatorResult) -> str:
    found = value_of(indicator)
    if found.shown is None:
        return _("{goal}. {name}: te weinig vragen voor een cijfer.").format(
            goal=goal.name, name=indicator.name
        )
    return _(
        "{goal}. {name}: ongeveer {number}; het echte getal ligt waarschijnlijk {between}. Het"
        " doel is {target}: {verdict}."
    ).format(
        goal=goal.name,
        name=indicator.name,
        number=found.text,
        between=found.between,
        target=indicator.target_words,
        verdict=verdict_in_words(indicator.verdict),
    )


def section(goal: Goal, indicator: IndicatorResult, known: Published) -> Section:
    """Return the trend of one indicator over the quarters that had this goal."""
    trend = [
        (quarter, one)
        for quarter, goals in reversed(known)
        for other in goals
        if other.key == goal.key
        for one in other.indicators
        if one.key == indicator.key
    ]
    lines = [
        [
            name_of_quarter(quarter),
            value_of(one),
            one.target_words,
            verdict_in_words(one.verdict),
        ]
        for quarter, one in trend
    ]
    return Section(
        indicator.name,
        TableOf(
            indicator.name,
            [_("Kwartaal"), _("Cijfer"), _("Doel"), _("Gehaald")],
            lines,
        ),
        picture(indicator, trend),
    )


def picture(
    indicator: IndicatorResult, trend: Sequence[tuple[date, IndicatorResult]]
) -> Picture | None:
    """Draw the trend, with the target as a dashed line."""
    points = [
        (
            quarter_code(quarter),
            Bar(one.estimate.value, one.estimate.lower, one.estimate.upper)
            if one.estimate
            else Bar(None),
        )
        for quarter, one in trend
    ]
    if not any(bar.value is not None for _label, bar in points):
        return None
    return line(
        f"verloop-{indicator.key}",
        indicator.name,
        _("Een punt per kwartaal, met een streep voor de onzekerheid. De stippellijn is het doel."),
        points,
        target=indicator.target,
        most=100 if indicator.measured_in is Unit.PERCENT else None,
    )
