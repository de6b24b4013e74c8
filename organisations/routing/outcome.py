"""The outcome of a decision."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from organisations.routing import reasons
from organisations.routing.destination import Destination
from organisations.routing.facts import Facts
from organisations.routing.offer import Offer
from organisations.routing.ruleset import Rule, Triage
from organisations.routing.trace import Trace
from organisations.routing.vocabulary import Vocabulary


class DecidedBy(StrEnum):
    """What made the decision."""

    RULE = "rule"
    TRIAGE = "triage"
    FAULT = "fault"


@dataclass(frozen=True, slots=True)
class Fault:
    """A rule that failed while it was evaluated. `error` is only the exception's type: its
    message might hold personal data."""

    rule: str
    error: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """Who picks a question up, and why.

    `organisation` always has a value: that of the triage where no rule decides. `rule` is the
    key of the deciding rule (DANGER_KEY, HOUSEHOLD_KEY for the built-in ones), None for triage.
    `reason` is a clause that follows 'omdat'; `sentence` says who has the question, and why.
    `danger` asks the caller to notify the person on duty. `supporting` are organisations to
    involve, each on a sharing basis of its own. `trace()` returns the explanation for staff.
    """

    organisation: str
    team: str | None
    rule: str | None
    decided_by: DecidedBy
    reason: str
    sentence: str
    supporting: tuple[str, ...] = ()
    service: str | None = None
    danger: bool = False
    fault: Fault | None = None
    version: int = 0
    _explain: Callable[[], Trace] | None = field(default=None, compare=False, repr=False)

    def trace(self) -> Trace:
        """Return the rules tried, with the result of each condition. Computed on demand."""
        if self._explain is None:
            raise RuntimeError("this outcome was not made by a rule set")
        return self._explain()

    def to_json(self) -> dict[str, Any]:
        """Return the person-free outcome as a JSON object, without the trace."""
        return {
            "organisation": self.organisation,
            "team": self.team,
            "rule": self.rule,
            "decided_by": self.decided_by.value,
            "reason": self.reason,
            "sentence": self.sentence,
            "supporting": list(self.supporting),
            "service": self.service,
            "danger": self.danger,
            "fault": None
            if self.fault is None
            else {"rule": self.fault.rule, "error": self.fault.error},
            "version": self.version,
        }


def matched(
    rule: Rule,
    facts: Facts,
    found: Destination,
    *,
    vocabulary: Vocabulary,
    version: int,
    offer: Offer,
    taking_part: frozenset[str],
    near: Sequence[str] = (),
    explain: Callable[[], Trace] | None,
) -> Outcome:
    """Return the outcome of a deciding rule.

    `near` are the services nearest the resident's words: the reason names one of those, if the
    organisation that the rule found has it.
    """
    lowest_load = False
    if found.service is not None:
        named = offer.to_name(found.service, facts, rule.to.layers, taking_part, near)
        lowest_load = named == found.service and offer.has_lowest_load(
            named, facts, rule.to.layers, taking_part
        )
        found = replace(found, service=named)
    reason = reasons.reason_for(rule, facts, found, vocabulary, lowest_load=lowest_load)
    place = found.team.name if found.team else vocabulary.organisation_name(found.organisation)
    return Outcome(
        organisation=found.organisation,
        team=found.team.slug if found.team else None,
        rule=rule.key,
        decided_by=DecidedBy.RULE,
        reason=reason,
        sentence=reasons.sentence(facts, place, reason),
        supporting=tuple(
            slug for slug in rule.supporting if slug in taking_part and slug != found.organisation
        ),
        service=found.service.key if found.service else None,
        danger=facts.danger,
        version=version,
        _explain=explain,
    )


def to_triage(
    facts: Facts,
    *,
    triage: Triage,
    vocabulary: Vocabulary,
    version: int,
    fault: Fault | None,
    explain: Callable[[], Trace] | None,
) -> Outcome:
    """Return the outcome where no rule decides, or where one failed."""
    reason = reasons.triage_reason(facts)
    team = vocabulary.teams.get(triage.team) if triage.team else None
    place = team.name if team else vocabulary.organisation_name(triage.organisation)
    return Outcome(
        organisation=triage.organisation,
        team=triage.team,
        rule=None,
        decided_by=DecidedBy.TRIAGE if fault is None else DecidedBy.FAULT,
        reason=reason,
        sentence=reasons.sentence(facts, place, reason),
        danger=facts.danger,
        fault=fault,
        version=version,
        _explain=explain,
    )
