"""Why a question went where it went: the rules of that time, evaluated again one by one."""

from intake.questions.models import Decision
from organisations.front_door import configuration as front_door
from organisations.front_door.service_offers import offer_as_decided
from organisations.partnerships.models import Partnership
from organisations.routing import Facts
from organisations.routing.facts import FactsError
from organisations.routing.trace import RuleState, Trace
from welzijn.core.working_days import local_date


def trace_of(*, decision: Decision, partnership: Partnership) -> Trace | None:
    """Evaluate every rule of the decision's version with the facts, day and service of that time.

    None where the result would no longer be the stored decision: the facts hold a kind that no rule
    knows any more, or a target has changed since (a team that ended, a service that moved). Only
    the stored reason remains then. Writes nothing.
    """
    current = front_door.of(partnership)
    door = (
        current
        if decision.rule_set_id in (None, current.rule_set_id)
        else front_door.read(partnership, decision.rule_set)
    )
    try:
        facts = Facts.from_json(decision.facts)
    except FactsError:
        return None
    offer = offer_as_decided(decision.service)
    trace = door.rules.trace(facts, on=local_date(decision.at), offer=offer)
    return trace if _decided_by(trace) == _stored(decision) else None


def _decided_by(trace: Trace) -> tuple[str, bool]:
    """Return the rule that decided ('' for triage), and whether a rule failed."""
    last = trace.rules[-1] if trace.rules else None
    if last is None or last.state not in {RuleState.MATCHED, RuleState.FAILED}:
        return "", False
    failed = last.state is RuleState.FAILED
    return "" if failed else last.key, failed


def _stored(decision: Decision) -> tuple[str, bool]:
    return decision.rule_key, bool(decision.fault)
