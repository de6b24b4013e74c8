"""Remind whoever has a question that something is asked of them.

remind(question=, by=, now=)    once a day for each question
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from intake.questions import status, timeline
from intake.questions.models import Question, TimelineEntry
from intake.questions.status import WrongMomentError
from organisations.roles import availability
from referrals.casework import sentences
from referrals.casework_base import acting_membership, notify
from referrals.casework_base.acting_membership import NotAllowedError
from referrals.follow_ups import services as follow_up_services
from welzijn.accounts.models import User
from welzijn.core.working_days import local_date, local_moment


def remind(*, question: Question, by: User, now: datetime) -> TimelineEntry:
    """Mail the worker (or the mailbox of the lead) that this question is waited for.

    By a coordinator of the partnership or somebody of the lead. Raises NotAllowedError, and
    WrongMomentError for a closed question or a second time on one day.
    """
    with transaction.atomic():
        question = status.lock(question)
        on = local_date(now)
        acting = acting_membership.leading_as(by, question, on)
        member = (
            acting.membership if acting else acting_membership.coordinating_as(by, question, on)
        )
        if member is None:
            raise NotAllowedError(_("Alleen de organisatie zelf of een coördinator herinnert."))
        follow_up_services.must_be_open(question)
        what = sentences.REMINDED(who=question.lead_team or question.lead)
        if question.timeline.filter(sentence=what.key, at__gte=local_moment(on)).exists():
            raise WrongMomentError(_("Hieraan is vandaag al herinnerd."))
        entry = timeline.by_staff(
            question=question,
            kind=TimelineEntry.Kind.FOLLOW_UP,
            user=by,
            organisation=member.organisation,
            sentence=what,
            for_resident=False,
            now=now,
        )
        worker = question.assigned_to
        stand_in = (
            availability.stand_in(user=worker, partnership_id=question.partnership_id, on=on)
            if worker is not None
            else None
        )
        recipient = notify.user(stand_in) if stand_in else notify.responsible(question)
        notify.staff(question, entry, [recipient], "question_reminder", now, exclude=by)
    return entry
