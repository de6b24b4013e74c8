"""ClamAV is asked over its socket; without an answer a file waits."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from intake.attachments import scanning, services
from intake.attachments.files import Refusal, RefusedFileError
from intake.attachments.models import Scan
from tests.intake.attachments import clamd, pictures


@pytest.fixture
def scanner(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """A running scanner that the settings name."""
    monkeypatch.setattr(scanning, "ANSWER_SECONDS", 0.5)
    with clamd.running(tmp_path) as server:
        settings.CLAMAV_URL = server.url
        yield server


def test_without_a_scanner_nothing_is_scanned(settings: Any) -> None:
    settings.CLAMAV_URL = ""
    assert scanning.verdict(pictures.EICAR) == Scan.NOT_SCANNED


def test_a_clean_file_is_clean_and_arrives_whole(scanner: Any) -> None:
    data = bytes(range(256)) * 1_000
    assert scanning.verdict(data) == Scan.CLEAN
    assert scanner.seen == [data]


def test_the_test_virus_is_found(scanner: Any) -> None:
    assert scanning.verdict(pictures.PDF + pictures.EICAR) == Scan.INFECTED
    assert scanner.seen


def test_it_speaks_tcp_too(tmp_path: Path, settings: Any) -> None:
    with clamd.running(tmp_path, tcp=True) as server:
        settings.CLAMAV_URL = server.url
        assert scanning.verdict(pictures.EICAR) == Scan.INFECTED


@pytest.mark.parametrize("mood", ["silent", "hangs up", "too large", "rubbish"])
def test_no_usable_answer_lets_a_file_wait(scanner: Any, mood: str) -> None:
    scanner.mood = mood
    with pytest.raises(scanning.ScannerUnreachableError):
        scanning.verdict(pictures.PDF * 5_000)
    assert scanning.verdict_or_waiting(pictures.PDF) == Scan.WAITING


@pytest.mark.parametrize("url", ["unix:///nowhere/clamd.sock", "tcp://127.0.0.1:1"])
def test_a_scanner_that_is_not_there_lets_a_file_wait(settings: Any, url: str) -> None:
    settings.CLAMAV_URL = url
    assert scanning.verdict_or_waiting(pictures.PDF) == Scan.WAITING
    assert services.examine(pictures.PDF).scan == Scan.WAITING


def test_an_infected_file_is_refused_before_it_is_decoded(scanner: Any) -> None:
    with pytest.raises(RefusedFileError) as caught:
        services.examine(pictures.jpeg() + pictures.EICAR)
    assert caught.value.why == Refusal.INFECTED
    assert scanner.seen == [pictures.jpeg() + pictures.EICAR]
