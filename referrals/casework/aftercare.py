"""The check some weeks after closing, where the worker phones because no message may be sent.

not_reached(question=, by=, now=): a try; the third in vain ends the check. What the resident says
when they are reached is their verdict: `close.give_verdict`.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from intake.questions import status, timeline
from intake.questions.models import Question, TimelineEntry
from intake.questions.status import WrongMomentError
from referrals.casework import contact_moments, sentences
from referrals.casework_base import acting_membership
from referrals.casework_base.models import ContactMoment
from referrals.follow_ups import services as follow_up_services
from referrals.follow_ups.models import FollowUp
from welzijn.accounts.models import User


def open_check(question: Question) -> FollowUp | None:
    """Return the check that is still due, or None."""
    return question.follow_ups.filter(kind=FollowUp.Kind.CHECK, status=FollowUp.Status.OPEN).first()


def not_reached(*, question: Question, by: User, now: datetime) -> ContactMoment:
    """Record a failed call. After `contact_moments.TRIES` the check ends; the resident reads so.

    Raises NotAllowedError, and WrongMomentError where no check is due any more.
    """
    with transaction.atomic():
        question = status.lock(question)
        acting = acting_membership.must_work(by, question, now)
        check = open_check(question)
        if question.status != Question.Status.CLOSED or check is None:
            raise WrongMomentError(_("Er hoeft niet meer gevraagd te worden hoe het gaat."))
        moment = ContactMoment.objects.create(
            question=question,
            by=by,
            organisation=acting.organisation,
            at=now,
            way=ContactMoment.Way.PHONE,
            outcome=ContactMoment.Outcome.NOT_REACHED,
        )
        last = (
            contact_moments.failed_tries(question, since=question.closed_at)
            >= contact_moments.TRIES
        )
        sentence = sentences.CHECK_NOT_REACHED()
        if last:
            follow_up_services.close_open(question, [FollowUp.Kind.CHECK], now=now)
            sentence = sentences.CHECK_GIVEN_UP()
        timeline.by_staff(
            question=question,
            kind=TimelineEntry.Kind.CONTACT,
            user=by,
            organisation=acting.organisation,
            sentence=sentence,
            now=now,
        )
    return moment
