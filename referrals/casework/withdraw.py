"""Verbs of the resident: withdraw a question, add to it.

withdraw(question=, now=, recorded_by=None)
add_words(question=, words=, now=)
"""

from datetime import datetime

from django.db import transaction

from intake.danger import listening
from intake.questions import question_sentences, status, timeline
from intake.questions.models import Question, TimelineEntry
from referrals.casework import close, sentences
from referrals.casework_base import acting_membership, notify
from referrals.follow_ups import services as follow_up_services
from welzijn.accounts.models import User


def withdraw(*, question: Question, now: datetime, recorded_by: User | None = None) -> Question:
    """Withdraw the question for the resident. Ends all follow-ups and an open handover.

    Danger that nobody has judged stays due: who has to withdraw is not safer for it. Withdrawing
    twice changes nothing. `recorded_by` is the worker who heard it. Tells who was
    responsible. Raises NotAllowedError, WrongMomentError for a closed question.
    """
    with transaction.atomic():
        question = status.lock(question)
        if question.status == Question.Status.WITHDRAWN:
            return question
        acting = acting_membership.must_work(recorded_by, question, now) if recorded_by else None
        previously_responsible = notify.responsible(question)
        status.move(question, Question.Status.WITHDRAWN, now=now)
        question.save()
        close.end_all(question, "withdrawn", now)
        sentence = sentences.WITHDRAWN()
        kind = TimelineEntry.Kind.WITHDRAWN
        if recorded_by is None or acting is None:
            entry = timeline.by_resident(question=question, kind=kind, sentence=sentence, now=now)
        else:
            entry = timeline.by_staff(
                question=question,
                kind=kind,
                user=recorded_by,
                organisation=acting.organisation,
                sentence=sentence,
                now=now,
            )
        notify.staff(
            question, entry, [previously_responsible], "resident_reacted", now, exclude=recorded_by
        )
    return question


def add_words(*, question: Question, words: str, now: datetime) -> TimelineEntry:
    """Add the resident's words to the question, and notify whoever is responsible.

    Raises ValueError for nothing, WrongMomentError for a closed question (reopen it instead).
    """
    if not words.strip():
        raise ValueError("nothing was added")
    with transaction.atomic():
        question = status.lock(question)
        follow_up_services.must_be_open(question)
        question.last_activity_at = now
        question.save(update_fields=["last_activity_at"])
        entry = listening.resident_wrote(
            question=question,
            kind=TimelineEntry.Kind.ADDED,
            sentence=question_sentences.WORDS_ADDED(words=words.strip()),
            now=now,
        )
        notify.staff(question, entry, [notify.responsible(question)], "resident_reacted", now)
    return entry
