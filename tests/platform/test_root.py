"""PostgreSQL refuses to run as root: how it runs there all the same, in two kinds of machine."""

import os
from pathlib import Path

import pytest

from welzijn.embedded import EmbeddedError, postgres


@pytest.fixture
def as_root(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)


def test_an_ordinary_user_runs_it_as_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert postgres.place(tmp_path).prefix == []


@pytest.mark.usefixtures("as_root")
def test_root_runs_it_in_a_namespace_where_files_stay_where_they_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres, "namespaces_allowed", lambda: True)
    where = postgres.place(tmp_path)
    assert where.prefix[0] == "unshare"
    assert (where.home, where.owner) == (tmp_path, None)


@pytest.mark.usefixtures("as_root")
def test_root_without_any_way_out_is_told_in_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres, "namespaces_allowed", lambda: False)
    monkeypatch.setattr(postgres, "_runs", lambda _command: False)
    with pytest.raises(EmbeddedError, match="DATABASE_URL") as raised:
        postgres.place(tmp_path)
    assert "\n" not in str(raised.value)
