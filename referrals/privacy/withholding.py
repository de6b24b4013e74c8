"""Withhold a log entry from the resident's page for a time (invariant 6).

    request(question=, event=, reason=, review_on=, by=, now=)   by somebody who works on it
    approve(withholding=, by=, now=)                             only now the entry is withheld
    prolong(withholding=, reason=, review_on=, by=, now=)        at the review, by a second person
    end(withholding=, by=, now=)                                 the resident may read it again

For when the list could endanger someone: a report to Veilig Thuis, a partner who has the code. Two
people of one organisation decide, until a review day; from that day on the entry is shown.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from intake.questions import status, timeline
from intake.questions.models import Question, TimelineEntry
from intake.questions.sentences import Sentence
from intake.questions.status import WrongMomentError
from organisations.directory.models import Organisation
from organisations.roles.models import Membership, Role
from referrals.casework_base import acting_membership, notify
from referrals.casework_base.acting_membership import NotAllowedError
from referrals.follow_ups import services as follow_up_services
from referrals.follow_ups.models import FollowUp
from referrals.privacy import sentences
from welzijn.accounts.models import User
from welzijn.audit.models import AccessEvent, Withholding
from welzijn.core.working_days import local_date
from welzijn.notifications import outbox
from welzijn.notifications.models import Message

KIND = "withholding"
# Withholding is the exception: two people review it at least every half year.
MAX_PERIOD = timedelta(days=183)


def request(
    *,
    question: Question,
    event: AccessEvent,
    reason: str,
    review_on: date,
    by: User,
    now: datetime,
) -> Withholding:
    """Ask to withhold an entry of this question's log from the resident's page until `review_on`.

    Notifies the possible approvers; the resident's timeline shows nothing. Raises NotAllowedError,
    WrongMomentError for a day in the past or beyond MAX_PERIOD, for an entry of another question or
    one requested before, and ValueError without a reason.
    """
    if not reason.strip():
        raise ValueError("withholding has a reason")
    with transaction.atomic():
        question = status.lock(question)
        acting = acting_membership.must_work(by, question, now)
        if event.question_id != question.pk:
            raise WrongMomentError(_("Deze regel hoort niet bij deze vraag."))
        if Withholding.objects.filter(event=event).exists():
            raise WrongMomentError(_("Voor deze regel is al gevraagd om afschermen."))
        day = _review_day(review_on, now)
        requested = Withholding.objects.create(
            event=event,
            reason=reason.strip(),
            requested_by=by,
            requested_at=now,
            review_on=day,
        )
        _record_for_staff(
            question,
            by,
            acting.organisation,
            sentences.ASKED(),
            now,
        )
        on = local_date(now)
        for approver in approvers(acting.organisation, question, on, exclude=by):
            outbox.queue(
                partnership_id=question.partnership_id,
                subject_kind=KIND,
                subject_id=requested.pk,
                recipient=notify.user(approver),
                template="followup_due",
                context={"reference": question.reference, "path": path_of(requested)},
                about_id=question.pk,
                urgent=True,
                now=now,
            )
    return requested


def path_of(withholding: Withholding) -> str:
    """Return the path of the page for approvers."""
    return f"/vraagstuk/afscherming/{withholding.pk}/"


def approvers(
    organisation: Organisation, question: Question, on: date, *, exclude: User
) -> list[User]:
    """Return the coordinators and intake workers of an organisation, without the requester."""
    memberships = (
        Membership.objects.active(on)
        .filter(partnership_id=question.partnership_id, organisation=organisation)
        .select_related("user")
        .order_by("granted_at", "id")
    )
    people = [m.user for m in memberships if m.role == Role.COORDINATOR or m.reads_new]
    return [user for user in dict.fromkeys(people) if user != exclude]


def may_approve(user: User, withholding: Withholding, on: date) -> Membership | None:
    """Return the membership by which `user` may approve, or None; never the requester's."""
    if user.pk == withholding.requested_by_id or not user.is_active:
        return None
    active = Membership.objects.active(on).filter(partnership=withholding.event.partnership_id)
    theirs = set(
        active.filter(user=withholding.requested_by_id).values_list("organisation", flat=True)
    )
    mine = active.filter(user=user, organisation__in=theirs).select_related("organisation")
    return next((m for m in mine if m.role == Role.COORDINATOR or m.reads_new), None)


def approve(*, withholding: Withholding, by: User, now: datetime) -> Withholding:
    """Withhold the entry until the review day, for which a follow-up is made.

    Idempotent. Raises NotAllowedError, and WrongMomentError after the review day.
    """
    with transaction.atomic():
        question, withholding, member = _lock_for_approval(withholding, by, now)
        if withholding.approved_at is not None:
            return withholding
        if withholding.review_on <= local_date(now):
            raise WrongMomentError(_("De dag van terugkijken is al voorbij."))
        withholding.approved_by = by
        withholding.approved_at = now
        withholding.save(update_fields=["approved_by", "approved_at"])
        _schedule_review(question, withholding, member.organisation, now)
        _record_for_staff(question, by, member.organisation, sentences.APPROVED(), now)
    return withholding


def prolong(
    *, withholding: Withholding, reason: str, review_on: date, by: User, now: datetime
) -> Withholding:
    """Withhold the entry until a later day, without a gap; not by the requester.

    Raises NotAllowedError, WrongMomentError if it isn't approved, ValueError without a reason.
    """
    if not reason.strip():
        raise ValueError("withholding has a reason")
    with transaction.atomic():
        question, withholding, member = _lock_for_approval(withholding, by, now)
        if withholding.approved_at is None:
            raise WrongMomentError(_("Dit is nog niet goedgekeurd."))
        withholding.reason = reason.strip()
        withholding.review_on = _review_day(review_on, now)
        withholding.approved_by = by
        withholding.approved_at = now
        withholding.save()
        _schedule_review(question, withholding, member.organisation, now)
        _record_for_staff(question, by, member.organisation, sentences.PROLONGED(), now)
    return withholding


def end(*, withholding: Withholding, by: User, now: datetime) -> Withholding:
    """End the withholding or refuse the request: the entry is shown. Raises NotAllowedError."""
    with transaction.atomic():
        question, withholding, member = _lock_for_approval(withholding, by, now)
        withholding.review_on = local_date(now)
        withholding.save(update_fields=["review_on"])
        _close_review(question, now)
        _record_for_staff(question, by, member.organisation, sentences.ENDED(), now)
    return withholding


def requests_for(question: Question) -> list[Withholding]:
    """Return the requests of a question, latest first."""
    return list(
        Withholding.objects.filter(event__question_id=question.pk)
        .select_related(
            "event", "event__actor", "event__organisation", "requested_by", "approved_by"
        )
        .order_by("-requested_at")
    )


def still_waiting(messages: Sequence[Message], _now: datetime) -> set[UUID]:
    """Return the ids of the messages whose request is not approved yet. For the outbox."""
    waiting = set(
        Withholding.objects.filter(
            pk__in=[m.subject_id for m in messages], approved_at__isnull=True
        ).values_list("pk", flat=True)
    )
    return {m.id for m in messages if m.subject_id in waiting}


def _lock_for_approval(
    withholding: Withholding, by: User, now: datetime
) -> tuple[Question, Withholding, Membership]:
    assert withholding.event.question_id is not None
    question = status.lock(Question.objects.get(pk=withholding.event.question_id))
    withholding = Withholding.objects.select_for_update(of=("self",)).get(pk=withholding.pk)
    member = may_approve(by, withholding, local_date(now))
    if member is None:
        raise NotAllowedError(_("Een tweede persoon van uw organisatie keurt dit goed."))
    return question, withholding, member


def _review_day(day: date, now: datetime) -> date:
    today = local_date(now)
    if day <= today:
        raise WrongMomentError(_("Kies een dag na vandaag."))
    if day > today + MAX_PERIOD:
        raise WrongMomentError(_("Kies een dag binnen een half jaar."))
    return day


def _schedule_review(
    question: Question, withholding: Withholding, organisation: Organisation, now: datetime
) -> None:
    """Make the review due a working day before the entry would show, so that two can decide."""
    _close_review(question, now)
    calendar = follow_up_services.calendar_of(question)
    first = (
        Withholding.objects.filter(
            event__question_id=question.pk,
            approved_at__isnull=False,
            review_on__gt=local_date(now),
        )
        .order_by("review_on")
        .first()
    )
    assert first is not None
    follow_up_services.make(
        question=question,
        kind=FollowUp.Kind.REVIEW,
        what=sentences.DUE_REVIEW(),
        due_on=max(calendar.add_working_days(first.review_on, -1), local_date(now)),
        organisation=organisation,
        worker=withholding.requested_by,
        by=withholding.approved_by,
        now=now,
    )


def _close_review(question: Question, now: datetime) -> None:
    follow_up_services.close_open(question, [FollowUp.Kind.REVIEW], done=True, now=now)


def _record_for_staff(
    question: Question, by: User, organisation: Organisation, sentence: Sentence, now: datetime
) -> None:
    timeline.by_staff(
        question=question,
        kind=TimelineEntry.Kind.SAFETY,
        user=by,
        organisation=organisation,
        sentence=sentence,
        for_resident=False,
        now=now,
    )
