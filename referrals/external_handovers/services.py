"""A warm handover to somebody without an account: a GP, a school, an organisation outside.

The link goes by mail, the code by phone; neither says what it is about. They open the minimal
summary and nothing else (`partner_summary.py`). A partner outside can't lead: the sender stays the
lead and brings resident and partner together. While the partner is silent a follow-up is due: for
the sender first, then it escalates.
"""

from collections.abc import Collection
from datetime import datetime
from functools import partial
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from intake.danger import listening
from intake.questions import status, timeline
from intake.questions.models import Question, SharingBasis, TimelineEntry
from intake.questions.status import WrongMomentError
from intake.resident_access import code_entry, codes
from organisations.directory.display_names import caller_of
from organisations.partnerships.models import Partnership
from referrals.casework_base import acting_membership, anonymity_check, notify
from referrals.external_handovers import sentences
from referrals.external_handovers.models import OutsideHandover
from referrals.external_handovers.partner_summary import find, is_live
from referrals.follow_ups import services as follow_up_services
from referrals.follow_ups.models import FollowUp
from welzijn.accounts.models import User
from welzijn.audit import access_log
from welzijn.audit.models import AccessEvent
from welzijn.core.known_browser import KnownBrowser
from welzijn.core.working_days import local_date
from welzijn.notifications import outbox
from welzijn.notifications.recipients import Recipient

KIND = "outside"
S = OutsideHandover.Status


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
    """Ask a partner outside, after the resident's yes to `by`; return the code to give by phone.

    The code is not stored: if it is lost, withdraw and ask again. Raises ValidationError for a
    summary that identifies the person, NotAllowedError for somebody outside the lead,
    WrongMomentError if this partner was asked before and hasn't answered.
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
            what=sentences.DUE_ANSWER(who=offered.name),
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
            sentence=sentences.OFFERED(who=offered.name, why=offered.why),
            now=now,
        )
        notify.resident(question, entry, now)
        outbox.queue(
            partnership_id=question.partnership_id,
            subject_kind=KIND,
            subject_id=offered.pk,
            recipient=Recipient.mailbox("outside", offered.pk, email=email),
            template="outside_offered",
            context={"path": f"/overdracht/{offered.token}/"}
            | caller_of(offered.sender, question.partnership.desk_phone),
            about_id=question.pk,
            urgent=True,
            now=now,
        )
        _record_activity(question, now)
    return offered, code


def link_subject(token: UUID) -> bytes:
    """Return the digest under which tries for a link are counted."""
    return codes.subject_digest("outside", token)


def open_with_code(
    *,
    token: UUID,
    partnership: Partnership,
    code: str,
    address: str,
    now: datetime,
    browser: KnownBrowser | None = None,
) -> OutsideHandover | None:
    """Return the handover of this link if the code is right, else None; count the try.

    The access is recorded. An unknown link and a wrong code take the same path. Raises
    code_entry.TooManyTriesError while the next try for this link from here has to wait.
    """
    with transaction.atomic():
        handover = code_entry.open_with_code(
            find=partial(find, token=token, partnership=partnership),
            subject=link_subject(token),
            code=code,
            address=address,
            browser=browser,
            now=now,
        )
        if handover is not None and is_live(handover):
            _record_opening(handover, now)
    return handover


def _record_opening(offered: OutsideHandover, now: datetime) -> None:
    """Record the access; the first one also on the resident's timeline, with the partner's name."""
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
            sentence=sentences.OPENED(who=offered.name),
            now=now,
        )


def answer(*, offered: OutsideHandover, accepts: bool, text: str, now: datetime) -> OutsideHandover:
    """Record the partner's yes or no. The lead stays; after a yes it has a next step due.

    Raises ValueError for a no without a reason, WrongMomentError once the handover has ended.
    """
    if not accepts and not text.strip():
        raise ValueError("a no has a reason")
    with transaction.atomic():
        question, offered = _lock(offered)
        _must_be_live(question, offered)
        offered.answer = text.strip()
        _end(offered, S.ACCEPTED if accepts else S.DECLINED, now, done=True)
        sentence_kind = sentences.ACCEPTED if accepts else sentences.DECLINED
        entry = timeline.by_system(
            question=question,
            kind=TimelineEntry.Kind.HANDOVER,
            sentence=sentence_kind(who=offered.name, lead=question.lead),
            note=offered.answer,
            now=now,
        )
        listening.listen(question=question, entry=entry, text=offered.answer, now=now)
        if accepts:
            calendar = follow_up_services.calendar_of(question)
            follow_up_services.make(
                question=question,
                kind=FollowUp.Kind.AGREED,
                what=sentences.DUE_MEETING(who=offered.name),
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
        _record_activity(question, now)
    return offered


def note_silence(*, follow_ups_late: Collection[UUID], now: datetime) -> None:
    """Record, once for each partner, that it did not answer in time. For the sweep."""
    late = OutsideHandover.objects.filter(
        follow_up__in=follow_ups_late, status=S.OFFERED, silent_at__isnull=True
    ).select_related("question__lead")
    for offered in late:
        offered.silent_at = now
        offered.save(update_fields=["silent_at"])
        timeline.by_system(
            question=offered.question,
            kind=TimelineEntry.Kind.HANDOVER,
            sentence=sentences.SILENT(who=offered.name, lead=offered.question.lead),
            now=now,
        )


def withdraw(*, offered: OutsideHandover, by: User, now: datetime) -> OutsideHandover:
    """End the handover for the sender; the link stops working.

    Raises NotAllowedError for somebody outside the lead, WrongMomentError once it has ended.
    """
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
            sentence=sentences.WITHDRAWN(who=offered.name),
            now=now,
        )
        _record_activity(question, now)
    return offered


def stop(*, offered: OutsideHandover, now: datetime) -> OutsideHandover:
    """End the handover for the resident; the link stops working. Raises WrongMomentError."""
    with transaction.atomic():
        question, offered = _lock(offered)
        _must_be_live(question, offered)
        _end(offered, S.STOPPED, now)
        entry = timeline.by_resident(
            question=question,
            kind=TimelineEntry.Kind.REVOKED,
            sentence=sentences.STOPPED(who=offered.name),
            now=now,
        )
        notify.staff(question, entry, [notify.responsible(question)], "handover_stopped", now)
        _record_activity(question, now)
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


def _record_activity(question: Question, now: datetime) -> None:
    Question.objects.filter(pk=question.pk).update(last_activity_at=now)
    follow_up_services.next_step(question)
