"""The protected answer to a report of somebody's choice, whatever kind of figure it shows.

Everything is made of tables that came through the door: shares of two, durations of fifteen.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from referrals.reports.durations import STEPS
from referrals.reports.noise import Figure
from referrals.reports.offered import OFFERED, Offered, Unit
from referrals.reports.shares import Estimate, percentage
from referrals.reports.tables import Dimension, Place, Query, Table

Shown = Figure | Estimate | None
_DEVIATIONS = 2
Door = Callable[[str, Table | None], Table]
"""Takes a set of questions, and the table that it has to be laid out as; returns its table."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a report shows. Totals stand under ''; None is a figure whose error is too large."""

    measure: str
    query: Query
    unit: Unit
    rows: Sequence[str]
    columns: Sequence[str]
    figures: Mapping[Place, Shown]
    together: Sequence[tuple[Dimension, str]]
    bound: int

    @property
    def offered(self) -> Offered:
        """Its measure."""
        return OFFERED[self.measure]

    @property
    def total(self) -> Shown:
        """The figure of everything in the table."""
        return self.figures["", ""]


def answer(measure: str, door: Door, smallest: int) -> Answer:
    """Ask the door for what a measure is made of, and make its figures."""
    offered = OFFERED[measure]
    whole = door(offered.sets[0], None)
    figures: dict[Place, Shown]
    rows, columns, together = whole.rows, whole.columns, whole.together
    if offered.unit is Unit.PERCENT:
        part = door(offered.sets[1], None)
        figures = {
            place: percentage(part.figures[place], figure, smallest)
            if place in part.figures and part.together == whole.together
            else None
            for place, figure in whole.figures.items()
        }
    elif offered.unit is Unit.DAYS:
        steps = [door(name, whole).figures for name in offered.sets[1:]]
        figures = {
            place: days([step[place] for step in steps], figure, offered.quantile, smallest)
            for place, figure in whole.figures.items()
        }
    else:
        figures = dict(whole.figures)
    if offered.is_stock and Dimension.MONTH in whole.query.axes:
        # What stands open in two months can't be added.
        axis = whole.query.axes.index(Dimension.MONTH)
        figures = {place: f if place[axis] else None for place, f in figures.items()}
    bound = max(figure.bound for figure in whole.figures.values())
    return Answer(measure, whole.query, offered.unit, rows, columns, figures, together, bound)


def days(
    at_most: Sequence[Figure], whole: Figure, quantile: float, smallest: int
) -> Estimate | None:
    """Return the number of working days within which this part of a group was done.

    `at_most`: how many took at most each of `STEPS`. Each has noise of its own, so the day at which
    they pass the part is known between two days. None where that says nothing.
    """
    if whole.noisy < smallest:
        return None
    wanted = quantile * whole.noisy
    counts = [float(figure.noisy) for figure in at_most]
    deviation = whole.deviation * math.sqrt(1 + quantile * quantile)
    error = _DEVIATIONS * deviation
    value = _passes(counts, wanted)
    lower = _passes([count + error for count in counts], wanted)
    upper = _passes([count - error for count in counts], wanted)
    if value is None or lower is None or upper is None:
        return None
    if upper - lower > 2 * max(value, 1):
        return None
    return Estimate(round(value), math.floor(lower), math.ceil(upper))


def _passes(counts: Sequence[float], wanted: float) -> float | None:
    """Return where the counts reach a number, on a line between two steps."""
    highest, before_day, before = 0.0, 0, 0.0
    for day, count in zip(STEPS, counts, strict=True):
        highest = max(highest, count)
        if highest >= wanted:
            if day - before_day <= 1 or highest <= before:
                return float(day)
            return before_day + (day - before_day) * (wanted - before) / (highest - before)
        before_day, before = day, highest
    return None


def per_thousand(figure: Shown, inhabitants: int | None) -> Estimate | None:
    """Return a count per 1,000 inhabitants; None where its error is larger than itself."""
    if not isinstance(figure, Figure) or not inhabitants or figure.bound > figure.value:
        return None
    rate = 1000 / inhabitants
    return Estimate(figure.value * rate, figure.lower * rate, figure.upper * rate)
