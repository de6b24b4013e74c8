"""A handover to a Wmo desk is a *melding*: six weeks for the inquiry, and free client support.

desks(question, front)                          the municipal desks it would be a melding for
start_clock(handover=, question=, by=, now=)    when the desk accepts
stop_clock(handover=, question=, now=)          when the handover ends before the desk leads
running_melding(question, front)                what the resident and the desk are shown

Wmo 2015, 2.3.2: the municipality confirms that it has the melding, points to free independent
client support (2.2.4) and to seven days for a plan of one's own, and inquires within six weeks. The
term counts from the resident's yes: a desk that takes its time to answer has no more of it.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from intake.questions import timeline
from intake.questions.legal_terms import term_ends
from intake.questions.models import Question, TimelineEntry
from organisations.directory.models import Organisation
from organisations.front_door import configuration as front_door
from organisations.front_door.configuration import FrontDoor
from referrals.follow_ups import legal_clock
from referrals.follow_ups import services as follow_up_services
from referrals.follow_ups.models import FollowUp
from referrals.handovers import sentences
from referrals.handovers.models import Handover
from welzijn.accounts.models import User
from welzijn.core.working_days import local_date

OWN_PLAN = timedelta(days=7)
# A question about debts keeps its own legal term, whoever helps.
_OTHER_CLOCKS = (Question.Kind.DEBTS, Question.Kind.DEBTS_THREAT)


@dataclass(frozen=True, slots=True)
class Melding:
    """A melding whose term runs, as the resident and the desk see it."""

    desk: Organisation
    received_on: date
    inquired_by: date
    own_plan_until: date
    support: str


def desks(question: Question, front: FrontDoor) -> list[Organisation]:
    """Return the municipal desks that would handle this question as a melding."""
    if question.kind in _OTHER_CLOCKS:
        return []
    domains = {d.id for d in question.life_domains.all()}
    found = {
        service.organisation.id: service.organisation
        for service in front.services
        if service.organisation.kind == Organisation.Kind.MUNICIPALITY
        and Question.Kind.WMO in service.clock_kinds
        and domains & {d.id for d in service.life_domains.all()}
        and _serves(service.neighbourhoods.all(), question)
    }
    return list(found.values())


def _serves(places: object, question: Question) -> bool:
    ids = {place.id for place in places}  # type: ignore[attr-defined]
    return not ids or question.neighbourhood_id is None or question.neighbourhood_id in ids


def start_clock(*, handover: Handover, question: Question, by: User, now: datetime) -> None:
    """Start the six weeks of the Wmo desk that accepted, and confirm it to the resident.

    For `services.accept`, in its transaction and with the question locked. Does nothing where the
    receiver is no such desk.
    """
    front = front_door.of(question.partnership)
    if handover.receiver_id not in {desk.id for desk in desks(question, front)}:
        return
    assert handover.resident_yes_at is not None
    since = local_date(handover.resident_yes_at)
    due_on = term_ends(Question.Kind.WMO, since, front.calendar)
    question.kind = Question.Kind.WMO
    question.save(update_fields=["kind"])
    follow_up_services.close_open(question, [FollowUp.Kind.CLOCK], now=now)
    follow_up_services.make(
        question=question,
        kind=FollowUp.Kind.CLOCK,
        what=legal_clock.WHAT[Question.Kind.WMO],
        due_on=due_on,
        organisation=handover.receiver,
        worker=by,
        by=by,
        now=now,
    )
    support = _support(question, front)
    sentence = sentences.MELDING_RECEIVED(who=handover.receiver)
    if support:
        sentence = sentences.MELDING_WITH_SUPPORT(who=handover.receiver, support=support)
    timeline.by_staff(
        question=question,
        kind=TimelineEntry.Kind.JUDGED,
        user=by,
        organisation=handover.receiver,
        sentence=sentence,
        now=now,
    )


def stop_clock(*, handover: Handover, question: Question, now: datetime) -> None:
    """Stop the clock of a melding whose handover ended before the desk had the lead.

    For `state_machine.transition`, with the question locked. The question is welfare work of the
    sender again, without a legal term.
    """
    stopped = FollowUp.objects.filter(
        question=question,
        kind=FollowUp.Kind.CLOCK,
        status=FollowUp.Status.OPEN,
        organisation=handover.receiver,
    ).exclude(organisation=question.lead_id)
    if stopped.update(status=FollowUp.Status.CANCELLED, done_at=now, remind_at=None):
        question.kind = Question.Kind.WELFARE
        question.save(update_fields=["kind"])


def running_melding(question: Question, front: FrontDoor) -> Melding | None:
    """Return the running melding of a question, or None."""
    if question.kind != Question.Kind.WMO or not question.is_open:
        return None
    running = (
        question.follow_ups.filter(kind=FollowUp.Kind.CLOCK, status=FollowUp.Status.OPEN)
        .select_related("organisation")
        .first()
    )
    if running is None or running.organisation.kind != Organisation.Kind.MUNICIPALITY:
        return None
    began = _term_began_on(question, running, front)
    return Melding(
        desk=running.organisation,
        received_on=began,
        inquired_by=running.due_on,
        own_plan_until=began + OWN_PLAN,
        support=_support(question, front),
    )


def _term_began_on(question: Question, running: FollowUp, front: FrontDoor) -> date:
    """Return the day the term counts from: the consent to this handover, else its start."""
    yes = (
        question.handovers.filter(
            receiver=running.organisation,
            status__in=[Handover.Status.ACCEPTED, Handover.Status.COMPLETED],
        )
        .values_list("resident_yes_at", flat=True)
        .first()
    )
    if yes is not None:
        return local_date(yes)
    came_in = local_date(question.received_at)
    if term_ends(Question.Kind.WMO, came_in, front.calendar) == running.due_on:
        return came_in
    return local_date(running.created_at)


def _support(question: Question, front: FrontDoor) -> str:
    """Return the client support where the resident lives; if unknown, the only one there is."""
    place = next((p for p in front.places if p.id == question.neighbourhood_id), None)
    if place is not None:
        return front.client_support.get(place.municipality, "")
    known = set(front.client_support.values())
    return known.pop() if len(known) == 1 else ""
