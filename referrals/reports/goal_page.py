"""The goals of the assignment with their figures, trend, stories and signals; the yearly report."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from organisations.directory.models import Organisation
from referrals.reports.document import Document, Section, TableOf
from referrals.reports.goal_results import Goal, verdict_in_words
from referrals.reports.goals_in_force import Versions
from referrals.reports.models import GoalStory
from referrals.reports.names import name_of_quarter
from referrals.reports.ready_made import signal_bundles
from referrals.reports.ready_made.goal import published_goals, section, value_of
from referrals.reports.ready_made.report_context import ReportContext
from referrals.reports.ready_made.signal_bundles import SignalBundleRow

_DECEMBER = 10


@dataclass(frozen=True, slots=True)
class GoalOnPage:
    """A goal with everything that stands beside it."""

    number: int
    goal: Goal
    results: TableOf
    sections: Sequence[Section]
    stories: Sequence[GoalStory]
    signals: Sequence[SignalBundleRow]


@dataclass(frozen=True, slots=True)
class GoalPage:
    """All goals of a quarter, by priority."""

    quarter: date
    quarters: Sequence[date]
    assignment: Mapping[str, Any]
    contracted: str
    """Who has the assignment, by name."""
    held_since: date | None
    goals: Sequence[GoalOnPage]

    @property
    def quarter_name(self) -> str:
        """The quarter in words."""
        return name_of_quarter(self.quarter)

    @property
    def named_quarters(self) -> list[tuple[date, str]]:
        """The quarters that have goals, each with its name."""
        return [(quarter, name_of_quarter(quarter)) for quarter in self.quarters]


def read(context: ReportContext, quarter: date | None = None) -> GoalPage | None:
    """Return the goals of a published quarter, the latest by default; None where none is."""
    every = published_goals(context)
    known = [one for one in every if quarter is None or one[0] <= quarter]
    if not known:
        return None
    found = known[0][0]
    stories = list(
        GoalStory.objects.filter(
            partnership=context.partnership, municipality=context.municipality or "", quarter=found
        ).select_related("organisation", "answered_by")
    )
    signals = signal_bundles.readable_bundles(context)
    versions = Versions(context.partnership)
    assignment = versions.assignment(found)
    return GoalPage(
        quarter=found,
        quarters=[one for one, _goals in every],
        assignment=assignment,
        contracted=_names(assignment.get("organisations", [])),
        held_since=versions.since(found),
        goals=[
            GoalOnPage(
                number,
                goal,
                results_of(goal),
                [section(goal, one, known) for one in goal.indicators],
                [story for story in stories if story.goal == goal.key],
                [one for one in signals if one.about_figure == f"doel:{goal.key}"],
            )
            for number, goal in enumerate(known[0][1], start=1)
        ],
    )


def _names(slugs: Sequence[str]) -> str:
    found = Organisation.objects.filter(slug__in=slugs).order_by("name")
    return ", ".join(found.values_list("name", flat=True)) if slugs else ""


def results_of(goal: Goal) -> TableOf:
    """Return the indicators of a goal with figure, target, and whether it is reached."""
    return TableOf(
        goal.name,
        [_("Indicator"), _("Cijfer"), _("Doel"), _("Gehaald")],
        [
            [one.name, value_of(one), one.target_words, verdict_in_words(one.verdict)]
            for one in goal.indicators
        ],
    )


def document(context: ReportContext, page: GoalPage, *, year: int | None = None) -> Document:
    """Return the page as a document; with `year`, the yearly report up to its last quarter."""
    sections: list[Section] = []
    stories = list(
        GoalStory.objects.filter(
            partnership=context.partnership,
            municipality=context.municipality or "",
            quarter__gte=date(year, 1, 1) if year else page.quarter,
            quarter__lte=page.quarter,
        ).select_related("organisation")
    )
    for one in page.goals:
        note = _("Prioriteit {n}.").format(n=one.goal.priority) + f" {one.goal.explanation}"
        heading = f"{one.number}. {one.goal.name}"
        sections.append(Section(heading, one.results, None, note.strip()))
        sections += one.sections
        mine = [story for story in stories if story.goal == one.goal.key]
        if mine:
            sections.append(_stories(mine))
    bundles = signal_bundles.document(context)
    sections += bundles.sections if year else []
    title = _("Jaarverslag {year}").format(year=year) if year else _("Doelen")
    assignment = page.assignment.get("name")
    return Document(
        title=f"{title}: {assignment}" if assignment else title,
        place=context.place,
        period=str(year) if year else page.quarter_name,
        sentences=[_summary(page)],
        sections=sections,
        definitions=[
            *dict.fromkeys(
                (i.name, i.definition) for one in page.goals for i in one.goal.indicators
            ),
            *((term["term"], term["meaning"]) for term in context.partnership.glossary),
        ],
        bound=context.partnership.figure_bound,
        name=f"{context.partnership.slug}-{year or 'doelen'}",
    )


def _stories(stories: Sequence[GoalStory]) -> Section:
    return Section(
        _("Wat de partners ervan zeggen"),
        TableOf(
            _("Verhalen bij dit doel"),
            [_("Kwartaal"), _("Organisatie"), _("Verhaal"), _("Antwoord van de gemeente")],
            [
                [
                    name_of_quarter(story.quarter),
                    story.organisation.name,
                    story.text,
                    story.answer or _("nog geen antwoord"),
                ]
                for story in stories
            ],
        ),
    )


def _summary(page: GoalPage) -> str:
    """Say how many indicators with a target are reached, or probably."""
    verdicts = [
        str(i.verdict) for one in page.goals for i in one.goal.indicators if i.verdict is not None
    ]
    text = _(
        "Van {n} indicatoren met een doel: gehaald {reached}, waarschijnlijk gehaald {probably},"
        " (waarschijnlijk) nog niet {missed}, niet te zeggen {unknown}."
    )
    return text.format(
        n=len(verdicts),
        reached=verdicts.count("reached"),
        probably=verdicts.count("probably"),
        missed=verdicts.count("probably_not") + verdicts.count("not_reached"),
        unknown=verdicts.count("unknown"),
    )


def last_quarter_of(year: int) -> date:
    """Return the first day of the last quarter of a year."""
    return date(year, _DECEMBER, 1)
