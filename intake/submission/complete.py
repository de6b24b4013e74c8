"""Add to a question what is typed later in the same conversation, after its alarm went out.

Who says that there is danger now is heard at once (`intake/ask/views/danger.py`), as they are.
What they fill in afterwards belongs to that question, page by page: they may leave at any moment.
"""

from datetime import datetime

from django.db import transaction

from intake.danger import alarm, listening
from intake.people.models import ContactDetail, ContactWish, Person
from intake.questions import question_sentences, status
from intake.questions.models import Question, QuestionLifeDomain, TimelineEntry
from intake.submission.submission import Submission, people_of, place_of
from organisations.front_door.configuration import FrontDoor

_OF_WISH = (
    "ways",
    "may_leave_message",
    "may_say_who",
    "no_post",
    "times",
    "times_note",
    "language",
    "interpreter",
    "says_je",
)


def complete(
    *, question: Question, submission: Submission, front: FrontDoor, now: datetime
) -> Question:
    """Bring an open question up to date with its form; what is in it already changes nothing.

    New words go on its timeline, through the door that listens; whoever got the alarm is told that
    there is more. Words that were sent are never taken back. An ended question stays as it is.
    """
    with transaction.atomic():
        question = status.lock(question)
        if not question.is_open:
            return question
        _people(question, submission, now)
        place = place_of(submission, front)
        if submission.postcode or place:
            question.postcode = submission.postcode
            question.neighbourhood_id = place.id if place else None
            question.municipality_id = place.municipality if place else None
        question.last_activity_at = now
        question.save()
        _domains(question, submission, front)
        _words(question, submission, now)
    return question


def _people(question: Question, submission: Submission, now: datetime) -> None:
    asker, subject, wish, details = people_of(submission, question.partnership_id, now)
    known = Person.objects.get(pk=question.asker_id)
    known.name = asker.name or known.name
    known.age_band = asker.age_band or known.age_band
    known.save()
    if details or wish.ways:
        # Until the page about contact is answered, what was said of danger holds.
        stored = ContactWish.objects.get(person=known)
        for name in _OF_WISH:
            setattr(stored, name, getattr(wish, name))
        stored.save()
    for detail in details:
        ContactDetail.objects.get_or_create(person=known, kind=detail.kind, value=detail.value)
    if subject is asker:
        return
    question.about, question.subject_knows = submission.about, submission.subject_knows
    if question.subject_id == question.asker_id:
        subject.save(force_insert=True)
        question.subject = subject
    else:
        Person.objects.filter(pk=question.subject_id).update(
            name=subject.name, age_band=subject.age_band
        )


def _domains(question: Question, submission: Submission, front: FrontDoor) -> None:
    chosen = {
        front.domain_by_slug[slug].id
        for slug in submission.life_domains
        if slug in front.domain_by_slug
    }
    present = set(question.domain_links.values_list("life_domain", flat=True))
    QuestionLifeDomain.objects.bulk_create(
        QuestionLifeDomain(question=question, life_domain_id=pk) for pk in chosen - present
    )


def _words(question: Question, submission: Submission, now: datetime) -> None:
    added = question_sentences.WORDS_ADDED.key
    known = {question.words, *(answer for _question, answer in question.opening_answers)}
    known.update(
        question.timeline.filter(sentence=added).values_list("parameters__words", flat=True)
    )
    texts = [submission.words, *(answer for _question, answer in submission.opening_answers)]
    new = [text for text in dict.fromkeys(filter(None, texts)) if text not in known]
    for text in new:
        entry = listening.resident_wrote(
            question=question,
            kind=TimelineEntry.Kind.ADDED,
            sentence=question_sentences.WORDS_ADDED(words=text),
            now=now,
        )
        alarm.notify_of_more(question, subject_id=entry.pk, now=now)
