"""The parts of a case in Dutch: life domains, values of other facts, days."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from organisations.routing.analysis.dimensions import OTHER_LANGUAGE, Dimension
from organisations.routing.descriptions import join, value_labels
from organisations.routing.facts import UNKNOWN
from organisations.routing.kinds import KINDS
from organisations.routing.vocabulary import Vocabulary
from welzijn.core import dates


def _describe_counts(counts: Sequence[int], most: int) -> str:
    low, high = min(counts), max(counts)
    if low == high:
        return ngettext("precies één leefgebied", "precies {number} leefgebieden", low).format(
            number=low
        )
    if low == 0:
        return ngettext(
            "hooguit één leefgebied", "hooguit {number} leefgebieden tegelijk", high
        ).format(number=high)
    if high == most:
        return _("minstens {number} leefgebieden tegelijk").format(number=low)
    return _("{low} tot en met {high} leefgebieden tegelijk").format(low=low, high=high)


def describe_life_domains(
    present: Sequence[str],
    absent: Sequence[str],
    one_of: Sequence[str],
    counts: Sequence[int],
    vocabulary: Vocabulary,
) -> list[str]:
    """Describe which life domains are chosen, and how many unless that follows."""
    most = len(vocabulary.life_domains)
    if counts and max(counts) == 0:
        return [_("er is geen leefgebied gekozen")]
    parts = []
    if present or absent or one_of:
        parts.append(_describe_choice(present, absent, one_of, vocabulary))
    low, high = (min(counts), max(counts)) if counts else (0, most)
    if low > max(len(present), 1 if one_of else 0) or high < most - len(absent):
        parts.append(_describe_counts(counts, most))
    return parts


def _describe_choice(
    present: Sequence[str], absent: Sequence[str], one_of: Sequence[str], vocabulary: Vocabulary
) -> str:
    """Describe which life domains are and are not chosen, by the shorter of the two lists."""
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


def describe_values(dimension: Dimension, chosen: tuple[Any, ...], vocabulary: Vocabulary) -> str:
    """Describe the values that a fact is limited to, by the shorter of "is" and "is not"."""
    fact = dimension.fact
    if fact == "safety":
        return _("iemand is nu niet veilig") if True in chosen else _("niemand is nu onveilig")
    if fact == "household_lead":
        return str(KINDS["household"].says_not if None in chosen else KINDS["household"].says)
    rest = tuple(value for group in dimension.classes for value in group if value not in chosen)
    negative = len(rest) < len(chosen)
    named = [UNKNOWN if value is None else value for value in (rest if negative else chosen)]
    labels = value_labels(
        fact, [v for v in named if v != OTHER_LANGUAGE], vocabulary, positive=not negative
    )
    if OTHER_LANGUAGE in named:
        labels.append(_("een andere taal"))
    kind = KINDS[fact]
    return str(kind.says_not if negative else kind.says).format(values=join(labels, _("of")))


def describe_days(days: tuple[tuple[date, date | None], ...]) -> str:
    """Describe periods by their first and last day; a last day of None means no end."""
    words = [
        _("vanaf {first}").format(first=_day(first))
        if last is None
        else _("van {first} tot en met {last}").format(first=_day(first), last=_day(last))
        for first, last in days
    ]
    return join(words, _("en"))


def _day(day: date) -> str:
    return dates.dated(day)
