"""Organisations that a routing rule suggests beside the lead; each needs the resident's consent."""

from collections.abc import Iterable
from uuid import UUID

from intake.questions.models import Decision, Question
from organisations.directory.models import Organisation
from organisations.front_door.configuration import FrontDoor


def supporting(
    *, question: Question, decision: Decision | None, involved: Iterable[UUID], front: FrontDoor
) -> list[Organisation]:
    """Return the organisations that the deciding rule suggests and that don't help yet.

    Uses the rules that the front door has in memory: empty for a rule of an earlier version, and
    after the lead has moved elsewhere.
    """
    if decision is None or not question.is_open or decision.rule_set_id != front.rule_set_id:
        return []
    if decision.organisation_id != question.lead_id:
        return []
    # The organisations in a leading team may read the question already.
    in_team: tuple[Organisation, ...] = ()
    if question.lead_team is not None:
        in_team = front.team_organisations.get(question.lead_team.slug, ())
    known = {*involved, *(o.id for o in in_team)}
    for rule in front.rules.spec.rules:
        if rule.key == decision.rule_key:
            named = (front.organisations.get(slug) for slug in rule.supporting)
            return [o for o in named if o is not None and o.id not in known]
    return []
