"""The files of a draft: kept encrypted until it is sent, and gone with it.

`secret` is a random text that only the draft holds, and the draft is readable only with the key in
the browser's cookie (`intake/ask/draft.py`): the table alone reveals nothing. Each file has a slot;
the database so holds that a draft has at most three, also where four arrive at once.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID, uuid4

from cryptography.exceptions import InvalidTag
from django.db import IntegrityError, transaction

from intake.attachments import cipher, services
from intake.attachments.files import Refusal, RefusedFileError
from intake.attachments.models import (
    MOST_OF_RESIDENT,
    Attachment,
    DraftAttachment,
    MediaType,
    Scan,
)
from intake.attachments.services import Examined
from intake.questions import status
from intake.questions.models import Question
from welzijn.sweeps import rows

LIFETIME = timedelta(hours=1)  # as that of a draft
# Unsent files of everybody together; each is gone within the hour.
MOST_UNSENT = 600


@dataclass(frozen=True, slots=True)
class Unsent:
    """A file of a draft, without its content."""

    pk: UUID
    media_type: MediaType
    size: int
    scan: Scan

    @property
    def is_photo(self) -> bool:
        """Whether it is a photo, and no PDF."""
        return self.media_type == MediaType.JPEG


def _bundle(secret: str) -> bytes:
    return sha256(b"draft-files-id:" + secret.encode()).digest()


def _key(secret: str) -> bytes:
    return sha256(b"draft-files-key:" + secret.encode()).digest()


def add(*, secret: str, one: Examined, now: datetime) -> None:
    """Keep a file with a draft. Raises RefusedFileError (TOO_MANY, or BUSY in a flood)."""
    if DraftAttachment.objects.count() >= MOST_UNSENT:
        raise RefusedFileError(Refusal.BUSY)
    file_id, key = uuid4(), _key(secret)
    about = {"media_type": one.media_type, "size": len(one.data), "scan": one.scan}
    row = DraftAttachment(
        id=file_id,
        bundle=_bundle(secret),
        about=cipher.seal(key, json.dumps(about).encode(), file_id=file_id),
        payload=cipher.seal(key, one.data, file_id=file_id),
        touched_at=now,
    )
    for _attempt in range(MOST_OF_RESIDENT):
        there = DraftAttachment.objects.filter(bundle=row.bundle)
        taken = set(there.values_list("slot", flat=True))
        free = next((n for n in range(1, MOST_OF_RESIDENT + 1) if n not in taken), None)
        if free is None:
            break
        row.slot = free
        try:
            with transaction.atomic():
                row.save(force_insert=True)
        except IntegrityError:
            continue  # somebody else took this slot in between: this browser, in another tab
        return
    raise RefusedFileError(Refusal.TOO_MANY)


def listing(secret: str) -> list[Unsent]:
    """Return the files of a draft, in the order of their slots."""
    found = DraftAttachment.objects.filter(bundle=_bundle(secret)).defer("payload")
    return [_opened(row, secret) for row in found]


def _opened(row: DraftAttachment, secret: str) -> Unsent:
    about = json.loads(cipher.unseal(_key(secret), bytes(row.about), file_id=row.pk))
    return Unsent(row.pk, MediaType(about["media_type"]), int(about["size"]), Scan(about["scan"]))


def content(secret: str, file_id: UUID) -> tuple[Unsent, bytes] | None:
    """Return a file of this draft to who has it open; None where there is none."""
    row = DraftAttachment.objects.filter(bundle=_bundle(secret), pk=file_id).first()
    if row is None:
        return None
    try:
        return _opened(row, secret), cipher.unseal(_key(secret), bytes(row.payload), file_id=row.pk)
    except InvalidTag:
        return None


def remove(secret: str, file_id: UUID) -> None:
    """Delete one file of a draft."""
    DraftAttachment.objects.filter(bundle=_bundle(secret), pk=file_id).delete()


def wipe(secret: str) -> None:
    """Delete all files of a draft."""
    DraftAttachment.objects.filter(bundle=_bundle(secret)).delete()


def extend(secret: str, *, now: datetime) -> None:
    """Keep the files of a draft as long as the draft."""
    DraftAttachment.objects.filter(bundle=_bundle(secret)).update(touched_at=now)


def send(
    *,
    secret: str,
    question: Question,
    now: datetime,
    sent: Callable[[Question], object] = lambda _question: None,
) -> None:
    """Move the files of a draft to its question, in the transaction that sends it.

    Sent twice is once: what was moved is no longer there. What doesn't fit any more (three came in
    on the question's own page meanwhile) is left out. `sent` is called where something was moved.
    """
    with transaction.atomic():
        found = list(DraftAttachment.objects.select_for_update().filter(bundle=_bundle(secret)))
        if not found:
            return
        question = status.lock(question)
        room = services.room_left(question, Attachment.Source.RESIDENT)
        given = []
        for row in found[:room]:
            about = _opened(row, secret)
            data = cipher.unseal(_key(secret), bytes(row.payload), file_id=row.pk)
            given.append(Examined(about.media_type, data, about.scan))
        if given:
            services.store(question=question, given=given, now=now)
            sent(question)
        DraftAttachment.objects.filter(pk__in=[row.pk for row in found]).delete()


def delete_expired(*, now: datetime) -> int:
    """Delete files of drafts untouched for an hour; return how many."""
    expired = DraftAttachment.objects.filter(touched_at__lt=now - LIFETIME)
    return rows.work_off(
        "draft files",
        list(expired.values_list("pk", flat=True)),
        lambda keys: expired.filter(pk__in=keys).delete()[0],
        now=now,
        batch=100,
    ).done
