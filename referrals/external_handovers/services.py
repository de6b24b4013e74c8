"""A warm handover to somebody without an account: a GP, a school, an organisation outside.

    offer(question=, name=, email=, why=, summary=, yes_how=, by=, now=)  -> (offered, code)
    open_with_code(token=, partnership=, code=, address=, now=)           the partner's way in
    answer(offered=, accepts=, text=, now=)                               yes or no, with an answer
    withdraw(offered=, by=, now=) / stop(offered=, now=)                  the sender, the resident

The link goes by mail, the code by phone; neither says what it is about. Behind them stands the
minimal summary and nothing else. Somebody outside can't lead: the sender stays the lead and brings
the resident and the partner together. Silence is a follow-up, first of the sender, then further.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from intake.questions import status, timeline
from intake.questions.models import Question, SharingBasis, TimelineEntry
from intake.questions.status import WrongMomentError
from intake.resident_access import code_entry, codes
from organisations.partnerships.models import Partnership
from referrals.casework_base import acting_membership, anonymity_check, notify
from referrals.external_handovers.models import OutsideHandover
from referrals.follow_ups import services as follow_up_services
from referrals.follow_ups.models import FollowUp
from welzijn.accounts.models import User
from welzijn.audit import access_log
from welzijn.audit.models import AccessEvent
from welzijn.core.working_days import local_date
from welzijn.notifications import outbox
from welzijn.notifications.models import Message
from welzijn.notifications.recipients import Recipient

KIND = "outside"
S = OutsideHandover.Status


@dataclass(frozen=True, slots=True)
class Summary:
    """What the partner reads: plain values, so that a template can't walk on to the question."""

    sender: str
    sender_phone: str
    partner: str
    life_domains: tuple[str, ...]
    neighbourhood: str
    urgency: str
    text: str
    due_on: date


def offer(
    *,
    question: Question,
    name: str,
    email: str,
    why: str,
    summary: str,
    yes_how: SharingBasis.How,
    by: User,
    now: datetime,
) -> tuple[OutsideHandover, str]:
    """Ask a partner outside, after the resident's yes to `by`; gives the code to tell by phone.

    The code is stored nowhere: whoever loses it withdraws and asks anew. Raises ValidationError for
    a summary with the person in it, NotAllowedError for somebody outside the lead, WrongMomentError
    where this partner has been asked and hasn't answered.
    """
    with transaction.atomic():
        question = status.lock(question)
        acting = acting_membership.must_lead(by, question, now)
        follow_up_services.must_be_open(question)
        anonymity_check.check(summary, question)
        email = email.strip().lower()
        if question.outside.filter(email=email, status=S.OFFERED).exists():
            raise WrongMomentError(_("Deze partner is al gevraagd en heeft nog niet geantwoord."))
        days = question.partnership.handover_answer_within
        due_on = follow_up_services.calendar_of(question).add_working_days(local_date(now), days)
        code = codes.new_code()
        offered = OutsideHandover(
            question=question,
            sender=acting.organisation,
            sent_by=by,
            sent_at=now,
            name=name.strip(),
            email=email,
            why=why.strip(),
            summary=summary,
            yes_how=yes_how,
            due_on=due_on,
        )
        offered.code_digest = codes.digest(offered.pk, code)
        offered.follow_up = follow_up_services.make(
            question=question,
            kind=FollowUp.Kind.OUTSIDE,
            what=gettext_noop("antwoord van {who}").format(who=offered.name),
            due_on=due_on,
            organisation=question.lead,
            team=question.lead_team,
            worker=by,
            waits_for=FollowUp.WaitsFor.RECEIVER,
            by=by,
            now=now,
        )
        offered.save()
        entry = timeline.by_staff(
            question=question,
            kind=TimelineEntry.Kind.HANDOVER,
            user=by,
            organisation=acting.organisation,
            text=gettext_noop("U vindt het goed dat wij {who} om hulp vragen. {why}").format(
                who=offered.name, why=offered.why
            ),
            now=now,
        )
        notify.resident(question, entry, now)
        outbox.queue(
            partnership_id=question.partnership_id,
            subject_kind=KIND,
            subject_id=offered.pk,
            recipient=Recipient.mailbox("outside", offered.pk, email=email),
            template="outside_offered",
            context={"path": f"/overdracht/{offered.token}/"},
            about_id=question.pk,
            urgent=True,
            now=now,
        )
        _active(question, now)
    return offered, code


def open_with_code(
    *, token: UUID, partnership: Partnership, code: str, address: str, now: datetime
) -> OutsideHandover | None:
    """What was offered, for who has link and code; None for a wrong code. A try is counted.

    An unknown link and a wrong code take the same path. Raises access.TooManyTriesError after too
    many tries for this link or from this address.
    """
    subjects = [
        (codes.subject_digest("outside", token), code_entry.TRIES_PER_REFERENCE),
        (codes.subject_digest("address", address), code_entry.TRIES_PER_ADDRESS),
    ]
    with transaction.atomic():
        for subject, limit in subjects:
            code_entry.refuse_after_too_many(subject, now, limit=limit)
        found = find(token=token, partnership=partnership)
        stored = found.code_digest if found is not None else bytes(32)
        matched = codes.matches(found.pk if found is not None else UUID(int=0), code, stored)
        for subject, _limit in subjects:
            code_entry.count_try(subject, matched, now)
        if found is None or not matched:
            return None
        if is_live(found):
            _opened(found, now)
    return found


def find(*, token: UUID, partnership: Partnership) -> OutsideHandover | None:
    """What this link is about, in this partnership."""
    return (
        OutsideHandover.objects.filter(token=token, question__partnership=partnership)
        .select_related("question__neighbourhood", "question__partnership", "sender")
        .first()
    )


def is_live(offered: OutsideHandover) -> bool:
    """Whether there is still something to read and to answer."""
    return offered.status == S.OFFERED and offered.question.is_open


def _opened(offered: OutsideHandover, now: datetime) -> None:
    """The look is in the log; the first one is on the resident's page by name."""
    access_log.record(
        access_log.event(
            now=now,
            partnership_id=offered.question.partnership_id,
            actor_kind=AccessEvent.Kind.SYSTEM,
            action=AccessEvent.Action.READ,
            what="outside summary",
            question_id=offered.question_id,
            basis=SharingBasis.Kind.CONSENT,
        )
    )
    if offered.opened_at is None:
        OutsideHandover.objects.filter(pk=offered.pk).update(opened_at=now)
        timeline.by_system(
            question=offered.question,
            kind=TimelineEntry.Kind.HANDOVER,
            text=gettext_noop("{who} heeft de korte samenvatting gelezen.").format(
                who=offered.name
            ),
            now=now,
        )


def summary_of(offered: OutsideHandover) -> Summary:
    """Life domains, neighbourhood, urgency and the sender's sentences; no person, no words."""
    question = offered.question
    return Summary(
        sender=str(offered.sender),
        sender_phone=question.partnership.desk_phone,
        partner=offered.name,
        life_domains=tuple(
            question.life_domains.order_by("position").values_list("name", flat=True)
        ),
        neighbourhood=str(question.neighbourhood or ""),
        urgency=question.get_urgency_display(),
        text=offered.summary,
        due_on=offered.due_on,
    )


def answer(*, offered: OutsideHandover, accepts: bool, text: str, now: datetime) -> OutsideHandover:
    """The partner's yes or no; a no has a reason. The lead stays, and has a next step after a yes.

    Raises ValueError for a no without a reason, WrongMomentError where it is over.
    """
    if not accepts and not text.strip():
        raise ValueError("a no has a reason")
    with transaction.atomic():
        question, offered = _lock(offered)
        _must_be_live(question, offered)
        offered.answer = text.strip()
        _end(offered, S.ACCEPTED if accepts else S.DECLINED, now, done=True)
        said = (
            gettext_noop("{who} wil u helpen. {lead} brengt u met elkaar in contact.")
            if accepts
            else gettext_noop("{who} kan u niet helpen. {lead} helpt u verder.")
        )
        entry = timeline.by_system(
            question=question,
            kind=TimelineEntry.Kind.HANDOVER,
            text=said.format(who=offered.name, lead=question.lead),
            now=now,
        )
        if offered.answer:
            entry.note = offered.answer
            entry.save(update_fields=["note"])
        if accepts:
            calendar = follow_up_services.calendar_of(question)
            follow_up_services.make(
                question=question,
                kind=FollowUp.Kind.AGREED,
                what=gettext_noop("kennismaken met {who}").format(who=offered.name),
                due_on=calendar.add_working_days(
                    local_date(now), question.partnership.contact_within
                ),
                organisation=question.lead,
                team=question.lead_team,
                worker=question.assigned_to,
                now=now,
            )
        template = "handover_accepted" if accepts else "handover_declined"
        notify.staff(question, entry, [notify.responsible(question)], template, now)
        notify.resident(question, entry, now)
        _active(question, now)
    return offered


def note_silence(*, follow_ups_late: Collection[UUID], now: datetime) -> None:
    """Write down that these partners did not answer in time; once for each. For the sweep."""
    late = OutsideHandover.objects.filter(
        follow_up__in=follow_ups_late, status=S.OFFERED, silent_at__isnull=True
    ).select_related("question__lead")
    for offered in late:
        offered.silent_at = now
        offered.save(update_fields=["silent_at"])
        timeline.by_system(
            question=offered.question,
            kind=TimelineEntry.Kind.HANDOVER,
            text=gettext_noop("{who} heeft nog niet geantwoord. {lead} zoekt dat uit.").format(
                who=offered.name, lead=offered.question.lead
            ),
            now=now,
        )


def withdraw(*, offered: OutsideHandover, by: User, now: datetime) -> OutsideHandover:
    """The sender takes it back; the link opens nothing any more. Raises as `answer`, NotAllowed."""
    with transaction.atomic():
        question, offered = _lock(offered)
        acting = acting_membership.must_lead(by, question, now)
        _must_be_live(question, offered)
        _end(offered, S.WITHDRAWN, now)
        timeline.by_staff(
            question=question,
            kind=TimelineEntry.Kind.HANDOVER,
            user=by,
            organisation=acting.organisation,
            text=gettext_noop("Wij vragen {who} niet meer om hulp.").format(who=offered.name),
            now=now,
        )
        _active(question, now)
    return offered


def stop(*, offered: OutsideHandover, now: datetime) -> OutsideHandover:
    """The resident stops it on their own page: the link opens nothing any more."""
    with transaction.atomic():
        question, offered = _lock(offered)
        _must_be_live(question, offered)
        _end(offered, S.STOPPED, now)
        entry = timeline.by_resident(
            question=question,
            kind=TimelineEntry.Kind.REVOKED,
            text=gettext_noop("U wilt niet meer dat {who} meeleest. Dat is geregeld.").format(
                who=offered.name
            ),
            now=now,
        )
        notify.staff(question, entry, [notify.responsible(question)], "handover_stopped", now)
        _active(question, now)
    return offered


def _lock(offered: OutsideHandover) -> tuple[Question, OutsideHandover]:
    question = status.lock(offered.question)
    offered = OutsideHandover.objects.select_for_update(of=("self",)).get(pk=offered.pk)
    return question, offered


def _must_be_live(question: Question, offered: OutsideHandover) -> None:
    if offered.status != S.OFFERED or not question.is_open:
        raise WrongMomentError(_("Deze vraag is intussen beantwoord of gestopt."))


def _end(offered: OutsideHandover, to: S, now: datetime, *, done: bool = False) -> None:
    offered.status = to
    offered.ended_at = now
    offered.save()
    if offered.follow_up_id is not None:
        FollowUp.objects.filter(pk=offered.follow_up_id, status=FollowUp.Status.OPEN).update(
            status=FollowUp.Status.DONE if done else FollowUp.Status.CANCELLED,
            done_at=now,
            remind_at=None,
        )


def _active(question: Question, now: datetime) -> None:
    Question.objects.filter(pk=question.pk).update(last_activity_at=now)
    follow_up_services.next_step(question)


def still_offered(messages: Sequence[Message], _now: datetime) -> set[UUID]:
    """Of these mails, those about what is still open."""
    live = set(
        OutsideHandover.objects.filter(
            pk__in=[m.subject_id for m in messages],
            status=S.OFFERED,
            question__status__in=["new", "picked_up"],
        ).values_list("pk", flat=True)
    )
    return {m.id for m in messages if m.subject_id in live}
