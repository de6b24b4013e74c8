"""Writing down what happened with a question."""

from datetime import datetime

from intake.questions.models import Question, TimelineEntry
from intake.questions.sentences import Sentence, written_in
from organisations.directory.models import Organisation
from welzijn.accounts.models import User


def by_staff(
    *,
    question: Question,
    kind: TimelineEntry.Kind,
    user: User,
    organisation: Organisation,
    sentence: Sentence,
    note: str = "",
    for_resident: bool = True,
    now: datetime,
) -> TimelineEntry:
    """Something that a member of staff did; the resident may read the sentence."""
    return TimelineEntry.objects.create(
        question=question,
        at=now,
        kind=kind,
        actor_kind=TimelineEntry.Actor.STAFF,
        actor=user,
        organisation=organisation,
        sentence=sentence.key,
        parameters=sentence.parameters,
        note=note,
        for_resident=for_resident,
    )


def by_resident(
    *,
    question: Question,
    kind: TimelineEntry.Kind,
    sentence: Sentence,
    for_resident: bool = True,
    now: datetime,
) -> TimelineEntry:
    """Something that the resident did themselves on their page, without words of their own.

    Raises ValueError for a sentence with words: `intake.danger.listening` writes those,
    and listens for danger.
    """
    if written_in(sentence.key, sentence.parameters):
        raise ValueError(f"{sentence.key} holds words: write them through intake.danger")
    return words_of_resident(
        question=question, kind=kind, sentence=sentence, for_resident=for_resident, now=now
    )


def words_of_resident(
    *,
    question: Question,
    kind: TimelineEntry.Kind,
    sentence: Sentence,
    note: str = "",
    for_resident: bool = True,
    now: datetime,
) -> TimelineEntry:
    """Store what the resident wrote; only for `intake.danger.listening`."""
    return TimelineEntry.objects.create(
        question=question,
        at=now,
        kind=kind,
        actor_kind=TimelineEntry.Actor.RESIDENT,
        sentence=sentence.key,
        parameters=sentence.parameters,
        note=note,
        for_resident=for_resident,
    )


def by_system(
    *,
    question: Question,
    kind: TimelineEntry.Kind,
    sentence: Sentence,
    note: str = "",
    for_resident: bool = True,
    now: datetime,
) -> TimelineEntry:
    """Something that happened by itself, because a term passed or a rule decided."""
    return TimelineEntry.objects.create(
        question=question,
        at=now,
        kind=kind,
        actor_kind=TimelineEntry.Actor.SYSTEM,
        sentence=sentence.key,
        parameters=sentence.parameters,
        note=note,
        for_resident=for_resident,
    )


def who(entry: TimelineEntry) -> str:
    """Who did it, as the resident may read it: an organisation chooses names or functions."""
    if entry.actor is None:
        return ""
    if entry.organisation is not None and not entry.organisation.shows_worker_names:
        return entry.actor.function or str(entry.organisation)
    return entry.actor.name
