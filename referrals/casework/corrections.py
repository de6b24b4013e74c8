"""Strike through what one wrote oneself: a contact, a note or a plan. It stays to be read.

can_strike(entry, user_id) -> bool
strike(entry=, reason=, by=, now=) -> StruckEntry
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from intake.questions import status
from intake.questions.models import Question, StruckEntry, TimelineEntry
from intake.questions.status import WrongMomentError
from referrals.casework_base import acting_membership
from referrals.casework_base.models import ContactMoment
from referrals.follow_ups import sentences as follow_up_sentences
from referrals.follow_ups import services as follow_up_services
from referrals.follow_ups.models import FollowUp
from referrals.leads import assignment as lead_assignment
from welzijn.accounts.models import User
from welzijn.core.working_days import local_date

Kind = TimelineEntry.Kind
KINDS = (Kind.CONTACT, Kind.NOTE, Kind.FOLLOW_UP)


def can_strike(entry: TimelineEntry, user_id: UUID | None) -> bool:
    """Whether this user wrote the step themselves, and it is of a kind that can be corrected.

    Of contacts only those that count as one, not what a desk passed on.
    """
    if entry.actor_id != user_id or entry.kind not in KINDS or is_struck(entry):
        return False
    return entry.kind != Kind.CONTACT or hasattr(entry, "contact_moment")


def is_struck(entry: TimelineEntry) -> bool:
    """Whether the step was struck through."""
    return hasattr(entry, "struck")


def needs_reason(entry: TimelineEntry, now: datetime) -> bool:
    """Whether a reason is asked: on the day itself it is a slip of the pen."""
    return local_date(entry.at) != local_date(now)


def strike(*, entry: TimelineEntry, reason: str, by: User, now: datetime) -> StruckEntry:
    """Strike the step through. A contact no longer counts; a plan that is open is cancelled.

    Striking twice changes nothing. Raises NotAllowedError for somebody else's step or who no longer
    works on the question, and WrongMomentError without a reason after the day itself.
    """
    with transaction.atomic():
        question = status.lock(entry.question)
        known = StruckEntry.objects.filter(entry=entry).first()
        if known is not None:
            return known
        acting_membership.must_work(by, question, now)
        if not can_strike(entry, by.pk):
            raise acting_membership.NotAllowedError(
                _("U kunt alleen doorhalen wat u zelf schreef.")
            )
        if not reason and needs_reason(entry, now):
            raise WrongMomentError(_("Schrijf op waarom het niet klopt."))
        struck = StruckEntry.objects.create(
            question=question, entry=entry, at=now, by=by, reason=reason
        )
        if entry.kind == Kind.CONTACT:
            _uncount(question, entry, now)
        elif entry.kind == Kind.FOLLOW_UP:
            _cancel_plan(question, entry, now)
        question.last_activity_at = now
        question.save()
        follow_up_services.next_step(question)
    return struck


def _uncount(question: Question, entry: TimelineEntry, now: datetime) -> None:
    """Work out the first contact again, without this one; it is due again if there is none."""
    spoken = (
        question.contact_moments.counted()
        .filter(outcome=ContactMoment.Outcome.SPOKEN)
        .order_by("at")
        .first()
    )
    first = spoken.at if spoken else None
    if question.first_contact_at is None or question.first_contact_at == first:
        return
    if first is None and question.handovers.filter(met_at=question.first_contact_at).exists():
        return  # They met at a handover.
    question.first_contact_at = first
    if first is None and question.is_open and question.assigned_to is not None:
        lead_assignment.make_first_contact_due(question, now)


def _cancel_plan(question: Question, entry: TimelineEntry, now: datetime) -> None:
    if entry.sentence not in (
        follow_up_sentences.PLANNED.key,
        follow_up_sentences.PLANNED_SHARED.key,
    ):
        return
    FollowUp.objects.filter(
        question=question,
        kind=FollowUp.Kind.AGREED,
        status=FollowUp.Status.OPEN,
        created_at=entry.at,
        created_by=entry.actor,
    ).update(status=FollowUp.Status.CANCELLED, done_at=now, remind_at=None)
