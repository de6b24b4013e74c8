"""Describe what a draft changes, rule by rule, for the coordinator who publishes it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from django.utils.translation import gettext as _

from organisations.routing.descriptions import describe, describe_rule
from organisations.routing.ruleset import Rule, RuleSetSpec
from organisations.routing.vocabulary import Vocabulary
from welzijn.core import dates


class Difference(StrEnum):
    """How a rule differs between two versions."""

    NEW = "new"
    GONE = "gone"
    CHANGED = "changed"
    MOVED = "moved"

    @property
    def label(self) -> str:
        """The label on the screen."""
        return {
            "new": _("nieuw"),
            "gone": _("weggehaald"),
            "changed": _("gewijzigd"),
            "moved": _("andere plek"),
        }[self.value]


@dataclass(frozen=True, slots=True)
class Changed:
    """One rule that differs: its text now and in the draft; '' where it does not exist."""

    what: Difference
    name: str
    before: str = ""
    after: str = ""


def differences(old: RuleSetSpec, new: RuleSetSpec, vocabulary: Vocabulary) -> list[Changed]:
    """Return the rules that are new, changed or moved, in the order of `new`, then the removed.

    As few rules as possible count as moved. A rule that changed and moved is listed twice. Version
    numbers are ignored.
    """
    before = {rule.key: rule for rule in old.rules}
    after = {rule.key: rule for rule in new.rules}
    stayed = _unmoved(
        [rule.key for rule in old.rules if rule.key in after],
        [rule.key for rule in new.rules if rule.key in before],
    )
    place = {rule.key: number for number, rule in enumerate(old.rules, start=1)}
    found: list[Changed] = []
    for number, rule in enumerate(new.rules, start=1):
        was = before.get(rule.key)
        if was is None:
            found.append(Changed(Difference.NEW, rule.name, after=_rule_text(rule, vocabulary)))
            continue
        if not _same(was, rule, vocabulary):
            found.append(_changed(was, rule, vocabulary))
        if rule.key not in stayed:
            found.append(
                Changed(
                    Difference.MOVED,
                    rule.name,
                    _("plek {number}").format(number=place[rule.key]),
                    _("plek {number}").format(number=number),
                )
            )
    found += [
        Changed(Difference.GONE, rule.name, before=_rule_text(rule, vocabulary))
        for rule in old.rules
        if rule.key not in after
    ]
    return found


def _changed(was: Rule, rule: Rule, vocabulary: Vocabulary) -> Changed:
    """Return a changed rule; where only its name changed, with the two names as text."""
    if _same(replace(was, name=rule.name), rule, vocabulary):
        return Changed(Difference.CHANGED, rule.name, was.name, rule.name)
    return Changed(
        Difference.CHANGED, rule.name, _rule_text(was, vocabulary), _rule_text(rule, vocabulary)
    )


def _same(was: Rule, rule: Rule, vocabulary: Vocabulary) -> bool:
    """Whether two rules are equal, or differ only in how the editor wrote the condition."""
    if replace(was, when=rule.when) != rule:
        return False
    return was.when == rule.when or describe(was.when, vocabulary) == describe(
        rule.when, vocabulary
    )


def _rule_text(rule: Rule, vocabulary: Vocabulary) -> str:
    words = describe_rule(rule, vocabulary)
    if rule.reason:
        words += " " + _("Reden voor de inwoner: {reason}.").format(reason=rule.reason)
    days = active_days(rule)
    return f"{words} {days[0].upper()}{days[1:]}." if days else words


def active_days(rule: Rule) -> str:
    """Describe when a rule is active; '' for always."""
    begin, end = rule.active_from, rule.active_until
    if begin and end:
        return _("geldt van {begin} tot en met {end}").format(begin=_day(begin), end=_day(end))
    if begin:
        return _("geldt vanaf {begin}").format(begin=_day(begin))
    return _("geldt tot en met {end}").format(end=_day(end)) if end else ""


def _day(day: date) -> str:
    return dates.dated(day)


def _unmoved(old: Sequence[str], new: Sequence[str]) -> set[str]:
    """Return the longest set of keys in the same order in both (longest increasing sequence)."""
    at = {key: number for number, key in enumerate(old)}
    tops: list[int] = []
    top_keys: list[str] = []
    before: dict[str, str | None] = {}
    for key in new:
        where = bisect_left(tops, at[key])
        before[key] = top_keys[where - 1] if where else None
        tops[where : where + 1] = [at[key]]
        top_keys[where : where + 1] = [key]
    stayed: set[str] = set()
    last = top_keys[-1] if top_keys else None
    while last is not None:
        stayed.add(last)
        last = before[last]
    return stayed
