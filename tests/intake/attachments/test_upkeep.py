"""What happens to stored files by itself: scans that had to wait, and keys that are renewed."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.fernet import InvalidToken
from django.conf import settings as configured
from django.db import connection

from intake.attachments import cipher, services, tasks, upkeep
from intake.attachments.models import Attachment, MediaType, Scan
from intake.attachments.services import Examined
from intake.questions.models import Question
from tests.intake.attachments import clamd, pictures
from tests.support import factories as make
from welzijn.celery import app

pytestmark = pytest.mark.django_db
NOW = make.TUESDAY


def _stored(question: Question, data: bytes = pictures.PDF, scan: Scan = Scan.WAITING) -> None:
    services.store(question=question, given=[Examined(MediaType.PDF, data, scan)], now=NOW)


@pytest.fixture
def question() -> Question:
    """Any question."""
    return make.question(make.world(), "geld")


@pytest.fixture
def scanner(tmp_path: Path, settings: Any) -> Iterator[Any]:
    """A running scanner that the settings name."""
    with clamd.running(tmp_path) as server:
        settings.CLAMAV_URL = server.url
        yield server


def test_the_beat_schedules_it() -> None:
    names = {entry["task"] for entry in app.conf.beat_schedule.values()}
    assert tasks.look_after_attachments.name in names


def test_what_waited_may_be_opened_once_it_was_scanned(question: Question, scanner: Any) -> None:
    _stored(question)
    assert not Attachment.objects.get().is_open
    assert upkeep.scan_waiting(now=NOW) == 1
    assert scanner.seen == [pictures.PDF]
    found = Attachment.objects.get()
    assert (found.scan, found.scanned_at, found.is_open) == (Scan.CLEAN, NOW, True)


def test_what_is_found_is_destroyed_and_said(question: Question, scanner: Any) -> None:
    _stored(question, pictures.PDF + pictures.EICAR)
    _stored(question)
    assert upkeep.scan_waiting(now=NOW) == 2
    first, second = Attachment.objects.order_by("slot")
    assert (first.scan, first.payload, first.is_open) == (Scan.INFECTED, None, False)
    assert second.is_open
    assert question.timeline.filter(sentence="attachment.not_safe").count() == 1


def test_a_scanner_that_does_not_answer_lets_all_wait(
    question: Question, settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    settings.CLAMAV_URL = "unix:///nowhere/clamd.sock"
    _stored(question)
    _stored(question)
    tasks.look_after_attachments()
    assert set(Attachment.objects.values_list("scan", flat=True)) == {Scan.WAITING}
    assert len(caplog.records) == 1
    assert str(question.pk) not in caplog.text


def test_without_a_scanner_nothing_waits_for_one(question: Question, settings: Any) -> None:
    settings.CLAMAV_URL = ""
    _stored(question)
    upkeep.scan_waiting(now=NOW)
    assert Attachment.objects.get().scan == Scan.NOT_SCANNED


def test_nothing_of_a_file_is_readable_in_the_table(question: Question) -> None:
    _stored(question)
    with connection.cursor() as cursor:
        cursor.execute("SELECT a::text FROM intake_attachment a")
        text = cursor.fetchone()[0]
    assert pictures.PDF[:20].hex() not in text
    assert services.content(Attachment.objects.get()) == pictures.PDF


def test_a_file_opens_in_no_other_row(question: Question) -> None:
    _stored(question)
    found = Attachment.objects.get()
    key = cipher.unwrap(found.wrapped_key)
    assert found.payload is not None
    with pytest.raises(InvalidTag):
        cipher.unseal(key, bytes(found.payload), file_id=question.pk)


def test_a_new_secret_key_opens_the_files_of_the_former(question: Question, settings: Any) -> None:
    _stored(question)
    former, sealed = configured.SECRET_KEY, bytes(Attachment.objects.get().payload or b"")
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another-key-" * 5, [former]
    assert services.content(Attachment.objects.get()) == pictures.PDF
    assert upkeep.renew_keys(now=NOW) == 1
    assert upkeep.renew_keys(now=NOW) == 0
    # The former key may go now; the file itself was not written again.
    settings.SECRET_KEY_FALLBACKS = []
    found = Attachment.objects.get()
    assert services.content(found) == pictures.PDF
    assert bytes(found.payload or b"") == sealed


def test_without_the_former_key_a_file_does_not_open(question: Question, settings: Any) -> None:
    _stored(question)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another-key-" * 5, []
    with pytest.raises(InvalidToken):
        services.content(Attachment.objects.get())
