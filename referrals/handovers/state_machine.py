"""The state machine of a warm handover: allowed transitions, whose turn it is, deadlines.

`referrals.handovers.services` has the verbs. docs/handover.md draws its diagram from STEPS.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from intake.consent import bases as sharing_bases
from intake.danger import listening
from intake.questions import status, timeline
from intake.questions.models import Question, TimelineEntry
from intake.questions.models.querysets import CASE_ROLES, INTAKE_ROLES
from intake.questions.sentences import Sentence
from intake.questions.status import WrongMomentError
from organisations.directory.models import Organisation
from organisations.roles.models import Membership
from referrals.casework_base import acting_membership
from referrals.casework_base.acting_membership import NotAllowedError
from referrals.follow_ups import services as follow_up_services
from referrals.follow_ups.models import FollowUp
from referrals.handovers import sentences, wmo_report
from referrals.handovers.models import Handover
from welzijn.accounts.models import User
from welzijn.core.working_days import local_date

S = Handover.Status
SENDER, RECEIVER, RESIDENT, SYSTEM = "sender", "receiver", "resident", "system"
ENTRY = TimelineEntry.Kind.HANDOVER


@dataclass(frozen=True, slots=True)
class Step:
    """One allowed transition: source, target, actors, and its label in the diagram."""

    source: str
    target: str
    who: tuple[str, ...]
    label: str


# The transition table. docs/handover.md draws its diagram from it.
STEPS: tuple[Step, ...] = (
    Step(S.PROPOSED, S.OFFERED, (RESIDENT,), "inwoner zegt ja"),
    Step(S.PROPOSED, S.REFUSED, (RESIDENT,), "inwoner zegt nee"),
    Step(S.PROPOSED, S.LAPSED, (SYSTEM,), "drie keer niet bereikt"),
    Step(S.OFFERED, S.ACCEPTED, (RECEIVER,), "ontvanger zegt ja"),
    Step(S.OFFERED, S.DECLINED, (RECEIVER,), "ontvanger zegt nee, met reden"),
    Step(S.OFFERED, S.QUESTION, (RECEIVER,), "ontvanger vraagt iets"),
    Step(S.QUESTION, S.ANSWERED, (SENDER,), "gever antwoordt, de inwoner leest het eerst"),
    Step(S.QUESTION, S.OFFERED, (SENDER,), "gever antwoordt, met de ja van de inwoner"),
    Step(S.ANSWERED, S.OFFERED, (RESIDENT,), "inwoner vindt het antwoord goed"),
    Step(S.ANSWERED, S.QUESTION, (RESIDENT,), "inwoner wil een ander antwoord"),
    Step(S.ANSWERED, S.ACCEPTED, (RECEIVER,), "ontvanger zegt toch ja"),
    Step(S.ANSWERED, S.DECLINED, (RECEIVER,), "ontvanger zegt nee, met reden"),
    Step(S.ANSWERED, S.LAPSED, (SYSTEM,), "drie keer niet bereikt"),
    Step(S.QUESTION, S.ACCEPTED, (RECEIVER,), "ontvanger zegt toch ja"),
    Step(S.QUESTION, S.DECLINED, (RECEIVER,), "ontvanger zegt nee, met reden"),
    Step(S.ACCEPTED, S.COMPLETED, (RESIDENT, RECEIVER, SENDER), "inwoner is gesproken"),
    Step(S.ACCEPTED, S.DECLINED, (RECEIVER,), "ontvanger geeft terug, met reden"),
    Step(S.ACCEPTED, S.LAPSED, (SYSTEM,), "drie keer niet bereikt"),
    *(
        Step(source, target, who, label)
        for source in (S.PROPOSED, S.OFFERED, S.QUESTION, S.ANSWERED, S.ACCEPTED)
        for target, who, label in (
            (S.WITHDRAWN, (SENDER, SYSTEM), "gever trekt terug"),
            (S.REVOKED, (RESIDENT,), "inwoner stopt het"),
        )
    ),
)
MOVES: dict[str, frozenset[str]] = {
    state: frozenset(step.target for step in STEPS if step.source == state) for state in S
}

# Who must act in each open state, and so for whom its deadline runs.
TURN = {
    S.PROPOSED: RESIDENT,
    S.OFFERED: RECEIVER,
    S.QUESTION: SENDER,
    S.ANSWERED: RESIDENT,
    S.ACCEPTED: RECEIVER,
}
DUE_SENTENCES = {
    S.PROPOSED: sentences.DUE_PROPOSED,
    S.OFFERED: sentences.DUE_OFFERED,
    S.QUESTION: sentences.DUE_QUESTION,
    S.ANSWERED: sentences.DUE_ANSWERED,
    S.ACCEPTED: sentences.DUE_ACCEPTED,
}


def lock(handover: Handover) -> tuple[Question, Handover]:
    """Lock the question, then the handover: always in this order, to prevent deadlocks."""
    question = status.lock(handover.question)
    return question, Handover.objects.select_for_update(no_key=True, of=("self",)).get(
        pk=handover.pk
    )


def state_changed_error(handover: Handover) -> WrongMomentError:
    """Return the error for a step that the current state no longer allows."""
    return WrongMomentError(
        _("Dat kan nu niet meer. De overdracht is intussen: {state}.").format(
            state=handover.get_status_display()
        )
    )


def transition(handover: Handover, question: Question, to: str, now: datetime) -> None:
    """Change the state and its deadline; end the receiver's access when the handover ends."""
    if to not in MOVES[handover.status]:
        raise state_changed_error(handover)
    handover.status = to
    handover.step += 1
    question.last_activity_at = now
    Question.objects.filter(pk=question.pk).update(last_activity_at=now)
    if handover.is_open:
        set_turn(handover, question, now)
        return
    handover.ended_at = now
    handover.due_on = None
    handover.due_for = ""
    handover.save()
    follow_up_services.close_open(
        question, [FollowUp.Kind.HANDOVER], done=to == S.COMPLETED, now=now
    )
    if to != S.COMPLETED:
        wmo_report.stop_clock(handover=handover, question=question, now=now)
    if to != S.COMPLETED and handover.basis is not None:
        sharing_bases.end(basis=handover.basis, why="handover_ended", now=now)
        follow_up_services.return_to_lead(question, handover.receiver)
    follow_up_services.next_step(question)


def set_turn(handover: Handover, question: Question, now: datetime) -> None:
    """Set whose turn it is and the deadline, and record it as a follow-up."""
    state = S(handover.status)
    handover.due_for = TURN[state]
    handover.due_on = _due_on(handover, question, now)
    handover.escalated_at = None
    handover.save()
    receivers_turn = handover.due_for == RECEIVER
    follow_up_services.make(
        question=question,
        kind=FollowUp.Kind.HANDOVER,
        what=DUE_SENTENCES[state](),
        due_on=handover.due_on,
        organisation=handover.receiver if receivers_turn else handover.sender,
        team=None if receivers_turn else question.lead_team,
        worker=(handover.answered_by if state == S.ACCEPTED else None)
        if receivers_turn
        else question.assigned_to or handover.proposed_by,
        waits_for=FollowUp.WaitsFor(handover.due_for),
        now=now,
    )
    follow_up_services.next_step(question)


def keep_basis(question: Question, organisation: Organisation) -> None:
    """Detach the receiver's basis, so that it outlives the handover.

    For the verbs that give the organisation a basis of its own (move, bring in), under the lock.
    """
    Handover.objects.filter(
        question=question, receiver=organisation, status__in=Handover.OPEN
    ).update(basis=None)


def _due_on(handover: Handover, question: Question, now: datetime) -> date:
    calendar = follow_up_services.calendar_of(question)
    if handover.status == S.ACCEPTED:
        if handover.meeting_at is not None and handover.meeting_at > now:
            return calendar.add_working_days(local_date(handover.meeting_at), 0)
        return calendar.add_working_days(local_date(now), question.partnership.contact_within)
    return calendar.add_working_days(local_date(now), question.partnership.handover_answer_within)


def must_be_able_to_receive(question: Question, to: Organisation, now: datetime) -> None:
    """Raise WrongMomentError if `to` already leads or does not pick up questions here."""
    if to.id == question.lead_id:
        raise WrongMomentError(_("Deze vraag ligt al bij {who}.").format(who=to))
    acting_membership.must_take_part(question.partnership, to, now)


def receiving_as(user: User, handover: Handover, on: date) -> Membership | None:
    """Return the membership by which `user` may answer as an intake worker of the receiver."""
    memberships = acting_membership.memberships(user, handover.question, on)
    return next(
        (
            m
            for m in memberships
            if m.organisation_id == handover.receiver_id and m.role in INTAKE_ROLES and m.reads_new
        ),
        None,
    )


def must_receive(user: User, handover: Handover, now: datetime) -> Membership:
    """Return `receiving_as`, or raise NotAllowedError."""
    found = receiving_as(user, handover, local_date(now))
    if found is None:
        raise NotAllowedError(_("Alleen een collega die nieuwe vragen leest, kan antwoorden."))
    return found


def recording_organisation(
    user: User | None, question: Question, now: datetime
) -> Organisation | None:
    """Return the organisation for which `user` records an answer; None: the resident answered."""
    return None if user is None else acting_membership.must_work(user, question, now).organisation


def worker_after_handover(handover: Handover, now: datetime) -> User | None:
    """Return who accepted, if they still work there; else None: the question is to be picked up."""
    who = handover.answered_by
    if who is None:
        return None
    memberships = acting_membership.memberships(who, handover.question, local_date(now))
    works_there = any(
        m.organisation_id == handover.receiver_id and m.role in CASE_ROLES for m in memberships
    )
    return who if works_there else None


def record(
    handover: Handover,
    question: Question,
    by: User | None,
    organisation: Organisation | None,
    sentence: Sentence,
    now: datetime,
    *,
    note: str = "",
) -> TimelineEntry:
    if by is None or organisation is None:
        return listening.resident_wrote(
            question=question, kind=ENTRY, sentence=sentence, note=note, now=now
        )
    return timeline.by_staff(
        question=question,
        kind=ENTRY,
        user=by,
        organisation=organisation,
        sentence=sentence,
        note=note,
        for_resident=sentence != sentences.QUESTION_ASKED(),
        now=now,
    )


def must_have_no_handover(question: Question) -> None:
    """Raise WrongMomentError where a handover is open; it names who proposed it."""
    known = (
        question.handovers.filter(status__in=Handover.OPEN).select_related("proposed_by").first()
    )
    if known is not None:
        raise WrongMomentError(
            _("{who} heeft al een overdracht voorgesteld.").format(who=known.proposed_by.name)
        )
