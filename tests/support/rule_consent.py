"""The yes of every organisation that gains or loses by a draft of the routing rules."""

from datetime import datetime, timedelta

from organisations.front_door import configuration as front_door
from organisations.routing.models import RuleSet
from organisations.rule_sets import consent, drafts
from tests.support import factories as make
from welzijn.accounts.models import User
from welzijn.core.working_days import local_date


def everybody_agrees(here: make.World, *, by: User, now: datetime) -> None:
    """Ask whom the open draft concerns, and let each one's own coordinator say yes."""
    draft = RuleSet.objects.get(partnership=here.partnership, status=RuleSet.Status.DRAFT)
    here.partnership.refresh_from_db()
    make.fresh_front_doors()
    front, today = front_door.of(here.partnership), local_date(now)
    offer = front.offer_now()
    changes = consent.who_changes(
        spec=drafts.spec_of(draft, front), front=front, offer=offer, on=today
    )
    if not changes.all:
        return
    proposal = consent.ask(
        draft=draft,
        partnership=here.partnership,
        who=changes.all,
        figures={},
        why="Samen besproken.",
        answer_by=today + timedelta(days=7),
        by=by,
        now=now,
    )
    for answer in proposal.answers.filter(answer="").select_related("organisation"):
        slug = answer.organisation.slug
        consent.answer(
            draft=draft,
            partnership=here.partnership,
            organisation_slug=slug,
            yes=True,
            note="",
            by=make.coordinator(here, slug),
            now=now,
        )
