"""PostgreSQL refuses to run as root: how the product still runs it there."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.platform.processes import CHECKOUT, eventually, processes_of
from welzijn.devtools.local_services import EmbeddedError, postgres


@pytest.fixture
def as_root(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)


def test_an_ordinary_user_runs_it_as_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert postgres.runtime(tmp_path).prefix == []


@pytest.mark.usefixtures("as_root")
def test_root_runs_it_in_a_namespace_where_files_stay_where_they_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres, "namespaces_allowed", lambda: True)
    where = postgres.runtime(tmp_path)
    assert where.prefix[0] == "unshare"
    assert (where.home, where.owner) == (tmp_path, None)


@pytest.mark.usefixtures("as_root")
def test_root_without_any_way_out_is_told_in_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres, "namespaces_allowed", lambda: False)
    monkeypatch.setattr(postgres, "_runs", lambda _command: False)
    with pytest.raises(EmbeddedError, match="DATABASE_URL") as raised:
        postgres.runtime(tmp_path)
    assert "\n" not in str(raised.value)


WITHOUT_NAMESPACES = """
from pathlib import Path
import psycopg
from welzijn.devtools import local_services
from welzijn.devtools.local_services import postgres
postgres.namespaces_allowed = lambda: False
local_services.start_if_needed(throwaway=True, redis=False)
with psycopg.connect(local_services.database_url()) as connection:
    print(connection.execute("SHOW data_directory").fetchone()[0], flush=True)
"""


def test_it_starts_where_namespaces_are_forbidden(tmp_path: Path) -> None:
    data = tmp_path / "data"
    started = subprocess.run(
        [sys.executable, "-c", WITHOUT_NAMESPACES],
        cwd=CHECKOUT,
        env={**os.environ, "WELZIJN_DATA": str(data)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert started.returncode == 0, started.stderr
    cluster = Path(started.stdout.strip())
    assert cluster.name == "postgres"
    assert eventually(lambda: not processes_of(data))
    # As root it stands in a folder of the user nobody, which nobody else can enter.
    assert cluster.parent.stat().st_mode & 0o077 == 0
    if cluster.parent != data:
        assert cluster.parent.stat().st_uid == postgres.NOBODY
        shutil.rmtree(cluster.parent)
