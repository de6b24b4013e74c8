"""Ask whoever works on another question to put it on the agenda of an MDO.

ask(conference=, reference=, why=, by=, now=)    by reference; says nothing about whether it exists
join(request=, why=, how=, by=, now=)            by its worker, with the yes of its own resident
decline(request=, by=, now=)                     the resident said no, or it doesn't fit

Who asks learns nothing about the question: not that it is there, not who works on it. They see it
on the agenda once its resident said yes. A son's question reaches his parents' MDO this way.
"""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from intake.questions import status
from intake.questions.models import Question, SharingBasis
from intake.questions.status import WrongMomentError
from intake.resident_access import codes
from referrals.casework_base import acting_membership, anonymity_check
from referrals.casework_base.acting_membership import NotAllowedError
from referrals.conferences import agenda, sentences, state_machine
from referrals.conferences.models import AgendaItem, AgendaRequest, Conference, Participant
from referrals.follow_ups import services as follow_up_services
from referrals.follow_ups.models import FollowUp
from welzijn.accounts.models import User
from welzijn.core.working_days import local_date

WITHIN = 2  # working days
# Open at once for one MDO: a household, and no list of references to try.
MOST = 10


def ask(*, conference: Conference, reference: str, why: str, by: User, now: datetime) -> None:
    """Make the asking due for who works on that question, if it is one of ours and open.

    The same for a reference that doesn't exist. Raises NotAllowedError, WrongMomentError, and
    ValidationError for a `why` in which a person of the agenda can be recognised.
    """
    with transaction.atomic():
        conference = state_machine.lock(conference)
        on = local_date(now)
        own = conference.participants.filter(user=by, removed_at__isnull=True).first()
        part = own is not None and state_machine.takes_part(own, on)
        if not part and state_machine.organising_as(by, conference, on) is None:
            raise NotAllowedError(_("U organiseert dit MDO niet (meer)."))
        if not conference.is_open:
            raise WrongMomentError(_("Dit MDO is al gehouden of afgezegd."))
        about = conference.agenda.select_related("question__asker", "question__subject")
        people = [p.name for i in about for p in (i.question.asker, i.question.subject)]
        anonymity_check.check_for(why, people)
        if conference.asked_for.filter(at__date=on).count() >= MOST:
            raise ValidationError(_("U vroeg vandaag al om veel vragen. Probeer het morgen weer."))
        found = Question.objects.filter(
            partnership=conference.partnership_id, reference=codes.clean_reference(reference)
        ).first()
        request = AgendaRequest(conference=conference, asked_by=by, at=now, why=why.strip())
        if found is not None:
            _make_due(request, found, by, now)
        request.save()


def _make_due(request: AgendaRequest, found: Question, by: User, now: datetime) -> None:
    question = status.lock(found)
    on_agenda = request.conference.agenda.filter(question=question).exists()
    if not question.is_open or on_agenda or open_for(question).exists():
        return
    calendar = follow_up_services.calendar_of(question)
    request.question = question
    request.follow_up = follow_up_services.make(
        question=question,
        kind=FollowUp.Kind.AGREED,
        what=sentences.JOIN(),
        due_on=calendar.add_working_days(local_date(now), WITHIN),
        organisation=question.lead,
        team=question.lead_team,
        worker=question.assigned_to,
        by=by,
        now=now,
    )


def open_for(question: Question) -> QuerySet[AgendaRequest]:
    """Return what is asked about a question and not answered yet."""
    return AgendaRequest.objects.filter(
        question=question,
        follow_up__status=FollowUp.Status.OPEN,
        conference__status__in=Conference.OPEN,
    ).select_related("conference", "follow_up")


def join(
    *, request: AgendaRequest, why: str, how: SharingBasis.How, by: User, now: datetime
) -> AgendaItem:
    """Put the question on the agenda, by its worker, who then takes part.

    Raises NotAllowedError, WrongMomentError.
    """
    with transaction.atomic():
        conference = state_machine.lock(request.conference)
        question = _worked_on(request, by, now)
        works = acting_membership.must_work(by, question, now)
        guest, _made = Participant.objects.get_or_create(
            conference=conference,
            user=by,
            defaults={
                "organisation": works.membership.organisation,
                "invited_at": now,
                "comes": True,
                "answered_at": now,
            },
        )
        if guest.removed_at is not None:
            guest.removed_at = None
            guest.save(update_fields=["removed_at"])
        item = agenda.add_question(
            conference=conference, question=question, why=why, how=how, by=by, now=now
        )
        _end(request, FollowUp.Status.DONE, now)
    return item


def decline(*, request: AgendaRequest, by: User, now: datetime) -> None:
    """Leave the question off the agenda; who asked is told nothing. NotAllowedError."""
    with transaction.atomic():
        state_machine.lock(request.conference)
        _worked_on(request, by, now)
        _end(request, FollowUp.Status.CANCELLED, now)


def _worked_on(request: AgendaRequest, by: User, now: datetime) -> Question:
    if request.question is None:
        raise NotAllowedError(_("U werkt niet (meer) aan deze vraag."))
    question = status.lock(request.question)
    acting_membership.must_work(by, question, now)
    if not open_for(question).filter(pk=request.pk).exists():
        raise WrongMomentError(_("Hierop is al geantwoord."))
    return question


def _end(request: AgendaRequest, to: FollowUp.Status, now: datetime) -> None:
    follow_up = request.follow_up
    assert follow_up is not None
    follow_up.status, follow_up.done_at, follow_up.remind_at = to, now, None
    follow_up.save(update_fields=["status", "done_at", "remind_at"])
    follow_up_services.next_step(follow_up.question)
