"""The one door for every text that a resident writes about a question that exists.

    resident_wrote(question=, kind=, sentence=, now=)  the text on the timeline, listened to
    listen(question=, entry=, text=, now=)             the same for a text that others wrote down
    give_answer(heard=, answer=, now=)                 "Is er nu gevaar?"

`timeline.by_resident` refuses text: who stores words of a resident comes through here. The form of
a new question listens before there is a question (`intake/ask/conversation.py`, `intake/desk`).
"""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from intake.danger import alarm
from intake.danger import sentences as danger_sentences
from intake.danger.models import HeardDanger
from intake.questions import sentences, status, timeline
from intake.questions.models import Question, TimelineEntry
from intake.questions.sentences import Sentence
from organisations.triage_hints import find_danger
from organisations.triage_hints.danger import Heard as Stretch
from welzijn.accounts.models import User

Answer = HeardDanger.Answer


def kinds_in(texts: Iterable[str]) -> list[str]:
    """Return the kinds of danger that these texts may mean; none for most."""
    found = find_danger("\n".join(text for text in texts if text))
    return [str(kind.value) for kind in found.kinds] if found else []


def stretches_in(text: str) -> tuple[Stretch, ...]:
    """Return the stretches of a text that raised danger, for who may read the question.

    Listened to anew: the words are kept once, where they were written.
    """
    found = find_danger(text)
    return found.heard if found else ()


def resident_wrote(
    *,
    question: Question,
    kind: TimelineEntry.Kind,
    sentence: Sentence,
    note: str = "",
    for_resident: bool = True,
    now: datetime,
) -> TimelineEntry:
    """Write a resident's own words on the timeline of a locked question, and listen to them."""
    entry = timeline.words_of_resident(
        question=question,
        kind=kind,
        sentence=sentence,
        note=note,
        for_resident=for_resident,
        now=now,
    )
    listen(question=question, entry=entry, text=words_in(entry), now=now)
    return entry


def words_in(entry: TimelineEntry) -> str:
    """Return the words that somebody typed in an entry."""
    own = sentences.written_in(entry.sentence, entry.parameters)
    return "\n".join(filter(None, [*own, entry.note]))


def typed_words(heard: HeardDanger) -> str:
    """Return the words in which danger was heard; only for who may read the question."""
    if heard.entry is not None:
        return words_in(heard.entry)
    question = heard.question
    return "\n".join(
        filter(None, [question.words, *(text for _q, text in question.opening_answers)])
    )


def listen(
    *,
    question: Question,
    entry: TimelineEntry,
    text: str,
    now: datetime,
    exclude: User | None = None,
) -> HeardDanger | None:
    """Record danger in a text of a locked question, mark the question, and raise the alarm.

    It is marked as the words it comes in with are: to be judged by a person, and soon. Returns
    what was recorded; None where nothing was heard. `exclude` is the colleague who typed it.
    """
    kinds = kinds_in([text])
    if not kinds:
        return None
    return record(question=question, entry=entry, kinds=kinds, words=text, now=now, exclude=exclude)


def record(
    *,
    question: Question,
    entry: TimelineEntry,
    kinds: list[str],
    words: str,
    now: datetime,
    exclude: User | None = None,
    danger_now: bool = False,
) -> HeardDanger:
    """Record danger of a locked question, as heard in an entry or said in so many words."""
    question.maybe_danger = True
    if danger_now:
        question.urgency = Question.Urgency.DANGER
    elif question.urgency == Question.Urgency.NORMAL:
        question.urgency = Question.Urgency.SOON
    question.save(update_fields=["maybe_danger", "urgency"])
    heard = HeardDanger.objects.create(
        question=question,
        entry=entry,
        at=now,
        kinds=kinds,
        answer=Answer.NOW if danger_now else "",
        answered_at=now if danger_now else None,
    )
    alarm.notify(heard, words=words, now=now, exclude=exclude, at_once=danger_now)
    return heard


def latest(question: Question) -> HeardDanger | None:
    """Return what was heard last about a question."""
    return question.heard_danger.select_related("question").first()


def heard_at(question: Question, now: datetime) -> HeardDanger | None:
    """Return what the verb of this moment heard; for the view that called it."""
    return question.heard_danger.filter(at=now).first()


def give_answer(*, heard: HeardDanger, answer: HeardDanger.Answer, now: datetime) -> HeardDanger:
    """Record the resident's answer to "Is er nu gevaar?"; return what holds it.

    "Now" is danger: it is recorded as a thing heard by itself, due to be judged, and told at once,
    also where the words before it were told or judged. "Often" and "no" are kept with the words and
    take nothing back, not an earlier answer either: somebody who is being watched says no, and a
    person judges.
    """
    with transaction.atomic():
        question = status.lock(heard.question)
        heard = HeardDanger.objects.select_for_update().get(pk=heard.pk)
        if answer == Answer.NOW and heard.answer == Answer.NOW:
            return heard
        if answer == Answer.NOW:
            return say_now(question=question, kinds=heard.kinds, now=now)
        if heard.answer in ("", Answer.NO):
            heard.answer, heard.answered_at = answer, now
            heard.save(update_fields=["answer", "answered_at"])
    return heard


def answer_of(
    *, question: Question, heard: HeardDanger | None, answer: HeardDanger.Answer, now: datetime
) -> HeardDanger | None:
    """Record an answer about a question, also where danger was only said or ticked before."""
    if heard is not None:
        return give_answer(heard=heard, answer=answer, now=now)
    if answer != Answer.NOW:
        return None
    with transaction.atomic():
        return say_now(question=status.lock(question), kinds=[], now=now)


def say_now(*, question: Question, kinds: list[str], now: datetime) -> HeardDanger:
    """Record that the resident of a locked question says that there is danger now."""
    entry = timeline.by_resident(
        question=question,
        kind=TimelineEntry.Kind.SAFETY,
        sentence=danger_sentences.SAID_NOW(),
        for_resident=False,
        now=now,
    )
    return record(question=question, entry=entry, kinds=kinds, words="", now=now, danger_now=True)
