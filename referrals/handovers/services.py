"""The warm handover: the lead passes with the resident's yes and the receiver's yes.

For staff:
    propose(question=, to=, why=, summary=, by=, now=, yes_how=None, sender_stays=False)
    withdraw(handover=, by=, now=)          the sender takes it back
    accept(handover=, by=, now=)            the receiver says yes
    decline(handover=, reason=, by=, now=)  ... or no; also after accepting, before they have met
For the resident, by themselves (recorded_by=None) or told to a worker:
    resident_says(handover=, yes=, how=, now=, recorded_by=None, sender_stays=None)
    resident_stops(handover=, now=, recorded_by=None)       at any moment before they have met

A question of the receiver first, and the answer to it: `referrals.handovers.clarifications`.
The meeting, and the move of the lead after it: `referrals.handovers.completion`.

Each verb locks the question first, then the handover: two clicks at the same moment have exactly
one outcome, and the other gets WrongMomentError with a sentence. The sender leads until the last
step (invariant 2). Before accepting, the receiver has no basis: they see `receiver_summary` and
nothing else (invariant 3). The deadlines are in working days and say for whom they run.
"""

from datetime import datetime

from django.db import transaction

from intake.consent import bases as sharing_bases
from intake.questions import status, timeline
from intake.questions.models import Question, SharingBasis
from organisations.directory.models import Organisation
from referrals.casework_base import acting_membership, anonymity_check, notify
from referrals.follow_ups import services as follow_up_services
from referrals.handovers import meetings, notifications, sentences, state_machine, wmo_report
from referrals.handovers.models import Handover
from referrals.handovers.state_machine import ENTRY, S
from welzijn.accounts.models import User


def propose(
    *,
    question: Question,
    to: Organisation,
    why: str,
    summary: str,
    by: User,
    now: datetime,
    yes_how: SharingBasis.How | None = None,
    sender_stays: bool = False,
) -> Handover:
    """Propose to the resident that `to` takes over. `why` is a B1 sentence for the resident.

    `summary` is what the receiver will read: without the person, and read to the resident. With
    `yes_how` the resident has said yes to `by` just now, and it is offered at once; else they are
    asked on their page. Raises ValidationError for a summary with the person in it,
    NotAllowedError, and WrongMomentError where a handover is open or `to` can't take it.
    """
    with transaction.atomic():
        question = status.lock(question)
        acting = acting_membership.must_lead(by, question, now)
        follow_up_services.must_be_open(question)
        state_machine.must_be_able_to_receive(question, to, now)
        anonymity_check.check(summary, question)
        state_machine.must_have_no_handover(question)
        handover = Handover(
            question=question,
            sender=question.lead,
            receiver=to,
            proposed_by=by,
            proposed_at=now,
            why=why,
            summary=summary,
            sender_stays=sender_stays,
        )
        state_machine.set_turn(handover, question, now)
        entry = timeline.by_staff(
            question=question,
            kind=ENTRY,
            user=by,
            organisation=acting.organisation,
            sentence=sentences.PROPOSED(who=to, why=why),
            now=now,
        )
        if yes_how is None:
            notify.resident(question, entry, now)
        else:
            _yes(handover, question, yes_how, by, acting.organisation, now)
    return handover


def resident_says(
    *,
    handover: Handover,
    yes: bool,
    how: SharingBasis.How,
    now: datetime,
    recorded_by: User | None = None,
    sender_stays: bool | None = None,
) -> Handover:
    """The resident's yes (it is offered to the receiver) or no (it ends, the sender goes on).

    `recorded_by` is the worker who heard it; None: said online. `sender_stays`: the resident wants
    the sender to keep helping as well. Raises NotAllowedError, WrongMomentError.
    """
    with transaction.atomic():
        question, handover = state_machine.lock(handover)
        organisation = state_machine.recording_organisation(recorded_by, question, now)
        if handover.status != S.PROPOSED:
            # Consent to an answer for the receiver is recorded by `clarifications.resident_says`.
            raise state_machine.state_changed_error(handover)
        if sender_stays is not None:
            handover.sender_stays = sender_stays
        if yes:
            _yes(handover, question, how, recorded_by, organisation, now)
        else:
            state_machine.transition(handover, question, S.REFUSED, now)
            entry = state_machine.record(
                handover,
                question,
                recorded_by,
                organisation,
                sentences.REFUSED(who=handover.receiver),
                now,
            )
            notify.staff(
                question,
                entry,
                [notify.responsible(question)],
                "handover_stopped",
                now,
                exclude=recorded_by,
            )
    return handover


def _yes(
    handover: Handover,
    question: Question,
    how: SharingBasis.How,
    recorded_by: User | None,
    organisation: Organisation | None,
    now: datetime,
) -> None:
    state_machine.must_be_able_to_receive(question, handover.receiver, now)
    handover.resident_yes_at = now
    handover.resident_yes_how = how
    handover.resident_yes_recorded_by = recorded_by
    state_machine.transition(handover, question, S.OFFERED, now)
    state_machine.record(
        handover,
        question,
        recorded_by,
        organisation,
        sentences.AGREED(who=handover.receiver),
        now,
    )
    notifications.offer(handover, question, "handover_offered", now)


def accept(*, handover: Handover, by: User, now: datetime) -> Handover:
    """The receiver's yes: they get a basis and read the whole; the sender stays the lead.

    Accepting twice is one. Raises NotAllowedError for who is no intake worker of the receiver,
    WrongMomentError where the resident stopped it or somebody else answered first.
    """
    with transaction.atomic():
        question, handover = state_machine.lock(handover)
        member = state_machine.must_receive(by, handover, now)
        if handover.status == S.ACCEPTED and handover.answered_by_id == by.id:
            return handover
        state_machine.must_be_able_to_receive(question, handover.receiver, now)
        handover.answered_by = by
        handover.answered_at = now
        state_machine.transition(handover, question, S.ACCEPTED, now)
        known = SharingBasis.objects.filter(
            question=question, organisation=handover.receiver, ended_at__isnull=True
        ).exists()
        basis = sharing_bases.give(
            question=question,
            organisation=handover.receiver,
            kind=SharingBasis.Kind.CONSENT,
            purpose=SharingBasis.Purpose.TAKE_OVER,
            how=SharingBasis.How(handover.resident_yes_how),
            given_by=question.asker,
            recorded_by=handover.resident_yes_recorded_by,
            now=now,
        )
        # An earlier basis (they already gave support) outlives this handover.
        handover.basis = None if known else basis
        handover.save()
        wmo_report.start_clock(handover=handover, question=question, by=by, now=now)
        entry = timeline.by_staff(
            question=question,
            kind=ENTRY,
            user=by,
            organisation=member.organisation,
            sentence=sentences.ACCEPTED(who=handover.receiver, sender=handover.sender),
            now=now,
        )
        notify.staff(question, entry, [notify.responsible(question)], "handover_accepted", now)
        notify.resident(question, entry, now)
    return handover


def decline(*, handover: Handover, reason: str, by: User, now: datetime) -> Handover:
    """The receiver's no, with a reason that the sender reads; what they could see, ends.

    Raises ValueError for an empty reason, NotAllowedError, WrongMomentError.
    """
    if not reason.strip():
        raise ValueError("a no has a reason")
    with transaction.atomic():
        question, handover = state_machine.lock(handover)
        member = state_machine.must_receive(by, handover, now)
        handover.decline_reason = reason.strip()
        handover.answered_by = by
        handover.answered_at = now
        state_machine.transition(handover, question, S.DECLINED, now)
        entry = timeline.by_staff(
            question=question,
            kind=ENTRY,
            user=by,
            organisation=member.organisation,
            sentence=sentences.DECLINED(who=handover.receiver, sender=handover.sender),
            note=reason.strip(),
            now=now,
        )
        notify.staff(question, entry, [notify.responsible(question)], "handover_declined", now)
        if not meetings.cancel(handover=handover, question=question, now=now):
            notify.resident(question, entry, now)
    return handover


def withdraw(*, handover: Handover, by: User, now: datetime) -> Handover:
    """The sender takes it back and helps on. Raises NotAllowedError, WrongMomentError."""
    with transaction.atomic():
        question, handover = state_machine.lock(handover)
        acting = acting_membership.must_lead(by, question, now)
        before = handover.status
        state_machine.transition(handover, question, S.WITHDRAWN, now)
        entry = timeline.by_staff(
            question=question,
            kind=ENTRY,
            user=by,
            organisation=acting.organisation,
            sentence=sentences.WITHDRAWN(sender=handover.sender, who=handover.receiver),
            now=now,
        )
        notifications.notify_receiver_of_end(handover, question, entry, before, now)
        if not meetings.cancel(handover=handover, question=question, now=now):
            notify.resident(question, entry, now)
    return handover


def resident_stops(
    *, handover: Handover, now: datetime, recorded_by: User | None = None
) -> Handover:
    """The resident stops it: the receiver's door is shut at once, the sender stays the lead.

    Works whether the receiver has accepted or not. Raises NotAllowedError for a worker outside the
    work, WrongMomentError where it is over.
    """
    with transaction.atomic():
        question, handover = state_machine.lock(handover)
        organisation = state_machine.recording_organisation(recorded_by, question, now)
        _stop(handover, question, S.REVOKED, now, by=recorded_by, organisation=organisation)
    return handover


def _stop(
    handover: Handover,
    question: Question,
    target: str,
    now: datetime,
    *,
    by: User | None,
    organisation: Organisation | None,
) -> None:
    before = handover.status
    state_machine.transition(handover, question, target, now)
    entry = state_machine.record(
        handover,
        question,
        by,
        organisation,
        sentences.STOPPED(who=handover.receiver, sender=handover.sender),
        now,
    )
    notify.staff(
        question, entry, [notify.responsible(question)], "handover_stopped", now, exclude=by
    )
    notifications.notify_receiver_of_end(handover, question, entry, before, now)
    meetings.cancel(handover=handover, question=question, now=now)
