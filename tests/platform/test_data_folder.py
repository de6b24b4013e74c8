"""The data folder: errors when it can't be used, and no partially written files."""

import errno
from pathlib import Path

import pytest

from welzijn.devtools.local_services import EmbeddedError, allocation, mentions_full_disk
from welzijn.devtools.local_services.data_folder import (
    exclusive_lock,
    explain_disk_errors,
    write_atomically,
)


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (errno.ENOSPC, "is full: make room"),
        (errno.EDQUOT, "is full: make room"),
        (errno.EROFS, "the disk is read-only"),
        (errno.EACCES, "this user may not write there"),
    ],
)
def test_a_disk_that_fails_is_told_in_a_sentence_that_names_the_folder(
    number: int, expected: str
) -> None:
    with pytest.raises(EmbeddedError, match=expected) as raised, explain_disk_errors(Path("data")):
        raise OSError(number, "the system's words")
    assert "WELZIJN_DATA" in str(raised.value)
    assert "data" in str(raised.value)


def test_a_full_disk_is_recognised_by_the_message_of_postgresql() -> None:
    shown = 'could not extend file "base/16384/19079": No space left on device'
    assert mentions_full_disk(shown)
    assert not mentions_full_disk("connection refused")


def test_a_failed_write_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "allocation.json"
    write_atomically(file, "old")

    def fails(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("os.fsync", fails)
    with pytest.raises(EmbeddedError):
        write_atomically(file, "new")
    assert file.read_text() == "old"
    assert file.stat().st_mode & 0o777 == 0o600


def test_a_start_that_takes_too_long_gives_an_error(tmp_path: Path) -> None:
    with (
        exclusive_lock(tmp_path / "start.lock"),
        pytest.raises(EmbeddedError, match="Another process"),
        exclusive_lock(tmp_path / "start.lock", seconds=0),
    ):
        pass


def test_a_damaged_allocation_is_made_anew_only_where_no_cluster_would_be_shut_out(
    tmp_path: Path,
) -> None:
    (tmp_path / "allocation.json").write_text("{ half")
    made = allocation.allocation(tmp_path)
    assert allocation.allocation(tmp_path) == made
    (tmp_path / "postgres").mkdir()
    (tmp_path / "allocation.json").write_text("{ half")
    with pytest.raises(EmbeddedError, match=r"allocation\.json"):
        allocation.allocation(tmp_path)
