"""What an MDO is about: its title, and the questions on its agenda.

add_question(conference=, question=, why=, how=, by=, now=)
name(conference=, title=, by=, now=)
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from intake.questions import status, timeline
from intake.questions.models import Question, SharingBasis, TimelineEntry
from intake.questions.status import WrongMomentError
from organisations.roles.models import Membership
from referrals.casework_base import acting_membership, anonymity_check
from referrals.casework_base.acting_membership import NotAllowedError
from referrals.conferences import notifications, sentences, state_machine
from referrals.conferences.models import AgendaItem, Conference
from referrals.follow_ups import services as follow_up_services
from welzijn.accounts.models import User
from welzijn.core.working_days import local_date


def add_question(
    *,
    conference: Conference,
    question: Question,
    why: str,
    how: SharingBasis.How | None = None,
    by: User,
    now: datetime,
) -> AgendaItem:
    """Add another question to the agenda, by who works on it and organises or takes part.

    A son's question comes on the agenda of his parents' MDO by his own worker, with his own yes:
    `how` he gave it. Its resident is invited too. Nobody reads more by it: each question keeps its
    own readers. Raises NotAllowedError, WrongMomentError.
    """
    with transaction.atomic():
        conference = state_machine.lock(conference)
        question = status.lock(question)
        works = acting_membership.must_work(by, question, now)
        acting = _organiser_or_participant(conference, by, works.membership, now)
        follow_up_services.must_be_open(question)
        if not conference.is_open:
            raise WrongMomentError(_("Dit MDO is al gehouden of afgezegd."))
        if conference.agenda.filter(question=question).exists():
            raise WrongMomentError(_("Deze vraag staat al op de agenda."))
        item = AgendaItem.objects.create(
            conference=conference, question=question, why=why.strip(), added_at=now
        )
        timeline.by_staff(
            question=question,
            kind=TimelineEntry.Kind.CONFERENCE,
            user=by,
            organisation=acting.organisation,
            sentence=sentences.PROPOSED(why=why.strip())
            if how is None
            else sentences.ADDED_WITH_YES(why=why.strip(), how=how),
            now=now,
        )
        notifications.resident(conference, item, by, acting, now)
    return item


def name(*, conference: Conference, title: str, by: User, now: datetime) -> Conference:
    """Give it a title that says nothing of a person. Raises NotAllowedError, ValidationError."""
    with transaction.atomic():
        conference = state_machine.lock(conference)
        state_machine.must_organise(by, conference, now)
        about = conference.agenda.select_related("question__asker", "question__subject")
        people = [p.name for i in about for p in (i.question.asker, i.question.subject)]
        anonymity_check.check_for(title, people)
        conference.title = title.strip()
        conference.save(update_fields=["title"])
    return conference


def _organiser_or_participant(
    conference: Conference, by: User, works_as: Membership, now: datetime
) -> Membership:
    on = local_date(now)
    organiser = state_machine.organising_as(by, conference, on)
    if organiser is not None:
        return organiser
    own = conference.participants.filter(user=by, removed_at__isnull=True).first()
    if own is None or not state_machine.takes_part(own, on):
        raise NotAllowedError(_("U organiseert dit MDO niet (meer)."))
    return works_as
