"""Rules as boxes in the space of all combinations of facts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from organisations.routing.analysis.solver import Box, Boxes
from organisations.routing.analysis.space import Space, TooManyBoxesError
from organisations.routing.conditions import Condition
from organisations.routing.ruleset import Rule


@dataclass(slots=True)
class PlacedRule:
    """One rule as boxes: where its condition may be true, where it may decide, where it certainly
    does. `bits` are those of its certain boxes in the table, `earlier` those of earlier rules."""

    rule: Rule
    condition: list[Box]
    possible: list[Box]
    sure: list[Box]
    bits: int = 0
    earlier: int = 0


def place_rules(
    rules: Sequence[Rule],
    whens: Mapping[str, tuple[Condition, Condition]],
    reachable: Mapping[str, tuple[Condition, Condition]],
    space: Space,
) -> tuple[list[PlacedRule], tuple[str, ...], tuple[str, ...]]:
    placed: list[PlacedRule] = []
    tangled: list[str] = []
    expired: list[str] = []
    for rule in rules:
        window = space.window(rule)
        if window is None:
            expired.append(rule.key)
            continue
        possible, sure = reachable[rule.key]
        may_hold, surely_holds = whens[rule.key]
        try:
            condition = space.both(space.boxes(may_hold), [window])
            certain = space.both(space.boxes(surely_holds), [window])
            entry = PlacedRule(
                rule,
                condition,
                space.both(condition, space.boxes(possible)),
                space.both(certain, space.boxes(sure)),
            )
        except TooManyBoxesError:
            tangled.append(rule.key)
            continue
        placed.append(entry)
    return placed, tuple(tangled), tuple(expired)


def any_free(boxes: Sequence[Box], table: Boxes, impossible: int) -> bool:
    return any(table.free_box(box, impossible)[0] is not None for box in boxes)


def covered(boxes: Sequence[Box], table: Boxes, among: int) -> bool:
    return not any_free(boxes, table, among)
