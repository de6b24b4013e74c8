"""Whom a routing rule names beside the lead: organisations that may help as well, after a yes."""

from collections.abc import Iterable
from uuid import UUID

from intake.questions.models import Decision, Question
from organisations.directory.models import Organisation
from organisations.front_door.configuration import FrontDoor


def supporting(
    *, question: Question, decision: Decision | None, involved: Iterable[UUID], front: FrontDoor
) -> list[Organisation]:
    """The organisations that the rule of this decision names beside the lead and that don't help.

    Only named: each needs a yes of its own. Reads what the front door has in memory, so it says
    nothing about a rule of an earlier version, or after the lead has moved elsewhere.
    """
    if decision is None or not question.is_open or decision.rule_set_id != front.rule_set_id:
        return []
    if decision.organisation_id != question.lead_id:
        return []
    # Who works in the team that leads may read it already.
    in_team: tuple[Organisation, ...] = ()
    if question.lead_team is not None:
        in_team = front.team_organisations.get(question.lead_team.slug, ())
    known = {*involved, *(o.id for o in in_team)}
    for rule in front.rules.spec.rules:
        if rule.key == decision.rule_key:
            named = (front.organisations.get(slug) for slug in rule.supporting)
            return [o for o in named if o is not None and o.id not in known]
    return []
