"""The files of a question: adding, listing, reading and removing them.

    store(question=, files=, ...)          add to a locked question, in the caller's transaction
    listing(question)                      what there is, without the files themselves
    read_by_staff / read_by_resident       the one way to a file: logged in the same transaction
    clear(attachment, ...)                 the file goes, its row stays as long as the question

Whoever may read the question's words may read its files, and nobody else: each read asks anew.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404

from intake.access_log.open_question import Opened, open_question
from intake.access_log.resident_log import ATTACHMENT
from intake.attachments import cipher, files, scanning, sentences
from intake.attachments.models import (
    MAX_SIZE,
    MOST_OF_RESIDENT,
    MOST_OF_STAFF,
    Attachment,
    MediaType,
    Scan,
)
from intake.questions import timeline
from intake.questions.models import Question, TimelineEntry
from organisations.directory.models import Organisation
from organisations.partnerships.models import Partnership
from welzijn.accounts.models import User
from welzijn.audit import access_log
from welzijn.audit.models import AccessEvent
from welzijn.audit.reasons import Reason

Source = Attachment.Source
MOST = {Source.RESIDENT: MOST_OF_RESIDENT, Source.STAFF: MOST_OF_STAFF}


@dataclass(frozen=True, slots=True)
class Examined:
    """A file that may be stored, with what the scanner said of it."""

    media_type: MediaType
    data: bytes
    scan: Scan


def examine(data: bytes) -> Examined:
    """Return a file as it may be stored. Raises RefusedFileError.

    The scanner sees what was sent, before anything decodes it.
    """
    if len(data) > MAX_SIZE:
        raise files.RefusedFileError(files.Refusal.TOO_BIG)
    scan = scanning.verdict_or_waiting(data) if data else Scan.NOT_SCANNED
    if scan == Scan.INFECTED:
        raise files.RefusedFileError(files.Refusal.INFECTED)
    safe = files.made_safe(data)
    return Examined(safe.media_type, safe.data, scan)


def present(question: Question) -> QuerySet[Attachment]:
    """Return the files of a question that were not removed, without their content."""
    return (
        Attachment.objects.filter(question=question, removed_at__isnull=True)
        .defer("payload", "wrapped_key")
        .select_related("added_by", "organisation")
    )


def listing(question: Question, *, for_resident: bool = False) -> list[Attachment]:
    """Return the files of a question, the oldest first; of a resident those they may see."""
    found = present(question)
    return list(found.filter(for_resident=True) if for_resident else found)


def room_left(question: Question, source: Attachment.Source) -> int:
    """Return how many more files of this source fit."""
    return MOST[source] - len(_taken(question, source))


def _taken(question: Question, source: Attachment.Source) -> set[int]:
    there = Attachment.objects.filter(question=question, source=source, payload__isnull=False)
    return set(there.values_list("slot", flat=True))


def store(
    *,
    question: Question,
    given: Sequence[Examined],
    now: datetime,
    by: User | None = None,
    organisation: Organisation | None = None,
    for_resident: bool = True,
) -> TimelineEntry:
    """Add files to a locked question, with one entry in its timeline.

    By the resident without `by`. Raises RefusedFileError (TOO_MANY) where they don't all fit; then
    none was added. The caller has asked who may.
    """
    source = Source.STAFF if by is not None else Source.RESIDENT
    free = [n for n in range(1, MOST[source] + 1) if n not in _taken(question, source)]
    if len(given) > len(free):
        raise files.RefusedFileError(files.Refusal.TOO_MANY)
    Attachment.objects.bulk_create(
        [
            _row(question, one, slot, now, by, organisation, for_resident=for_resident)
            for one, slot in zip(given, free, strict=False)
        ]
    )
    question.last_activity_at = now
    question.save(update_fields=["last_activity_at"])
    kind = TimelineEntry.Kind.ATTACHED
    if by is None or organisation is None:
        return timeline.by_resident(
            question=question, kind=kind, sentence=sentences.BY_RESIDENT(), now=now
        )
    return timeline.by_staff(
        question=question,
        kind=kind,
        user=by,
        organisation=organisation,
        sentence=sentences.BY_STAFF() if for_resident else sentences.FOR_COLLEAGUES(),
        for_resident=for_resident,
        now=now,
    )


def _row(
    question: Question,
    one: Examined,
    slot: int,
    now: datetime,
    by: User | None,
    organisation: Organisation | None,
    *,
    for_resident: bool,
) -> Attachment:
    file_id, key = uuid4(), cipher.new_key()
    return Attachment(
        id=file_id,
        question=question,
        source=Source.STAFF if by is not None else Source.RESIDENT,
        slot=slot,
        media_type=one.media_type,
        size=len(one.data),
        added_at=now,
        added_by=by,
        organisation=organisation,
        for_resident=for_resident,
        scan=one.scan,
        scanned_at=now if one.scan == Scan.CLEAN else None,
        wrapped_key=cipher.wrap(key),
        key_mark=cipher.mark(),
        payload=cipher.seal(key, one.data, file_id=file_id),
    )


def content(attachment: Attachment) -> bytes:
    """Return the file itself. Only for what logs the look, and for the scanner."""
    assert attachment.payload is not None  # the caller asked is_open
    key = cipher.unwrap(attachment.wrapped_key)
    return cipher.unseal(key, bytes(attachment.payload), file_id=attachment.pk)


def read_by_staff(
    *, user: User, partnership: Partnership, question_id: UUID, attachment_id: UUID, now: datetime
) -> tuple[Attachment, bytes]:
    """Return a file for who may read the question, and log the look.

    Raises Http404 for what this user may not read, for a file of another question, and for one that
    may not be opened (yet).
    """
    with transaction.atomic():
        opened: Opened = open_question(
            user=user,
            partnership=partnership,
            question_id=question_id,
            why=Reason.ATTACHMENT,
            what=ATTACHMENT,
            now=now,
        )
        found = _openable(Attachment.objects.filter(question=opened.question), attachment_id)
        return found, content(found)


def read_by_resident(
    *, question: Question, attachment_id: UUID, now: datetime
) -> tuple[Attachment, bytes]:
    """Return a file to who opened the question with its code, and log the look; or Http404."""
    with transaction.atomic():
        access_log.record(
            access_log.event(
                now=now,
                partnership_id=question.partnership_id,
                actor_kind=AccessEvent.Kind.RESIDENT,
                action=AccessEvent.Action.READ,
                what=ATTACHMENT,
                question_id=question.pk,
                person_id=question.asker_id,
            )
        )
        found = _openable(
            Attachment.objects.filter(question=question, for_resident=True), attachment_id
        )
        return found, content(found)


def _openable(rows: QuerySet[Attachment], attachment_id: UUID) -> Attachment:
    found = rows.filter(pk=attachment_id).first()
    if found is None or not found.is_open:
        raise Http404
    return found


def clear(attachment: Attachment, *, question: Question, now: datetime) -> None:
    """Destroy the file of a locked question and keep its row: what was there, and until when."""
    attachment.removed_at, attachment.payload = now, None
    attachment.save(update_fields=["removed_at", "payload"])
    question.last_activity_at = now
    question.save(update_fields=["last_activity_at"])
