"""A lost code at the desk: reissued if that is safe, else left to a colleague.

Somebody in the same home may hold the card with the reference, and knows name and number. So the
desk issues a code only if the asker gave such a detail and nothing points to danger. In all other
cases it issues none: the resident's page says that somebody asked (the code keeps working), and the
responsible colleague speaks with the resident first (`resident_portal/code_by_phone_views.py`).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction

from intake.desk.lookup import organisation_of_desk
from intake.questions import question_sentences, responsible, timeline
from intake.questions.models import Question, TimelineEntry
from intake.questions.sentences import Sentence
from intake.resident_access import code_entry, codes
from organisations.directory.models import Organisation
from organisations.partnerships.models import Partnership
from organisations.roles.models import Role
from welzijn.accounts.models import User
from welzijn.audit import access_log
from welzijn.audit.models import AccessEvent
from welzijn.audit.reasons import Reason
from welzijn.core.contact_details import clean_phone
from welzijn.core.name_matching import fold
from welzijn.notifications import outbox

KIND = "question.code"
ASKED_AGAIN_AFTER = timedelta(days=1)


class NotRecognisedError(Exception):
    """Reference and detail don't match, or no such question exists; it doesn't say which."""


class ColleagueFirstError(Exception):
    """The desk issues no code; if the question exists, the responsible colleague was notified."""


@dataclass(frozen=True, slots=True)
class _Desk:
    """The desk worker, their organisation, and the moment."""

    user: User
    organisation: Organisation
    now: datetime


def issue_code(
    *,
    user: User,
    partnership: Partnership,
    reference: str,
    detail: str,
    now: datetime,
) -> tuple[Question, str]:
    """Issue a new code to a resident at the desk; return the question and the code.

    The resident gives the reference and a phone number, e-mail address or name that they gave
    before; an empty `detail` means that they gave none or don't remember it. The old code stops
    working and the resident's page says that a new one was issued.
    Raises NotRecognisedError; ColleagueFirstError if the detail is empty (also for an unknown
    reference) or something points to danger; and `code_entry.TooManyTriesError` while the next try
    of this worker for this reference has to wait.
    """
    at = _Desk(user, organisation_of_desk(user, partnership, now), now)
    typed, reference = reference, codes.clean_reference(reference)
    # As typed, if it can't be a reference: those are not one and the same.
    subject = codes.subject_digest("desk", partnership.id, user.pk, reference or typed)
    with transaction.atomic():
        code_entry.refuse_while_waiting(subject, now)
        question = (
            Question.objects.select_for_update(no_key=True, of=("self",))
            .filter(partnership=partnership, reference=reference)
            .select_related("asker", "lead", "lead_team__organisation", "assigned_to")
            .first()
        )
        recognised = question is not None and _recognised(question, detail)
        reportable = recognised or not detail.strip()
        given = recognised and question is not None and not _may_be_unsafe(question)
        code_entry.count_try(subject, given, now)
        if question is not None and reportable and not given:
            _ask_colleague(question, at)
        if given:
            assert question is not None
            return question, _give(question, at)
    if reportable:
        raise ColleagueFirstError
    raise NotRecognisedError


def _recognised(question: Question, detail: str) -> bool:
    folded = fold(detail)
    if not folded:
        return False
    known = {fold(d.value) for d in question.asker.contact_details.all()}
    if question.asker.name:
        known.add(fold(question.asker.name))
    try:
        phone = clean_phone(detail)
    except ValidationError:
        phone = ""
    return folded in known or phone in known


def _may_be_unsafe(question: Question) -> bool:
    """Whether the resident's words or a worker's note since point to danger at home."""
    return (
        question.urgency == Question.Urgency.DANGER
        or question.maybe_danger
        or question.timeline.filter(kind=TimelineEntry.Kind.SAFETY).exists()
    )


def _give(question: Question, at: _Desk) -> str:
    code = code_entry.renew_code(question=question)
    _note(question, at, question_sentences.CODE_AT_DESK())
    _log(question, at, Reason.CODE_AT_DESK)
    return code


def _ask_colleague(question: Question, at: _Desk) -> None:
    """Notify the resident and the responsible colleague; at most once a day."""
    reportable = question_sentences.CODE_ASKED_AT_DESK()
    before = question.timeline.filter(
        kind=TimelineEntry.Kind.CODE,
        sentence=reportable.key,
        at__gt=at.now - ASKED_AGAIN_AFTER,
    )
    _log(question, at, Reason.CODE_REQUESTED)
    if before.exists():
        return
    entry = _note(question, at, reportable)
    outbox.queue(
        partnership_id=question.partnership_id,
        subject_kind=KIND,
        subject_id=entry.pk,
        recipient=responsible.responsible(question),
        template="code_asked",
        context={
            "reference": question.reference,
            "path": f"/vraagstuk/{question.pk}/nieuwe-code/",
        },
        about_id=question.pk,
        urgent=True,
        now=at.now,
    )


def _note(question: Question, at: _Desk, sentence: Sentence) -> TimelineEntry:
    return timeline.by_staff(
        question=question,
        kind=TimelineEntry.Kind.CODE,
        user=at.user,
        organisation=at.organisation,
        sentence=sentence,
        now=at.now,
    )


def _log(question: Question, at: _Desk, reason: str) -> None:
    access_log.record(
        access_log.event(
            now=at.now,
            partnership_id=question.partnership_id,
            actor=at.user,
            organisation_id=at.organisation.id,
            role=Role.FRONT_DESK,
            action=AccessEvent.Action.CHANGE,
            what="code",
            question_id=question.id,
            person_id=question.asker_id,
            reason=reason,
        )
    )
