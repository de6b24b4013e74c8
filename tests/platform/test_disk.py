"""A disk that is really full: a clear one-sentence error and no process left.

The disk is a small one in memory, in a namespace of its own. A machine that forbids namespaces
can't be given one: there only what is told by the words of a full disk is looked at.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.platform.processes import CHECKOUT, eventually, processes_of
from welzijn.devtools import local_services
from welzijn.devtools.local_services import postgres


def on_a_disk_of(megabytes: int, folder: Path, *command: str) -> "subprocess.CompletedProcess[str]":
    """Run Python with a data folder on a disk of this size, as a person would."""
    made = f'mount -t tmpfs -o size={megabytes}m none {folder} && exec "$@"'
    unset = {"WELZIJN_TEST", "DJANGO_SETTINGS_MODULE", "DATABASE_URL", "REDIS_URL"}
    given = {name: value for name, value in os.environ.items() if name not in unset}
    return subprocess.run(
        [
            *("unshare", "--user", "--map-root-user", "--mount"),
            *("sh", "-c", made, "sh", sys.executable, *command),
        ],
        cwd=CHECKOUT,
        env={**given, "WELZIJN_DATA": str(folder / "data")},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_full_disk_is_told_in_one_sentence(tmp_path: Path) -> None:
    if not postgres.namespaces_allowed():
        assert local_services.mentions_full_disk(
            "PANIC:  could not write to file: No space left on device"
        )
        return
    done = on_a_disk_of(2, tmp_path, "manage.py", "migrate", "--verbosity=0")
    assert done.returncode == 1, done.stdout
    assert done.stderr.strip() == (
        f"The disk of {tmp_path / 'data'} is full: make room, "
        "or choose another folder with WELZIJN_DATA."
    )
    assert eventually(lambda: not processes_of(tmp_path / "data"))


def test_server_output_from_before_this_start_is_ignored(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WELZIJN_DATA", str(tmp_path))
    log = tmp_path / "postgres.log"
    lost = Exception("server closed the connection unexpectedly")
    assert not local_services.is_caused_by_full_disk(lost)
    begins = "2026-11-24 14:06:21.470 UTC [10061] LOG:  starting PostgreSQL 18.6\n"
    full = "PANIC:  could not write to file: No space left on device\n"
    log.write_text(begins + full)
    assert local_services.is_caused_by_full_disk(lost)
    log.write_text(begins + full + begins)
    assert not local_services.is_caused_by_full_disk(lost)
