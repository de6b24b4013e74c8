"""The goals of a municipality's assignment, kept as they were in the quarter that is published.

Each indicator takes its measure along with its target: what the file says next year changes nothing
of a quarter that was published. Its percentage is made of protected counts, and compared with its
target before rounding and within its uncertainty (`shares.py`).
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from organisations.partnerships.models import Partnership
from referrals.reports import duration_cells, goals_in_force
from referrals.reports.answers import days
from referrals.reports.cells import from_questions
from referrals.reports.durations import DURATIONS
from referrals.reports.measures import MEASURES, SHARES
from referrals.reports.noise import Figure, Noise
from referrals.reports.offered import OFFERED, Unit
from referrals.reports.quarters import Block, next_quarter
from referrals.reports.shares import Estimate, of_count, percentage
from referrals.reports.tables import KEYS, Dimension


def measure(
    partnership: Partnership, blocks: list[Block], counts_as: Mapping[str, str], noise: Noise
) -> dict[Block, list[dict[str, Any]]]:
    """Return for each block the goals by priority, each indicator with its stored figures.

    The goals are those that held at the end of its quarter.
    """
    results: dict[Block, list[dict[str, Any]]] = {}
    versions = goals_in_force.Versions(partnership)
    for quarter in sorted({block.quarter for block in blocks}):
        mine = [block for block in blocks if block.quarter == quarter]
        results |= _measured(partnership, mine, versions.goals(quarter), counts_as, noise)
    return results


def _measured(
    partnership: Partnership,
    blocks: list[Block],
    held: Sequence[Mapping[str, Any]],
    counts_as: Mapping[str, str],
    noise: Noise,
) -> dict[Block, list[dict[str, Any]]]:
    results: dict[Block, list[dict[str, Any]]] = {block: [] for block in blocks}
    since = min(block.quarter for block in blocks)
    until = next_quarter(max(block.quarter for block in blocks))
    for goal in sorted(held, key=lambda goal: goal["priority"]):
        wanted = list(_measures(goal))
        cells = from_questions(
            partnership, wanted, since, until, counts_as, life_domains=goal["life_domains"]
        )
        for duration in _durations(goal):
            cells |= duration_cells.from_questions(
                partnership, duration, since, until, counts_as, life_domains=goal["life_domains"]
            )
        for block, goals in results.items():
            figures: dict[str, list[float]] = {}
            for name in cells:
                mine = [
                    cell
                    for cell in cells[name]
                    if cell.where[Dimension.MUNICIPALITY] == block.municipality
                    and block.quarter <= cell.month < next_quarter(block.quarter)
                ]
                figure = noise.protect(
                    sum(cell.count for cell in mine),
                    sum(cell.keys for cell in mine) % KEYS,
                    (name, block.municipality, block.quarter, *goal["life_domains"]),
                )
                figures[name] = [figure.noisy, figure.deviation, figure.bound]
            goals.append({**goal, "figures": figures})
    return results


def _measures(goal: Mapping[str, Any]) -> Iterable[str]:
    for indicator in goal["indicators"]:
        share = SHARES.get(indicator["measure"])
        if share:
            yield from (share.part, share.whole)
        elif not is_duration(indicator["measure"]):
            yield "received"


def _durations(goal: Mapping[str, Any]) -> Iterable[str]:
    """Return the durations that a goal is about, each once."""
    names = [one["measure"].rpartition("_")[0] for one in goal["indicators"]]
    return dict.fromkeys(name for name in names if name in DURATIONS)


def is_duration(measure: str) -> bool:
    """Return whether an indicator is a number of working days."""
    return measure.rpartition("_")[0] in DURATIONS


def unit_of(measure: str) -> Unit:
    """Return what the number of an indicator is."""
    if is_duration(measure):
        return Unit.DAYS
    return Unit.QUESTIONS if measure == "questions" else Unit.PERCENT


def value_of(
    goal: Mapping[str, Any], indicator: Mapping[str, Any], smallest: int
) -> Estimate | None:
    """Return the value of an indicator of a stored goal; None where its error is too large."""
    figures = {name: Figure(int(n), d, int(b)) for name, (n, d, b) in goal["figures"].items()}
    measured = indicator["measure"]
    if is_duration(measured):
        offered = OFFERED[measured]
        whole, *steps = (figures[name] for name in offered.sets)
        return days(steps, whole, offered.quantile, smallest)
    share = SHARES.get(measured)
    if share is None:
        return of_count(figures["received"])
    return percentage(figures[share.part], figures[share.whole], smallest)


def definition_of(name: str) -> str:
    """Return in words what an indicator counts, and of what it is a share."""
    if is_duration(name):
        return str(OFFERED[name].definition)
    share = SHARES.get(name)
    if share is None:
        return str(MEASURES["received"].definition)
    return _("{part} Als deel van: {whole}").format(
        part=MEASURES[share.part].definition, whole=MEASURES[share.whole].definition
    )
