"""What happens to stored files by itself: a scan that had to wait, a key that is renewed."""

import logging
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from intake.attachments import cipher, scanning, sentences, services
from intake.attachments.models import Attachment, Scan
from intake.questions import status, timeline
from intake.questions.models import Question, TimelineEntry
from welzijn.sweeps import rows

logger = logging.getLogger(__name__)

_AT_ONCE = 200  # of one run; the next takes what is left
_KEYS_AT_ONCE = 2_000


def scan_waiting(*, now: datetime) -> int:
    """Scan the files that wait for it, the oldest first; return how many got a verdict.

    What is found is destroyed at once, and the timeline says so. A scanner that doesn't answer ends
    the run: everything goes on waiting. Where there is none any more, nothing waits for it.
    """
    waiting = Attachment.objects.filter(scan=Scan.WAITING, payload__isnull=False)
    reached = True

    def scan(keys: Sequence[UUID]) -> int:
        nonlocal reached
        if not scanning.is_configured():
            return waiting.filter(pk__in=keys).update(scan=Scan.NOT_SCANNED)
        if not reached:
            return 0
        try:
            return sum(_scan(key, now) for key in keys)
        except scanning.ScannerUnreachableError:
            reached = False
            return 0

    outcome = rows.work_off(
        "scans of attachments",
        list(waiting.order_by("added_at", "pk").values_list("pk", flat=True)[:_AT_ONCE]),
        scan,
        now=now,
    )
    if not reached:
        logger.warning("attachments: the virus scanner does not answer; files wait for it")
    return outcome.done


def _scan(attachment_id: UUID, now: datetime) -> int:
    found = Attachment.objects.filter(pk=attachment_id, scan=Scan.WAITING).first()
    if found is None or found.payload is None:
        return 0
    verdict = scanning.verdict(services.content(found))
    # The scan takes seconds: the lock comes after it.
    question = status.lock(Question(pk=found.question_id))
    found = Attachment.objects.filter(pk=attachment_id, scan=Scan.WAITING).first()
    if found is None or found.payload is None:
        return 0
    found.scan, found.scanned_at = verdict, now
    if verdict != Scan.INFECTED:
        found.save(update_fields=["scan", "scanned_at"])
        return 1
    found.payload = None
    found.save(update_fields=["scan", "scanned_at", "payload"])
    timeline.by_system(
        question=question,
        kind=TimelineEntry.Kind.ATTACHED,
        sentence=sentences.NOT_SAFE(),
        for_resident=found.for_resident,
        now=now,
    )
    return 1


def renew_keys(*, now: datetime) -> int:
    """Encrypt the keys of files anew that an earlier SECRET_KEY encrypted; return how many.

    After that the earlier one may go from SECRET_KEY_FALLBACKS, as far as files are concerned.
    """
    current = cipher.mark()
    old = Attachment.objects.exclude(key_mark=current)

    def renew(keys: Sequence[UUID]) -> int:
        # Not loaded whole: the payload is not needed.
        found = list(old.filter(pk__in=keys).select_for_update().only("pk", "wrapped_key"))
        for one in found:
            Attachment.objects.filter(pk=one.pk).update(
                wrapped_key=cipher.wrap(cipher.unwrap(one.wrapped_key)), key_mark=current
            )
        return len(found)

    return rows.work_off(
        "keys of attachments",
        list(old.order_by("pk").values_list("pk", flat=True)[:_KEYS_AT_ONCE]),
        renew,
        now=now,
        batch=100,
    ).done
