"""The goals of a published quarter with their results, and their trend over earlier quarters."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from referrals.reports import indicators
from referrals.reports.offered import Unit
from referrals.reports.shares import Estimate, Verdict


@dataclass(frozen=True, slots=True)
class IndicatorResult:
    """One indicator of a goal as it was: its definition, its value and its target."""

    key: str
    name: str
    definition: str
    estimate: Estimate | None
    measured_in: Unit
    at_least: int | None
    at_most: int | None = None

    @property
    def unit(self) -> str:
        """The unit in words."""
        return {Unit.DAYS: _("werkdagen"), Unit.QUESTIONS: _("vragen")}.get(self.measured_in, "%")

    @property
    def target(self) -> int | None:
        """The number to reach, or not to pass."""
        return self.at_most if self.at_least is None else self.at_least

    @property
    def target_words(self) -> str:
        """The target with its direction."""
        if self.target is None:
            return _("geen getal")
        text = _("minstens {n}") if self.at_least is not None else _("hoogstens {n}")
        return f"{text.format(n=self.target)} {self.unit}"

    @property
    def verdict(self) -> Verdict | None:
        """Whether the target is reached; None where there is no target."""
        if self.target is None:
            return None
        if self.estimate is None:
            return Verdict.UNKNOWN
        if self.at_least is not None:
            return self.estimate.verdict(self.at_least)
        return self.estimate.verdict_below(self.target)


@dataclass(frozen=True, slots=True)
class Goal:
    """A goal of the municipality's assignment with its indicators."""

    key: str
    name: str
    explanation: str
    priority: int
    indicators: Sequence[IndicatorResult]


def result_of(goal: Mapping[str, Any], smallest: int) -> Goal:
    """Return a stored goal with its results."""
    return Goal(
        key=goal["key"],
        name=goal["name"],
        explanation=goal["explanation"],
        priority=goal["priority"],
        indicators=[
            IndicatorResult(
                key=indicator["key"],
                name=indicator["name"],
                definition=indicators.definition_of(indicator["measure"]),
                estimate=indicators.value_of(goal, indicator, smallest),
                measured_in=indicators.unit_of(indicator["measure"]),
                at_least=indicator["at_least"],
                at_most=indicator.get("at_most"),
            )
            for indicator in goal["indicators"]
        ],
    )


def verdict_in_words(verdict: Verdict | None) -> str:
    """Return whether a target is reached."""
    return {
        Verdict.REACHED: _("gehaald"),
        Verdict.PROBABLY: _("waarschijnlijk gehaald"),
        Verdict.PROBABLY_NOT: _("waarschijnlijk nog niet"),
        Verdict.NOT_REACHED: _("nog niet"),
        Verdict.UNKNOWN: _("niet te zeggen"),
        None: _("geen getal"),
    }[verdict]
