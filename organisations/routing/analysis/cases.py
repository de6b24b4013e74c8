"""What no rule catches, as few cases that a coordinator can read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.utils import formats
from django.utils.translation import gettext as _

from organisations.routing.analysis.solver import Box, Boxes, bits
from organisations.routing.analysis.space import (
    COUNT,
    DATE,
    OTHER_LANGUAGE,
    SET_FACT,
    Dimension,
    Space,
)
from organisations.routing.explain import join
from organisations.routing.facts import UNKNOWN, URGENCIES, Facts
from organisations.routing.kinds import KINDS
from organisations.routing.vocabulary import Vocabulary

_ORDER = (
    DATE,
    "language",
    "desk_time",
    "channel",
    "brought_by",
    "household_lead",
    "urgency",
    "safety",
    "about",
    "municipality",
    "neighbourhood",
    "kind",
    "age_band",
    COUNT,
    SET_FACT,
)
"""The facts in the order in which a case lets go of them: what tells most is kept longest."""

_NO_DANGER = {
    ("safety", frozenset({False})),
    ("urgency", frozenset(URGENCIES) - {"danger"}),
}
"""What the built-in danger rule leaves: true of every case, so not worth words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """Combinations of facts, in words, with one example of them (`facts` on `day`).

    `only` gives the values a fact is limited to (None where it is unknown). `present` and
    `absent` are the life domains that are and are not chosen, of `one_of` at least one is,
    `counts` are the numbers of them, `days` the stretches of days (first, last or None). What
    is empty may be anything.
    """

    words: str
    facts: Facts
    day: date
    only: Mapping[str, tuple[Any, ...]]
    present: tuple[str, ...]
    absent: tuple[str, ...]
    one_of: tuple[str, ...]
    counts: tuple[int, ...]
    days: tuple[tuple[date, date | None], ...]
    boxes: tuple[Box, ...] = field(repr=False)

    def holds(self, facts: Facts, day: date) -> bool:
        """Whether these facts on this day are one of the combinations."""
        chosen = facts.life_domains
        return (
            all(getattr(facts, name) in values for name, values in self.only.items())
            and chosen.issuperset(self.present)
            and chosen.isdisjoint(self.absent)
            and (not self.one_of or not chosen.isdisjoint(self.one_of))
            and (not self.counts or len(chosen) in self.counts)
            and (not self.days or any(a <= day and (b is None or day <= b) for a, b in self.days))
        )

    def to_json(self) -> dict[str, Any]:
        """Give the JSON form; the example can be given to `route`."""
        return {
            "words": self.words,
            "only": {name: list(values) for name, values in self.only.items()},
            "with": list(self.present),
            "without": list(self.absent),
            "with_one_of": list(self.one_of),
            "how_many": list(self.counts),
            "days": [
                [first.isoformat(), last.isoformat() if last else None] for first, last in self.days
            ],
            "example": self.facts.to_json(),
            "example_day": self.day.isoformat(),
        }


def cases(
    table: Boxes, space: Space, caught: int, impossible: int, *, limit: int
) -> tuple[tuple[Case, ...], bool]:
    """Give cases that together are exactly what the boxes in `caught` leave free.

    A case may also hold combinations that don't exist (the boxes in `impossible`): that makes
    fewer and shorter cases and changes no question. The second value says whether the list was
    cut off at the limit. The words leave out "no danger": the built-in rule sees to that.
    """
    order = sorted(
        range(len(space.dimensions)), key=lambda place: _ORDER.index(space.dimensions[place].fact)
    )
    found: list[tuple[Box, Box]] = []
    own: list[int] = []
    taken = caught | impossible
    cut = False
    while True:
        free, _proof = table.free_box(space.everything, taken)
        if free is None:
            break
        if len(found) == limit:
            cut = True
            break
        wide = table.widen(free, caught, order)
        found.append((wide, free))
        own.append(table.add(wide))
        taken |= own[-1]
    kept = list(range(len(found)))
    for index in range(len(found)):
        others = caught | impossible
        for other in kept:
            if other != index:
                others |= own[other]
        if table.free_box(found[index][0], others)[0] is None:
            kept.remove(index)
    joined = _joined([found[index] for index in kept], space)
    made = [_case(boxes, example, space) for boxes, example in joined]
    made.sort(key=lambda case: len(case.words))
    return tuple(made), cut


def _joined(found: Sequence[tuple[Box, Box]], space: Space) -> list[tuple[tuple[Box, ...], Box]]:
    """Put boxes together that differ only in the one life domain they are about."""
    groups: dict[Any, list[tuple[Box, Box]]] = {}
    for wide, example in found:
        present = [
            place
            for place, dimension in enumerate(space.dimensions)
            if dimension.item is not None and wide[place] == 0b10
        ]
        rest: Any = wide
        if len(present) == 1:
            rest = (*wide[: present[0]], 0b11, *wide[present[0] + 1 :], "one of")
        groups.setdefault(rest, []).append((wide, example))
    return [(tuple(wide for wide, _example in group), group[0][1]) for group in groups.values()]


def _case(boxes: tuple[Box, ...], free: Box, space: Space) -> Case:
    """Read boxes that differ in one life domain back into facts and words."""
    facts, day = space.example(free)
    only: dict[str, tuple[Any, ...]] = {}
    parts: list[str] = []
    present: list[str] = []
    absent: list[str] = []
    counts: tuple[int, ...] = ()
    days: tuple[tuple[date, date | None], ...] = ()
    for place, dimension in enumerate(space.dimensions):
        mask, every = boxes[0][place], space.everything[place]
        if dimension.item is not None:
            if any(box[place] == 0b10 for box in boxes):
                present.append(dimension.item)
            elif mask == 0b01:
                absent.append(dimension.item)
        if mask == every or dimension.item is not None:
            continue
        chosen = tuple(value for index in bits(mask) for value in dimension.classes[index])
        if dimension.fact == COUNT:
            counts = chosen
        elif dimension.fact == DATE:
            days = _stretches(mask, space)
            parts.append(_days_in_words(days))
        else:
            only[dimension.fact] = chosen
            if (dimension.fact, frozenset(chosen)) not in _NO_DANGER:
                parts.append(_fact_in_words(dimension, chosen, space))
    one_of = tuple(present) if len(boxes) > 1 else ()
    present = [] if one_of else present
    if present or absent or one_of or counts:
        parts[:0] = _life_domains_in_words(present, absent, one_of, counts, space.vocabulary)
    sentence = "; ".join(parts) if parts else _("elke vraag")
    return Case(
        words=f"{sentence[0].upper()}{sentence[1:]}.",
        facts=facts,
        day=day,
        only=only,
        present=tuple(present),
        absent=tuple(absent),
        one_of=one_of,
        counts=counts,
        days=days,
        boxes=boxes,
    )


def _counts_in_words(counts: Sequence[int], most: int) -> str:
    low, high = min(counts), max(counts)
    if low == high:
        return _("precies {number} leefgebieden").format(number=low)
    if low == 0:
        return _("hooguit {number} leefgebieden tegelijk").format(number=high)
    if high == most:
        return _("minstens {number} leefgebieden tegelijk").format(number=low)
    return _("{low} tot en met {high} leefgebieden tegelijk").format(low=low, high=high)


def _life_domains_in_words(
    present: Sequence[str],
    absent: Sequence[str],
    one_of: Sequence[str],
    counts: Sequence[int],
    vocabulary: Vocabulary,
) -> list[str]:
    """Say which life domains are chosen and how many, where the one doesn't say the other."""
    most = len(vocabulary.life_domains)
    if counts and max(counts) == 0:
        return [_("er is geen leefgebied gekozen")]
    parts = []
    if present or absent or one_of:
        parts.append(_which_in_words(present, absent, one_of, vocabulary))
    low, high = (min(counts), max(counts)) if counts else (0, most)
    if low > max(len(present), 1 if one_of else 0) or high < most - len(absent):
        parts.append(_counts_in_words(counts, most))
    return parts


def _which_in_words(
    present: Sequence[str], absent: Sequence[str], one_of: Sequence[str], vocabulary: Vocabulary
) -> str:
    """Say which life domains are and are not chosen, by the shorter of the two lists."""
    kind = KINDS["life_domains_any"]
    named = {*present, *absent}
    rest = [item for item in vocabulary.life_domains if item not in named]

    def labels(items: Sequence[str], last: str) -> str:
        names = [vocabulary.life_domains.get(item, item) for item in items]
        return join([f'"{name}"' if "," in name else name for name in names], last)

    about = str(kind.says.format(values=labels(one_of or present, _("of") if one_of else _("en"))))
    positive = bool(present or one_of)
    if not absent:
        return about
    if len(rest) < len(absent):
        if positive and (not rest or set(rest) == set(one_of)):
            return _("{about}, en over niets anders").format(about=about)
        if positive:
            return _("{about}, en verder hooguit over {rest}").format(
                about=about, rest=labels(rest, _("of"))
            )
        if not rest:
            return _("er is geen leefgebied gekozen")
        return _("het gaat alleen over {rest}, of er is geen leefgebied gekozen").format(
            rest=labels(rest, _("of"))
        )
    if positive:
        return _("{about}, maar niet over {absent}").format(
            about=about, absent=labels(absent, _("of"))
        )
    return str(kind.says_not.format(values=labels(absent, _("of"))))


def _fact_in_words(dimension: Dimension, chosen: tuple[Any, ...], space: Space) -> str:
    fact = dimension.fact
    if fact == "safety":
        return _("iemand is nu niet veilig") if True in chosen else _("niemand is nu onveilig")
    if fact == "household_lead":
        return str(KINDS["household"].says_not if None in chosen else KINDS["household"].says)
    rest = tuple(value for group in dimension.classes for value in group if value not in chosen)
    # A short "niet ..." says more than a long list.
    negative = len(rest) < len(chosen)
    labels = [_label(fact, value, space) for value in (rest if negative else chosen)]
    kind = KINDS[fact]
    return str(kind.says_not if negative else kind.says).format(values=join(labels, _("of")))


def _label(fact: str, value: Any, space: Space) -> str:
    if value == OTHER_LANGUAGE:
        return _("een andere taal")
    return space.vocabulary.label(fact, UNKNOWN if value is None else value)


def _stretches(mask: int, space: Space) -> tuple[tuple[date, date | None], ...]:
    """Give the stretches of days in a mask, each with its first and last day."""
    result: list[tuple[date, date | None]] = []
    for index in bits(mask):
        following = space.days[index + 1] if index + 1 < len(space.days) else None
        last = following - timedelta(1) if following else None
        if result and result[-1][1] == space.days[index] - timedelta(1):
            result[-1] = (result[-1][0], last)
        else:
            result.append((space.days[index], last))
    return tuple(result)


def _days_in_words(days: tuple[tuple[date, date | None], ...]) -> str:
    words = [
        _("vanaf {first}").format(first=_day(first))
        if last is None
        else _("van {first} tot en met {last}").format(first=_day(first), last=_day(last))
        for first, last in days
    ]
    return join(words, _("en"))


def _day(day: date) -> str:
    return formats.date_format(day, "j F Y")
