"""What a decision gives, and the sentences that tell it to the resident."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from organisations.routing.facts import CLOCK_KINDS, Facts
from organisations.routing.offer import Offer, ServiceOffer
from organisations.routing.ruleset import Rule, TargetKind, Triage, reads_household
from organisations.routing.vocabulary import TeamEntry, Vocabulary

if TYPE_CHECKING:
    from organisations.routing.explain import Trace


class DecidedBy(StrEnum):
    """What made the decision."""

    RULE = "rule"
    TRIAGE = "triage"
    FAULT = "fault"


@dataclass(frozen=True, slots=True)
class Fault:
    """A rule that failed while it was evaluated. `error` names the kind of failure only: the
    text of an exception might hold what a log may not."""

    rule: str
    error: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """Who picks a question up, and why.

    `organisation` always has a value: that of the triage where no rule decides. `rule` is the
    key of the deciding rule (DANGER_KEY, HOUSEHOLD_KEY for the built-in ones), None for triage.
    `reason` is a clause that stands after 'omdat'; `sentence` says it whole: who has the
    question, and why. `danger` asks
    the caller to tell the person on duty today. `supporting` are organisations to bring in,
    each behind a basis of its own. `trace()` gives the full explanation for staff.
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
        """Give every rule tried, with each condition true or false; made when asked for."""
        if self._explain is None:
            raise RuntimeError("this outcome was not made by a rule set")
        return self._explain()

    def to_json(self) -> dict[str, Any]:
        """Give the person-free outcome as a JSON object, without the trace."""
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


class TargetGoneError(Exception):
    """The organisation or team of a rule no longer takes part."""


@dataclass(frozen=True, slots=True)
class Destination:
    """Where a rule leads for these facts."""

    organisation: str
    team: TeamEntry | None = None
    service: ServiceOffer | None = None


def destination(
    rule: Rule,
    facts: Facts,
    *,
    on: date,
    offer: Offer,
    vocabulary: Vocabulary,
    triage: Triage,
    taking_part: frozenset[str],
) -> Destination | None:
    """Give where a matching rule leads, None where it has nowhere to lead this question.

    Raises TargetGoneError where a named organisation or team no longer takes part: then the
    question goes to triage, never silently to a later rule.
    """
    match rule.to.kind:
        case TargetKind.ORGANISATION:
            if rule.to.slug not in taking_part:
                raise TargetGoneError
            return Destination(rule.to.slug)
        case TargetKind.TEAM:
            team = vocabulary.teams.get(rule.to.slug)
            if team is None or team.organisation not in taking_part:
                raise TargetGoneError
            return Destination(team.organisation, team)
        case TargetKind.NEIGHBOURHOOD_TEAM:
            team = vocabulary.team_of(facts.neighbourhood)
            if team is None or team.organisation not in taking_part:
                return None
            return Destination(team.organisation, team)
        case TargetKind.FITTING_SERVICE:
            service = offer.fitting(facts, rule.to.layers, taking_part)
            return None if service is None else Destination(service.organisation, service=service)
        case TargetKind.HOUSEHOLD:
            if facts.household_lead is None or facts.household_lead not in taking_part:
                return None
            return Destination(facts.household_lead)
        case TargetKind.TRIAGE:
            team = vocabulary.teams.get(triage.team) if triage.team else None
            return Destination(triage.organisation, team)


def matched(
    rule: Rule,
    facts: Facts,
    found: Destination,
    *,
    vocabulary: Vocabulary,
    version: int,
    offer: Offer,
    taking_part: frozenset[str],
    explain: Callable[[], Trace] | None,
) -> Outcome:
    """Make the outcome of a rule that decides."""
    least_busy = found.service is not None and offer.was_least_busy(
        found.service, facts, rule.to.layers, taking_part
    )
    reason = reason_for(rule, facts, found, vocabulary, least_busy=least_busy)
    place = found.team.name if found.team else vocabulary.organisation_name(found.organisation)
    return Outcome(
        organisation=found.organisation,
        team=found.team.slug if found.team else None,
        rule=rule.key,
        decided_by=DecidedBy.RULE,
        reason=reason,
        sentence=_sentence(facts, place, reason),
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
    """Make the outcome where no rule decides, or where one failed."""
    reason = _triage_reason(facts)
    team = vocabulary.teams.get(triage.team) if triage.team else None
    place = team.name if team else vocabulary.organisation_name(triage.organisation)
    return Outcome(
        organisation=triage.organisation,
        team=triage.team,
        rule=None,
        decided_by=DecidedBy.TRIAGE if fault is None else DecidedBy.FAULT,
        reason=reason,
        sentence=_sentence(facts, place, reason),
        danger=facts.danger,
        fault=fault,
        version=version,
        _explain=explain,
    )


def reason_for(
    rule: Rule,
    facts: Facts,
    found: Destination,
    vocabulary: Vocabulary,
    *,
    least_busy: bool = False,
) -> str:
    """Give why, for the resident, in B1: a clause that stands after 'omdat'.

    `least_busy` is whether a fitting service was taken before another one because it is less busy
    there; then the clause says so.

    A rule that looks at a household link always gets the same words, which tell nothing about
    another person or question (invariant 4).
    """
    name = vocabulary.organisation_name(found.organisation)
    je = facts.informal
    if reads_household(rule):
        clause = (
            _("je daar één vaste plek hebt voor je vragen")
            if je
            else _("u daar één vaste plek heeft voor uw vragen")
        )
    elif rule.reason:
        clause = rule.reason
    elif rule.to.kind in {TargetKind.NEIGHBOURHOOD_TEAM, TargetKind.TEAM}:
        clause = (
            _("dit team bij jou in de buurt werkt") if je else _("dit team bij u in de buurt werkt")
        )
    elif rule.to.kind is TargetKind.FITTING_SERVICE:
        clause = _service_reason(facts, least_busy)
    elif facts.danger:
        clause = _("jouw vraag voorgaat") if je else _("uw vraag voorgaat")
    elif rule.to.kind is TargetKind.TRIAGE:
        return _triage_reason(facts)
    else:
        clause = _("zij hierbij kunnen helpen")
    return (
        clause.replace("{organisatie}", name)
        .replace("{team}", found.team.name if found.team else name)
        .replace("{aanbod}", found.service.name if found.service else name)
    )


# By whether the question has a term of the law, whether the least busy was taken, and whether the
# page says je.
_SERVICE_REASONS: Mapping[tuple[bool, bool, bool], str] = {
    (False, False, False): gettext_noop("zij dicht bij u kunnen helpen met {aanbod} en er plek is"),
    (False, False, True): gettext_noop(
        "zij dicht bij jou kunnen helpen met {aanbod} en er plek is"
    ),
    (False, True, False): gettext_noop(
        "zij dicht bij u kunnen helpen met {aanbod} en het daar nu het minst druk is"
    ),
    (False, True, True): gettext_noop(
        "zij dicht bij jou kunnen helpen met {aanbod} en het daar nu het minst druk is"
    ),
    (True, False, False): gettext_noop("zij u hierbij kunnen helpen met {aanbod} en er plek is"),
    (True, False, True): gettext_noop("zij jou hierbij kunnen helpen met {aanbod} en er plek is"),
    (True, True, False): gettext_noop(
        "zij u hierbij kunnen helpen met {aanbod} en het daar nu het minst druk is"
    ),
    (True, True, True): gettext_noop(
        "zij jou hierbij kunnen helpen met {aanbod} en het daar nu het minst druk is"
    ),
}


def _service_reason(facts: Facts, least_busy: bool) -> str:
    return _(_SERVICE_REASONS[facts.kind in CLOCK_KINDS, least_busy, facts.informal])


def told_again(reason: str) -> str:
    """A stored reason of a fitting service in the language of now; the service keeps its name.

    Any other reason is given back as it is.
    """
    for template in _SERVICE_REASONS.values():
        before, _braces, after = template.partition("{aanbod}")
        if reason.startswith(before) and reason.endswith(after):
            return _(template).replace("{aanbod}", reason[len(before) : len(reason) - len(after)])
    return reason


def _triage_reason(facts: Facts) -> str:
    return (
        _("wij daar eerst uitzoeken wie jou het beste kan helpen")
        if facts.informal
        else _("wij daar eerst uitzoeken wie u het beste kan helpen")
    )


def _sentence(facts: Facts, place: str, reason: str) -> str:
    whole = (
        _("Jouw vraag ligt bij {place}, omdat {reason}.")
        if facts.informal
        else _("Uw vraag ligt bij {place}, omdat {reason}.")
    )
    return whole.format(place=place, reason=reason)
