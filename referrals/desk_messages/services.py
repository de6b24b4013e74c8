"""The desk passes something on to whoever has a question, without reading the question.

pass_on(question=, kind=, who=, about=, when=, by=, now=) -> FollowUp
"""

from datetime import datetime

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from intake.danger import listening
from intake.desk.lookup import organisation_of_desk
from intake.questions import status, timeline
from intake.questions.models import Question, TimelineEntry
from intake.questions.sentences import Sentence
from organisations.directory.models import Organisation
from organisations.roles.models import Role
from referrals.casework_base import notify
from referrals.desk_messages import sentences
from referrals.follow_ups import services as follow_up_services
from referrals.follow_ups.models import FollowUp
from welzijn.accounts.models import User
from welzijn.audit import access_log
from welzijn.audit.models import AccessEvent
from welzijn.audit.reasons import Reason
from welzijn.core.working_days import local_date

# Working days within which it has to be dealt with.
WITHIN = 1


class Kind(models.TextChoices):
    """What the caller wants."""

    CALL_BACK = "call_back", _("Bel terug")
    MESSAGE = "message", _("Geef een boodschap door")
    APPOINTMENT = "appointment", _("Maak een afspraak")


_DUE = {
    Kind.CALL_BACK: (sentences.CALL_BACK, sentences.CALL_BACK_WHEN),
    Kind.MESSAGE: (sentences.MESSAGE, sentences.MESSAGE_WHEN),
    Kind.APPOINTMENT: (sentences.APPOINTMENT, sentences.APPOINTMENT_WHEN),
}
_SENTENCES = {
    Kind.CALL_BACK: sentences.PASSED_ON_CALL_BACK,
    Kind.MESSAGE: sentences.PASSED_ON_MESSAGE,
    Kind.APPOINTMENT: sentences.PASSED_ON_APPOINTMENT,
}


def pass_on(
    *,
    question: Question,
    kind: Kind,
    who: str,
    about: str,
    when: str = "",
    by: User,
    now: datetime,
) -> FollowUp:
    """Make it due within one working day for whoever has the question, and tell them now.

    The resident's page says that it was passed on, not what. Raises IndexError for a user who works
    at no desk here, and WrongMomentError for a question that is closed.
    """
    with transaction.atomic():
        question = status.lock(question)
        organisation = organisation_of_desk(by, question.partnership, now)
        follow_up_services.must_be_open(question)
        what = _what(kind, who, about, when)
        calendar = follow_up_services.calendar_of(question)
        made = follow_up_services.make(
            question=question,
            kind=FollowUp.Kind.DESK,
            what=what,
            due_on=calendar.add_working_days(local_date(now), WITHIN),
            organisation=question.lead,
            team=question.lead_team,
            worker=question.assigned_to,
            by=by,
            now=now,
        )
        details = "\n".join(filter(None, [who, about, when]))
        entry = timeline.by_staff(
            question=question,
            kind=TimelineEntry.Kind.CONTACT,
            user=by,
            organisation=organisation,
            sentence=_SENTENCES[kind](what=what),
            note=details if listening.kinds_in([details]) else "",
            now=now,
        )
        listening.listen(question=question, entry=entry, text=entry.note, now=now, exclude=by)
        _log(question, by, organisation, now)
        follow_up_services.next_step(question)
        notify.staff(question, entry, [notify.responsible(question)], "desk_message", now)
    return made


def _what(kind: Kind, who: str, about: str, when: str) -> Sentence:
    without, with_when = _DUE[kind]
    # A sentence of ours follows: no full stop of theirs in the middle.
    about = about.rstrip(". ")
    return with_when(who=who, about=about, when=when) if when else without(who=who, about=about)


def _log(question: Question, by: User, organisation: Organisation, now: datetime) -> None:
    access_log.record(
        access_log.event(
            now=now,
            partnership_id=question.partnership_id,
            actor=by,
            organisation_id=organisation.pk,
            role=Role.FRONT_DESK,
            action=AccessEvent.Action.CHANGE,
            what="question",
            question_id=question.pk,
            person_id=question.asker_id,
            reason=Reason.DESK_MESSAGE,
        )
    )
