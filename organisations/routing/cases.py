"""What no rule catches, as few cases that a coordinator can read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.utils import formats
from django.utils.translation import gettext as _

from organisations.routing.explain import join
from organisations.routing.facts import UNKNOWN, URGENCIES, Facts
from organisations.routing.kinds import KINDS
from organisations.routing.solver import Box, Boxes, bits
from organisations.routing.space import DATE, OTHER_LANGUAGE, SET_FACT, Dimension, Space
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

    `only` gives the values a fact is limited to (None where it is unknown), `present` and
    `absent` the life domains that are and are not chosen, `days` the stretches of days (first,
    last or None). What is not named may be anything.
    """

    words: str
    facts: Facts
    day: date
    only: Mapping[str, tuple[Any, ...]]
    present: tuple[str, ...]
    absent: tuple[str, ...]
    days: tuple[tuple[date, date | None], ...]
    box: Box = field(repr=False)

    def holds(self, facts: Facts, day: date) -> bool:
        """Whether these facts on this day are one of the combinations."""
        if any(getattr(facts, name) not in values for name, values in self.only.items()):
            return False
        if not facts.life_domains.issuperset(self.present):
            return False
        if not facts.life_domains.isdisjoint(self.absent):
            return False
        return not self.days or any(
            first <= day and (last is None or day <= last) for first, last in self.days
        )

    def to_json(self) -> dict[str, Any]:
        """Give the JSON form; the example can be given to `route`."""
        return {
            "words": self.words,
            "only": {name: list(values) for name, values in self.only.items()},
            "with": list(self.present),
            "without": list(self.absent),
            "days": [
                [first.isoformat(), last.isoformat() if last else None] for first, last in self.days
            ],
            "example": self.facts.to_json(),
            "example_day": self.day.isoformat(),
        }


def cases(table: Boxes, space: Space, caught: int, *, limit: int) -> tuple[tuple[Case, ...], bool]:
    """Give cases that together are exactly what the boxes in `caught` leave free.

    The second value says whether the list was cut off at the limit. The words leave out "no
    danger": the built-in rule sees to that.
    """
    order = sorted(
        range(len(space.dimensions)), key=lambda place: _ORDER.index(space.dimensions[place].fact)
    )
    found: list[Box] = []
    own: list[int] = []
    taken = caught
    cut = False
    while True:
        free, _proof = table.free_box(space.everything, taken)
        if free is None:
            break
        if len(found) == limit:
            cut = True
            break
        wide = table.widen(free, caught, order)
        found.append(wide)
        own.append(table.add(wide))
        taken |= own[-1]
    kept = list(range(len(found)))
    for index in range(len(found)):
        others = caught
        for other in kept:
            if other != index:
                others |= own[other]
        if table.free_box(found[index], others)[0] is None:
            kept.remove(index)
    boxes = sorted(
        (found[index] for index in kept),
        key=lambda box: sum(a != b for a, b in zip(box, space.everything, strict=True)),
    )
    return tuple(_case(box, space) for box in boxes), cut


def _case(box: Box, space: Space) -> Case:
    """Read a box back into facts and words."""
    facts, day = space.example(box)
    only: dict[str, tuple[Any, ...]] = {}
    parts: list[str] = []
    present: list[str] = []
    absent: list[str] = []
    days: tuple[tuple[date, date | None], ...] = ()
    for dimension, mask, every in zip(space.dimensions, box, space.everything, strict=True):
        if mask == every:
            continue
        if dimension.item is not None:
            (present if mask == 0b10 else absent).append(dimension.item)
        elif dimension.fact == DATE:
            days = _stretches(mask, space)
            parts.append(_days_in_words(days))
        else:
            chosen = tuple(value for index in bits(mask) for value in dimension.classes[index])
            only[dimension.fact] = chosen
            if (dimension.fact, frozenset(chosen)) not in _NO_DANGER:
                parts.append(_fact_in_words(dimension, chosen, space))
    if present or absent:
        parts.insert(0, _life_domains_in_words(present, absent, space.vocabulary))
    sentence = "; ".join(parts) if parts else _("elke vraag")
    return Case(
        words=f"{sentence[0].upper()}{sentence[1:]}.",
        facts=facts,
        day=day,
        only=only,
        present=tuple(present),
        absent=tuple(absent),
        days=days,
        box=box,
    )


def _life_domains_in_words(
    present: Sequence[str], absent: Sequence[str], vocabulary: Vocabulary
) -> str:
    """Say which life domains are and are not chosen, by the shorter of the two lists."""
    name = vocabulary.life_domains.get
    kind = KINDS["life_domains_any"]
    rest = [item for item in vocabulary.life_domains if item not in {*present, *absent}]
    about = kind.says.format(values=join([name(item, item) for item in present], _("en")))
    if not absent:
        return str(about)
    if len(rest) < len(absent):
        labels = join([name(item, item) for item in rest], _("of"))
        if present and not rest:
            return _("{about}, en over niets anders").format(about=about)
        if present:
            return _("{about}, en verder hooguit over {rest}").format(about=about, rest=labels)
        if not rest:
            return _("er is geen leefgebied gekozen")
        return _("het gaat alleen over {rest}, of er is geen leefgebied gekozen").format(
            rest=labels
        )
    labels = join([name(item, item) for item in absent], _("of"))
    if present:
        return _("{about}, maar niet over {absent}").format(about=about, absent=labels)
    return str(kind.says_not.format(values=labels))


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
