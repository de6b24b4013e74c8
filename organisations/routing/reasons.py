"""The clause and the sentence that tell a resident why somebody has their question."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from organisations.routing.destination import Destination
from organisations.routing.facts import CLOCK_KINDS, Facts
from organisations.routing.ruleset import Rule, TargetKind, reads_household
from organisations.routing.vocabulary import Vocabulary


def reason_for(
    rule: Rule,
    facts: Facts,
    found: Destination,
    vocabulary: Vocabulary,
    *,
    lowest_load: bool = False,
) -> str:
    """Return the reason for the resident, in B1 Dutch: a clause that follows 'omdat'.

    With `lowest_load` the clause says that the service was chosen for its lower load. A rule that
    reads the household link always gets the same clause, which reveals nothing about another person
    or question (invariant 4).
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
        clause = _service_reason(facts, lowest_load)
    elif facts.danger:
        clause = _("jouw vraag haast heeft") if je else _("uw vraag haast heeft")
    elif rule.to.kind is TargetKind.TRIAGE:
        return triage_reason(facts)
    else:
        clause = _("zij hierbij kunnen helpen")
    return (
        clause.replace("{organisatie}", name)
        .replace("{team}", found.team.name if found.team else name)
        .replace("{aanbod}", found.service.name if found.service else name)
    )


# By whether the question has a legal term, whether the lowest load decided, and whether the page
# says je.
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


def _service_reason(facts: Facts, lowest_load: bool) -> str:
    return _(_SERVICE_REASONS[facts.kind in CLOCK_KINDS, lowest_load, facts.informal])


def translate_reason(reason: str) -> str:
    """Translate the stored reason of a fitting service to the active language.

    The name of the service stays as it is; any other reason is returned unchanged.
    """
    for template in _SERVICE_REASONS.values():
        before, _braces, after = template.partition("{aanbod}")
        if reason.startswith(before) and reason.endswith(after):
            return _(template).replace("{aanbod}", reason[len(before) : len(reason) - len(after)])
    return reason


def triage_reason(facts: Facts) -> str:
    """Return the reason for the resident where triage has the question."""
    return (
        _("wij daar eerst uitzoeken wie jou het beste kan helpen")
        if facts.informal
        else _("wij daar eerst uitzoeken wie u het beste kan helpen")
    )


def sentence(facts: Facts, place: str, reason: str) -> str:
    """Return the sentence for the resident: who has the question, and why."""
    whole = (
        _("Jouw vraag ligt bij {place}, omdat {reason}.")
        if facts.informal
        else _("Uw vraag ligt bij {place}, omdat {reason}.")
    )
    return whole.format(place=place, reason=reason)
