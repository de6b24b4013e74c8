"""Writing down what happened with a question."""

from datetime import datetime

from intake.questions.models import Question, TimelineEntry
from organisations.directory.models import Organisation
from welzijn.accounts.models import User


def by_staff(
    *,
    question: Question,
    kind: TimelineEntry.Kind,
    user: User,
    organisation: Organisation,
    text: str,
    note: str = "",
    for_resident: bool = True,
    now: datetime,
) -> TimelineEntry:
    """Something that a member of staff did. `text` is B1 and may be read by the resident."""
    return TimelineEntry.objects.create(
        question=question,
        at=now,
        kind=kind,
        actor_kind=TimelineEntry.Actor.STAFF,
        actor=user,
        organisation=organisation,
        text=text,
        note=note,
        for_resident=for_resident,
    )


def by_resident(
    *, question: Question, kind: TimelineEntry.Kind, text: str, note: str = "", now: datetime
) -> TimelineEntry:
    """Something that the resident did themselves on their page."""
    return TimelineEntry.objects.create(
        question=question,
        at=now,
        kind=kind,
        actor_kind=TimelineEntry.Actor.RESIDENT,
        text=text,
        note=note,
    )


def by_system(
    *,
    question: Question,
    kind: TimelineEntry.Kind,
    text: str,
    for_resident: bool = True,
    now: datetime,
) -> TimelineEntry:
    """Something that happened by itself, because a term passed or a rule decided."""
    return TimelineEntry.objects.create(
        question=question,
        at=now,
        kind=kind,
        actor_kind=TimelineEntry.Actor.SYSTEM,
        text=text,
        for_resident=for_resident,
    )


def who(entry: TimelineEntry) -> str:
    """Who did it, as the resident may read it: an organisation chooses names or functions."""
    if entry.actor is None:
        return ""
    if entry.organisation is not None and not entry.organisation.shows_worker_names:
        return entry.actor.function or str(entry.organisation)
    return entry.actor.name
