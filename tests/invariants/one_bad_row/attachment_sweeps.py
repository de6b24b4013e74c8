"""Photos and PDFs: a hundred that wait for the scanner or for a new key, one that can't be done."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID

from django.test import override_settings

from intake.attachments import services
from intake.attachments.models import Attachment, MediaType, Scan
from intake.attachments.services import Examined
from intake.attachments.tasks import look_after_attachments
from tests.intake.attachments import clamd
from tests.invariants.one_bad_row.faults import MANY, Step
from tests.support import factories as make

Case = tuple[Step, Callable[[], Any], Callable[[], int]]


def _hundred() -> UUID:
    """Files that wait for the scanner, at one question each; the id of the first."""
    make.fresh_front_doors()
    here = make.world()
    waiting = Examined(MediaType.PDF, b"%PDF-1.4 %%EOF", Scan.WAITING)
    for _number in range(MANY):
        services.store(question=make.question(here, "geld"), given=[waiting], now=make.TUESDAY)
    first: UUID = Attachment.objects.order_by("added_at", "pk")[0].pk
    return first


def scans() -> Iterator[Case]:
    """A verdict that can't be written down."""
    first = _hundred()
    with (
        TemporaryDirectory() as folder,
        clamd.running(Path(folder)) as scanner,
        override_settings(CLAMAV_URL=scanner.url),
    ):
        yield (
            Step("scan", table="intake_attachment", statement="UPDATE", key=first),
            look_after_attachments.run,
            lambda: Attachment.objects.filter(scan=Scan.CLEAN).count(),
        )


def keys() -> Iterator[Case]:
    """A key that can't be written down, after SECRET_KEY was replaced."""
    first = _hundred()
    Attachment.objects.update(key_mark="former")
    yield (
        Step("key", table="intake_attachment", statement="UPDATE", key=first),
        look_after_attachments.run,
        lambda: Attachment.objects.exclude(key_mark="former").count(),
    )
