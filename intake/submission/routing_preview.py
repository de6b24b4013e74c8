"""The routing decision before anything is written, and the sentence that explains it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import cast

from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from intake.questions import legal_terms
from intake.submission.submission import RESIDENT, EnteredBy, Submission, facts_of, urgency_of
from organisations.directory.display_names import display_name
from organisations.directory.models import Organisation, Team
from organisations.front_door import configuration as front_door
from organisations.front_door.configuration import FrontDoor
from organisations.partnerships.models import Partnership
from organisations.routing import Facts, Outcome
from organisations.routing.offer import NO_OFFER, Offer
from welzijn.core.working_days import local_date


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """Who would pick a question up, why and by when; nothing is written yet."""

    front: FrontDoor  # the configuration that decided, with its rule set
    outcome: Outcome
    facts: Facts
    organisation: Organisation
    team: Team | None
    team_organisations: tuple[Organisation, ...]
    to_triage: bool
    due_on: date
    promised_on: date

    @property
    def shares_with(self) -> str:
        """What a yes to sharing names: the team if there is one, else the organisation."""
        return f"team:{self.team.slug}" if self.team else self.organisation.slug


def preview(
    *,
    partnership: Partnership,
    submission: Submission,
    now: datetime,
    entered_by: EnteredBy = RESIDENT,
) -> Preview:
    """Decide without writing, for the check page: a yes there is a yes to this organisation."""
    front = front_door.of(partnership)
    facts = facts_of(submission, front, now, entered_by)
    offer, on = offer_now(front), local_date(now)
    facts = front.rules.with_offer(facts, on=on, offer=offer)
    outcome = front.rules.decide(facts, on=on, offer=offer, near=submission.near)
    team = front.teams[outcome.team] if outcome.team else None
    due_on = legal_terms.pick_up_by(
        partnership=partnership,
        front=front,
        channel=submission.channel,
        urgency=urgency_of(submission),
        kind=submission.kind,
        now=now,
    )
    return Preview(
        front=front,
        outcome=outcome,
        facts=facts,
        organisation=front.organisations[outcome.organisation],
        team=team,
        team_organisations=front.team_organisations[team.slug] if team else (),
        to_triage=team is not None and team.id == front.triage_team.id,
        due_on=due_on,
        promised_on=legal_terms.contact_by(
            partnership=partnership,
            front=front,
            due_on=due_on,
            urgency=urgency_of(submission),
            channel=submission.channel,
            now=now,
        ),
    )


def offer_now(front: FrontDoor) -> Offer:
    """Return today's load, read only if a rule that looks for a fitting service is reached.

    That takes two queries; most questions are decided before it and take none.
    """
    return cast(Offer, SimpleLazyObject(front.offer_now)) if front.needs_offer else NO_OFFER


def clause_of(reason: str) -> str:
    """Return the reason for after "omdat" if it is a clause; '' if it is a sentence.

    A clause begins small. Arabic has no capitals: there a clause is what has no full stop.
    """
    first = reason[:1]
    cased = first.islower() or first.isupper()
    if first.islower() or (first.isalpha() and not cased and not reason.endswith((".", "!", "؟"))):
        return reason.rstrip(".").removeprefix("omdat ")
    return ""


def placed(organisation: Organisation, team: Team | None, reason: str) -> str:
    """Return a sentence or two for the resident: who has the question, and why.

    A rule's reason is a clause ("het over opgroeien gaat") or a sentence of its own.
    """
    who = display_name(organisation, team)
    if clause := clause_of(reason):
        return _("Uw vraag ligt bij {who}, omdat {reason}.").format(who=who, reason=clause)
    return " ".join(filter(None, [_("Uw vraag ligt bij {who}.").format(who=who), reason]))
