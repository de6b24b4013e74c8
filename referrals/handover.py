"""The warm handover: the lead passes with the resident's yes and the receiver's yes.

For staff:
    propose(question=, to=, why=, summary=, by=, now=, yes_how=None, sender_stays=False)
    withdraw(handover=, by=, now=)          the sender takes it back
    accept(handover=, by=, now=)            the receiver says yes
    decline(handover=, reason=, by=, now=)  ... or no; also after accepting, before they have met
    ask(handover=, text=, by=, now=)        ... or asks the sender something
    answer(handover=, text=, by=, now=)     the sender answers
    plan_meeting(handover=, at=, where=, by=, now=)
For the resident, by themselves (recorded_by=None) or told to a worker:
    resident_says(handover=, yes=, how=, now=, recorded_by=None, sender_stays=None)
    resident_stops(handover=, now=, recorded_by=None)       at any moment before they have met
    met(handover=, how=, now=, recorded_by=None)            "I have spoken to them": the lead moves
For the other verbs of this app, with the question locked:
    lapse(handover=, now=), stop_because_moved(question=, now=), stop_because_ended(question=, now=)

Each verb locks the question first, then the handover: two clicks at the same moment have exactly
one outcome, and the other gets WrongMomentError with a sentence. The sender leads until the last
step (invariant 2). Before accepting, the receiver has no basis: they see `referrals.summary` and
nothing else (invariant 3). The deadlines are in working days and say for whom they run.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from intake import sharing, status, timeline
from intake.models import Question, SharingBasis, TimelineEntry
from intake.querysets import CASE_ROLES, INTAKE_ROLES
from intake.status import WrongMomentError
from organisations.models import Membership, Organisation
from referrals import follow_ups, lead, standing, tell, without_person
from referrals.models import FollowUp, Handover, HandoverTalk, Referral
from referrals.standing import NotAllowedError
from welzijn.accounts.models import User
from welzijn.notifications import outbox
from welzijn.notifications.invitation import Invitation
from welzijn.workdays import local_date

S = Handover.Status
SENDER, RECEIVER, RESIDENT, SYSTEM = "sender", "receiver", "resident", "system"
KIND = "handover"
ENTRY = TimelineEntry.Kind.HANDOVER
MEETING_LASTS = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Step:
    """One allowed move: from, to, who makes it, and in words for the diagram."""

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
    Step(S.QUESTION, S.OFFERED, (SENDER,), "gever antwoordt"),
    Step(S.QUESTION, S.ACCEPTED, (RECEIVER,), "ontvanger zegt toch ja"),
    Step(S.QUESTION, S.DECLINED, (RECEIVER,), "ontvanger zegt nee, met reden"),
    Step(S.ACCEPTED, S.COMPLETED, (RESIDENT, RECEIVER, SENDER), "inwoner is gesproken"),
    Step(S.ACCEPTED, S.DECLINED, (RECEIVER,), "ontvanger geeft terug, met reden"),
    Step(S.ACCEPTED, S.LAPSED, (SYSTEM,), "drie keer niet bereikt"),
    *(
        Step(source, target, who, label)
        for source in (S.PROPOSED, S.OFFERED, S.QUESTION, S.ACCEPTED)
        for target, who, label in (
            (S.WITHDRAWN, (SENDER, SYSTEM), "gever trekt terug"),
            (S.REVOKED, (RESIDENT,), "inwoner stopt het"),
        )
    ),
)
MOVES: dict[str, frozenset[str]] = {
    state: frozenset(step.target for step in STEPS if step.source == state) for state in S
}

# Who has to move in each open state, and so for whom its deadline runs.
TURN = {S.PROPOSED: RESIDENT, S.OFFERED: RECEIVER, S.QUESTION: SENDER, S.ACCEPTED: RECEIVER}
WHAT = {
    S.PROPOSED: "antwoord van de inwoner op de overdracht",
    S.OFFERED: "antwoord op de overdracht",
    S.QUESTION: "antwoord op een vraag over de overdracht",
    S.ACCEPTED: "kennismaken na de overdracht",
}


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
        acting = standing.must_lead(by, question, now)
        follow_ups.must_be_open(question)
        _can_receive(question, to, now)
        without_person.check(summary, question)
        if question.handovers.filter(status__in=Handover.OPEN).exists():
            raise WrongMomentError(_("Er loopt al een overdracht van deze vraag."))
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
        _wait(handover, question, now)
        entry = timeline.by_staff(
            question=question,
            kind=ENTRY,
            user=by,
            organisation=acting.organisation,
            text=_("Wij denken dat {who} u beter kan helpen. {why}").format(who=to, why=why),
            now=now,
        )
        if yes_how is None:
            tell.resident(question, entry, now)
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
        question, handover = _lock(handover)
        organisation = _who_heard(recorded_by, question, now)
        if sender_stays is not None:
            handover.sender_stays = sender_stays
        if yes:
            _yes(handover, question, how, recorded_by, organisation, now)
        else:
            _move(handover, question, S.REFUSED, now)
            entry = _note(
                handover,
                question,
                recorded_by,
                organisation,
                _("U wilt niet dat {who} uw vraag krijgt. Wij helpen u verder.").format(
                    who=handover.receiver
                ),
                now,
            )
            _tell_sender(question, entry, "handover_stopped", now, but=recorded_by)
    return handover


def _yes(
    handover: Handover,
    question: Question,
    how: SharingBasis.How,
    recorded_by: User | None,
    organisation: Organisation | None,
    now: datetime,
) -> None:
    _can_receive(question, handover.receiver, now)
    handover.resident_yes_at = now
    handover.resident_yes_how = how
    handover.resident_yes_recorded_by = recorded_by
    _move(handover, question, S.OFFERED, now)
    _note(
        handover,
        question,
        recorded_by,
        organisation,
        _("U vindt het goed dat {who} uw vraag krijgt.").format(who=handover.receiver),
        now,
    )
    _tell_receiver(handover, question, "handover_offered", now)


def accept(*, handover: Handover, by: User, now: datetime) -> Handover:
    """The receiver's yes: they get a basis and read the whole; the sender stays the lead.

    Accepting twice is one. Raises NotAllowedError for who is no intake worker of the receiver,
    WrongMomentError where the resident stopped it or somebody else answered first.
    """
    with transaction.atomic():
        question, handover = _lock(handover)
        member = must_receive(by, handover, now)
        if handover.status == S.ACCEPTED and handover.answered_by_id == by.id:
            return handover
        _can_receive(question, handover.receiver, now)
        handover.answered_by = by
        handover.answered_at = now
        _move(handover, question, S.ACCEPTED, now)
        known = SharingBasis.objects.filter(
            question=question, organisation=handover.receiver, ended_at__isnull=True
        ).exists()
        basis = sharing.give(
            question=question,
            organisation=handover.receiver,
            kind=SharingBasis.Kind.CONSENT,
            purpose=_("uw vraag overnemen"),
            how=SharingBasis.How(handover.resident_yes_how),
            given_by=question.asker,
            recorded_by=handover.resident_yes_recorded_by,
            now=now,
        )
        # One that was there before (they supported already) outlives this handover.
        handover.basis = None if known else basis
        handover.save()
        entry = _note(
            handover,
            question,
            by,
            member.organisation,
            _("{who} gaat u helpen. Eerst maakt u kennis. Tot dan helpt {sender} u.").format(
                who=handover.receiver, sender=handover.sender
            ),
            now,
        )
        _tell_sender(question, entry, "handover_accepted", now)
        tell.resident(question, entry, now)
    return handover


def decline(*, handover: Handover, reason: str, by: User, now: datetime) -> Handover:
    """The receiver's no, with a reason that the sender reads; what they could see, ends.

    Raises ValueError for an empty reason, NotAllowedError, WrongMomentError.
    """
    if not reason.strip():
        raise ValueError("a no has a reason")
    with transaction.atomic():
        question, handover = _lock(handover)
        member = must_receive(by, handover, now)
        handover.decline_reason = reason.strip()
        handover.answered_by = by
        handover.answered_at = now
        _move(handover, question, S.DECLINED, now)
        entry = _note(
            handover,
            question,
            by,
            member.organisation,
            _("{who} kan uw vraag niet overnemen. {sender} helpt u verder.").format(
                who=handover.receiver, sender=handover.sender
            ),
            now,
            note=reason.strip(),
        )
        _tell_sender(question, entry, "handover_declined", now)
        tell.resident(question, entry, now)
    return handover


def ask(*, handover: Handover, text: str, by: User, now: datetime) -> HandoverTalk:
    """The receiver asks the sender something first; now the clock runs for the sender.

    Raises NotAllowedError, WrongMomentError.
    """
    with transaction.atomic():
        question, handover = _lock(handover)
        member = must_receive(by, handover, now)
        _move(handover, question, S.QUESTION, now)
        talk = HandoverTalk.objects.create(
            handover=handover, at=now, by=by, organisation=member.organisation, text=text
        )
        entry = _note(handover, question, by, member.organisation, "", now, note=text)
        _tell_sender(question, entry, "handover_question", now)
    return talk


def answer(*, handover: Handover, text: str, by: User, now: datetime) -> HandoverTalk:
    """The sender answers, without the person; the receiver's clock starts anew.

    Raises ValidationError for an answer with the person in it, NotAllowedError, WrongMomentError.
    """
    with transaction.atomic():
        question, handover = _lock(handover)
        acting = standing.must_lead(by, question, now)
        without_person.check(text, question)
        _move(handover, question, S.OFFERED, now)
        talk = HandoverTalk.objects.create(
            handover=handover, at=now, by=by, organisation=acting.organisation, text=text
        )
        _note(handover, question, by, acting.organisation, "", now, note=text)
        _tell_receiver(handover, question, "handover_offered", now)
    return talk


def withdraw(*, handover: Handover, by: User, now: datetime) -> Handover:
    """The sender takes it back and helps on. Raises NotAllowedError, WrongMomentError."""
    with transaction.atomic():
        question, handover = _lock(handover)
        acting = standing.must_lead(by, question, now)
        before = handover.status
        _move(handover, question, S.WITHDRAWN, now)
        entry = _note(
            handover,
            question,
            by,
            acting.organisation,
            _("{sender} blijft u helpen. Uw vraag gaat niet naar {who}.").format(
                sender=handover.sender, who=handover.receiver
            ),
            now,
        )
        _tell_receiver_it_ended(handover, question, entry, before, now)
        tell.resident(question, entry, now)
    return handover


def resident_stops(
    *, handover: Handover, now: datetime, recorded_by: User | None = None
) -> Handover:
    """The resident stops it: the receiver's door is shut at once, the sender stays the lead.

    Works whether the receiver has accepted or not. Raises NotAllowedError for a worker outside the
    work, WrongMomentError where it is over.
    """
    with transaction.atomic():
        question, handover = _lock(handover)
        organisation = _who_heard(recorded_by, question, now)
        _stop(handover, question, S.REVOKED, now, by=recorded_by, organisation=organisation)
    return handover


def met(
    *, handover: Handover, how: str, now: datetime, recorded_by: User | None = None
) -> Handover:
    """The resident has been spoken to by the receiver: the lead moves, the last step.

    `how` is a `ContactMoment.Way`, or "online" where the resident confirms it on their page. The
    sender's basis ends, unless the resident wanted the sender to keep helping. Raises
    NotAllowedError, WrongMomentError.
    """
    with transaction.atomic():
        question, handover = _lock(handover)
        organisation = _who_heard(recorded_by, question, now)
        handover.met_at = now
        handover.met_how = how
        _move(handover, question, S.COMPLETED, now)
        old = standing.basis_of_the_lead(question)
        if question.first_contact_at is None:
            question.first_contact_at = now
        follow_ups.close_open(question, [FollowUp.Kind.FIRST_CONTACT], done=True, now=now)
        told_before = tell.responsible(question)
        stays = (
            handover.sender_stays and old is not None and old.organisation_id == handover.sender_id
        )
        lead.give(
            question=question,
            organisation=handover.receiver,
            worker=_heir(handover, now),
            now=now,
        )
        if stays:
            Referral.objects.create(
                question=question,
                organisation=handover.sender,
                part=Referral.Part.SUPPORT,
                since=now,
            )
        elif old is not None and old.organisation_id != handover.receiver_id:
            sharing.end(basis=old, why="handed_over", now=now)
        entry = _note(
            handover,
            question,
            recorded_by,
            organisation,
            _("U heeft {who} gesproken. {who} helpt u vanaf nu.").format(who=handover.receiver),
            now,
        )
        tell.staff(
            question,
            entry,
            [tell.responsible(question), told_before],
            "question_moved",
            now,
            but=recorded_by,
        )
        tell.resident(question, entry, now)
    return handover


def plan_meeting(
    *, handover: Handover, at: datetime, where: str, by: User, now: datetime
) -> Handover:
    """Plan the conversation of the three. Sends an invitation to all three; again: moves it.

    The deadline of the handover becomes that day. Raises NotAllowedError, and WrongMomentError
    before the receiver has accepted or for a moment that is over.
    """
    with transaction.atomic():
        question, handover = _lock(handover)
        acting = standing.must_work(by, question, now)
        if handover.status != S.ACCEPTED:
            raise WrongMomentError(_("Plan het gesprek als de ontvanger ja heeft gezegd."))
        if at <= now:
            raise WrongMomentError(_("Dit moment is al voorbij."))
        handover.meeting_version += 1
        handover.meeting_at = at
        handover.meeting_where = where
        _wait(handover, question, now)
        entry = _note(
            handover,
            question,
            by,
            acting.organisation,
            _("U maakt kennis op {when} uur.").format(when=date_format(at, "l j F, H.i")),
            now,
            note=where,
        )
        _invite(handover, question, entry, now)
    return handover


def lapse(*, handover: Handover, now: datetime) -> Handover:
    """Three failed tries to reach the resident: back to the sender, who is told and goes on.

    The rule: the receiver's basis ends, the sender (still the lead) gets an appointment after five
    working days to try another way. Never silently. The question is locked by the caller.
    """
    question, handover = _lock(handover)
    before = handover.status
    _move(handover, question, S.LAPSED, now)
    calendar = follow_ups.calendar_of(question)
    follow_ups.make(
        question=question,
        kind=FollowUp.Kind.AGREED,
        what=_("inwoner op een andere manier bereiken: overdracht stopte na drie pogingen"),
        due_on=calendar.add_working_days(local_date(now), 5),
        organisation=question.lead,
        team=question.lead_team,
        worker=question.assigned_to,
        now=now,
    )
    follow_ups.next_step(question)
    entry = timeline.by_system(
        question=question,
        kind=ENTRY,
        text=_("Wij konden u drie keer niet bereiken. {who} blijft u helpen.").format(
            who=handover.sender
        ),
        now=now,
    )
    _tell_sender(question, entry, "handover_stopped", now)
    _tell_receiver_it_ended(handover, question, entry, before, now)
    tell.resident(question, entry, now)
    return handover


def stop_because_moved(*, question: Question, now: datetime) -> Handover | None:
    """End the open handover of a locked question whose lead goes elsewhere, if there is one."""
    return _stop_open(question, S.WITHDRAWN, now)


def stop_because_ended(*, question: Question, now: datetime) -> Handover | None:
    """End the open handover of a locked question that is closed or withdrawn, if there is one."""
    return _stop_open(question, S.REVOKED, now)


def _stop_open(question: Question, target: str, now: datetime) -> Handover | None:
    found = (
        Handover.objects.select_for_update(of=("self",))
        .filter(question=question, status__in=Handover.OPEN)
        .first()
    )
    if found is None:
        return None
    before = found.status
    _move(found, question, target, now)
    entry = timeline.by_system(
        question=question,
        kind=ENTRY,
        text=_("De overdracht aan {who} gaat niet door.").format(who=found.receiver),
        now=now,
    )
    _tell_receiver_it_ended(found, question, entry, before, now)
    return found


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
    _move(handover, question, target, now)
    entry = _note(
        handover,
        question,
        by,
        organisation,
        _("De overdracht aan {who} is gestopt. {sender} blijft u helpen.").format(
            who=handover.receiver, sender=handover.sender
        ),
        now,
    )
    _tell_sender(question, entry, "handover_stopped", now, but=by)
    _tell_receiver_it_ended(handover, question, entry, before, now)


# --- What every step does ------------------------------------------------------------------------
def _lock(handover: Handover) -> tuple[Question, Handover]:
    """Question first, then handover: every verb in this order, so that none waits for another."""
    question = status.lock(handover.question)
    return question, Handover.objects.select_for_update(of=("self",)).get(pk=handover.pk)


def _move(handover: Handover, question: Question, to: str, now: datetime) -> None:
    """Check the table, set the state and its deadline, shut the door where it ends."""
    if to not in MOVES[handover.status]:
        raise WrongMomentError(
            _("Dat kan nu niet meer. De overdracht is intussen: {state}.").format(
                state=handover.get_status_display()
            )
        )
    handover.status = to
    handover.step += 1
    question.last_activity_at = now
    Question.objects.filter(pk=question.pk).update(last_activity_at=now)
    if handover.is_open:
        _wait(handover, question, now)
        return
    handover.ended_at = now
    handover.due_on = None
    handover.due_for = ""
    handover.save()
    follow_ups.close_open(question, [FollowUp.Kind.HANDOVER], done=to == S.COMPLETED, now=now)
    if to != S.COMPLETED and handover.basis is not None:
        sharing.end(basis=handover.basis, why="handover_ended", now=now)
    follow_ups.next_step(question)


def _wait(handover: Handover, question: Question, now: datetime) -> None:
    """Set for whom the clock runs, and until when; what is due stands in a follow-up."""
    state = S(handover.status)
    handover.due_for = TURN[state]
    handover.due_on = _due_on(handover, question, now)
    handover.escalated_at = None
    handover.save()
    theirs = handover.due_for == RECEIVER
    follow_ups.make(
        question=question,
        kind=FollowUp.Kind.HANDOVER,
        what=WHAT[state],
        due_on=handover.due_on,
        organisation=handover.receiver if theirs else handover.sender,
        team=None if theirs else question.lead_team,
        worker=(handover.answered_by if state == S.ACCEPTED else None)
        if theirs
        else question.assigned_to or handover.proposed_by,
        waits_for=FollowUp.WaitsFor(handover.due_for),
        now=now,
    )
    follow_ups.next_step(question)


def _due_on(handover: Handover, question: Question, now: datetime) -> date:
    calendar = follow_ups.calendar_of(question)
    if handover.status == S.ACCEPTED:
        if handover.meeting_at is not None and handover.meeting_at > now:
            return calendar.add_working_days(local_date(handover.meeting_at), 0)
        return calendar.add_working_days(local_date(now), question.partnership.contact_within)
    return calendar.add_working_days(local_date(now), question.partnership.handover_answer_within)


def _can_receive(question: Question, to: Organisation, now: datetime) -> None:
    if to.id == question.lead_id:
        raise WrongMomentError(_("Deze vraag ligt al bij {who}.").format(who=to))
    on = local_date(now)
    part = question.partnership.participations.filter(organisation=to, picks_up=True).first()
    if part is None or part.since > on or (part.until is not None and part.until < on):
        raise WrongMomentError(_("Deze organisatie pakt hier geen vragen op."))


def receiving_as(user: User, handover: Handover, on: date) -> Membership | None:
    """The role by which `user` may answer for the receiver: an intake worker there. Or None."""
    mine = standing.memberships(user, handover.question, on)
    return next(
        (
            m
            for m in mine
            if m.organisation_id == handover.receiver_id and m.role in INTAKE_ROLES and m.reads_new
        ),
        None,
    )


def must_receive(user: User, handover: Handover, now: datetime) -> Membership:
    """`receiving_as`, or NotAllowedError."""
    found = receiving_as(user, handover, local_date(now))
    if found is None:
        raise NotAllowedError(_("Alleen een collega die nieuwe vragen leest, kan antwoorden."))
    return found


def _who_heard(user: User | None, question: Question, now: datetime) -> Organisation | None:
    """For which organisation a worker records what the resident said; None: the resident did it."""
    return None if user is None else standing.must_work(user, question, now).organisation


def _heir(handover: Handover, now: datetime) -> User | None:
    """Who said yes, while they still work there; else nobody and it waits to be picked up."""
    who = handover.answered_by
    if who is None:
        return None
    mine = standing.memberships(who, handover.question, local_date(now))
    works_there = any(
        m.organisation_id == handover.receiver_id and m.role in CASE_ROLES for m in mine
    )
    return who if works_there else None


def _note(
    handover: Handover,
    question: Question,
    by: User | None,
    organisation: Organisation | None,
    text: str,
    now: datetime,
    *,
    note: str = "",
) -> TimelineEntry:
    if by is None or organisation is None:
        return timeline.by_resident(question=question, kind=ENTRY, text=text, note=note, now=now)
    return timeline.by_staff(
        question=question,
        kind=ENTRY,
        user=by,
        organisation=organisation,
        text=text,
        note=note,
        for_resident=bool(text),
        now=now,
    )


def path_of(handover: Handover) -> str:
    """The receiver's way in: the minimal summary."""
    return f"/vraagstuk/overdracht/{handover.id}/"


def _tell_receiver(handover: Handover, question: Question, template: str, now: datetime) -> None:
    on = local_date(now)
    workers = tell.intake_workers(handover.receiver_id, question.partnership_id, on)
    assert handover.due_on is not None
    for recipient in [tell.mailbox(handover.receiver), *map(tell.user, workers)]:
        outbox.queue(
            partnership_id=question.partnership_id,
            subject_kind=KIND,
            subject_id=handover.id,
            due_version=handover.step,
            recipient=recipient,
            template=template,
            context={
                "reference": question.reference,
                "path": path_of(handover),
                "due_on": handover.due_on.isoformat(),
            },
            about_id=question.id,
            now=now,
        )


def _tell_sender(
    question: Question,
    entry: TimelineEntry,
    template: str,
    now: datetime,
    *,
    but: User | None = None,
) -> None:
    tell.staff(question, entry, [tell.responsible(question)], template, now, but=but)


def _tell_receiver_it_ended(
    handover: Handover, question: Question, entry: TimelineEntry, before: str, now: datetime
) -> None:
    """Only who knew of it is told that it is over."""
    if before == S.PROPOSED:
        return
    who = handover.answered_by
    told = tell.user(who) if who is not None else tell.mailbox(handover.receiver)
    tell.staff(
        question, entry, [told], "handover_stopped", now, but=entry.actor, path=path_of(handover)
    )


def _invite(handover: Handover, question: Question, entry: TimelineEntry, now: datetime) -> None:
    assert handover.meeting_at is not None
    invitation = Invitation(
        uid=f"handover-{handover.id}@voordeur",
        starts=handover.meeting_at,
        ends=handover.meeting_at + MEETING_LASTS,
        made_at=now,
        sequence=handover.meeting_version - 1,
        title=_("Kennismaking, vraag {reference}").format(reference=question.reference),
        place=handover.meeting_where,
    )
    people = [p for p in (handover.answered_by, question.assigned_to) if p is not None]
    tell.staff(
        question,
        entry,
        [tell.user(p) for p in people],
        "appointment_planned",
        now,
        invitation=invitation,
    )
    tell.resident(question, entry, now, template="appointment", invitation=invitation)
