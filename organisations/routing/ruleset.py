"""Rules and rule sets as plain, frozen data, and their JSON form.

A rule set is an ordered list: the first rule that matches decides. Danger always goes first,
wherever a coordinator puts it: rules whose condition implies danger are moved to the front (in
their own order), a built-in rule sends any other danger to triage, then come the rest. Unless
a rule of the set looks at the household link itself, a built-in rule before the rest gives a
question that its asker linked the lead of the earlier one, so that a family has one face; not
for a kind of question with a term of the law. Where no rule matches, triage has the lead.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from organisations.routing.conditions import (
    All,
    Any_,
    Condition,
    Leaf,
    Not,
    leaves,
    to_json,
)
from organisations.routing.facts import CLOCK_KINDS

DANGER_KEY = "_danger"
"""The key of the built-in rule that sends danger to triage."""
HOUSEHOLD_KEY = "_household"
"""The key of the built-in rule that gives a linked question the same lead."""


class TargetKind(StrEnum):
    """The kinds of destination of a rule."""

    ORGANISATION = "organisation"
    TEAM = "team"
    NEIGHBOURHOOD_TEAM = "neighbourhood_team"
    FITTING_SERVICE = "fitting_service"
    HOUSEHOLD = "household"
    TRIAGE = "triage"


@dataclass(frozen=True, slots=True)
class Target:
    """Where a rule sends a question.

    `slug` names the organisation or team. `layers` limits a fitting service to layers of the
    pyramid (empty: all). A neighbourhood team, fitting service or household may not exist for a
    question: then the next rule is tried.
    """

    kind: TargetKind
    slug: str = ""
    layers: frozenset[int] = frozenset()

    def to_json(self) -> dict[str, Any]:
        """Return the JSON form, such as {"organisation": "stimenz"}."""
        if self.kind in {TargetKind.ORGANISATION, TargetKind.TEAM}:
            return {self.kind.value: self.slug}
        result: dict[str, Any] = {self.kind.value: True}
        if self.layers:
            result["layers"] = sorted(self.layers)
        return result


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule.

    `reason` is for the resident, in B1 Dutch: a clause that follows 'omdat', which may contain
    {organisatie}, {team} and {aanbod}. `supporting` are slugs of organisations to involve beside
    the lead, each on a sharing basis of its own. Both dates are inclusive local dates.
    """

    key: str
    name: str
    when: Condition
    to: Target
    reason: str = ""
    supporting: tuple[str, ...] = ()
    active_from: date | None = None
    active_until: date | None = None

    @property
    def label(self) -> str:
        """The name for the reader; a built-in rule's in their language."""
        return _(self.name) if self.key in {DANGER_KEY, HOUSEHOLD_KEY} else self.name

    def active(self, on: date) -> bool:
        """Whether the rule is active on this day."""
        return not (
            (self.active_from is not None and on < self.active_from)
            or (self.active_until is not None and on > self.active_until)
        )

    def to_json(self) -> dict[str, Any]:
        """Return the JSON form; `read_rule(rule.to_json()) == rule`."""
        return {
            "key": self.key,
            "name": self.name,
            "when": to_json(self.when),
            "to": self.to.to_json(),
            "reason": self.reason,
            "supporting": list(self.supporting),
            "active_from": self.active_from.isoformat() if self.active_from else None,
            "active_until": self.active_until.isoformat() if self.active_until else None,
        }


@dataclass(frozen=True, slots=True)
class Triage:
    """The organisation, and its team if any, that leads where no rule decides."""

    organisation: str
    team: str | None = None


@dataclass(frozen=True, slots=True)
class RuleSetSpec:
    """One version of a partnership's rules, in the coordinators' order."""

    version: int
    rules: tuple[Rule, ...]
    triage: Triage

    def in_order(self) -> tuple[Rule, ...]:
        """Return the rules in the order in which they are tried: danger first."""
        first = tuple(rule for rule in self.rules if implies_danger(rule.when))
        rest = tuple(rule for rule in self.rules if not implies_danger(rule.when))
        own = any(reads_household(rule) for rule in self.rules)
        return (*first, danger_rule(), *(() if own else (household_rule(),)), *rest)

    def to_json(self) -> dict[str, Any]:
        """Return the JSON form that `read_rule_set` reads."""
        return {
            "version": self.version,
            "triage": {"organisation": self.triage.organisation, "team": self.triage.team},
            "rules": [rule.to_json() for rule in self.rules],
        }


def danger_rule() -> Rule:
    """Return the built-in rule that sends danger to triage, which notifies the person on duty."""
    return Rule(
        DANGER_KEY, gettext_noop("Gevaar gaat voor"), Leaf("danger"), Target(TargetKind.TRIAGE)
    )


def household_rule() -> Rule:
    """Return the built-in rule that gives a linked question the lead of the earlier one."""
    when = All((Leaf("household"), Not(Leaf("kind", tuple(sorted(CLOCK_KINDS))))))
    return Rule(
        HOUSEHOLD_KEY, gettext_noop("Een gezin, een gezicht"), when, Target(TargetKind.HOUSEHOLD)
    )


def implies_danger(condition: Condition) -> bool:
    """Whether the form of a condition shows that it is only true where there may be danger."""
    match condition:
        case Leaf("danger") | Leaf("urgency", ("danger",)):
            return True
        case All(parts):
            return any(implies_danger(part) for part in parts)
        case Any_(parts):
            return bool(parts) and all(implies_danger(part) for part in parts)
    return False


def reads_household(rule: Rule) -> bool:
    """Whether a rule reads the household link, which its reason must not reveal."""
    return rule.to.kind is TargetKind.HOUSEHOLD or any(
        leaf.kind == "household" for leaf in leaves(rule.when)
    )
