"""The schedule file of beat tells when the last task was sent, whatever dbm module Python has."""

import os
from pathlib import Path

import pytest
from celery import Celery

from welzijn.celery import app
from welzijn.sweeps.beat_scheduler import Scheduler


def test_beat_uses_it_and_writes_after_each_task() -> None:
    assert app.conf.beat_scheduler == f"{Scheduler.__module__}:{Scheduler.__name__}"
    assert app.conf.beat_sync_every == 1


@pytest.mark.parametrize("module", ["dumb", "any"])
def test_the_file_gets_the_date_of_the_last_task(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, module: str
) -> None:
    if module == "dumb":
        monkeypatch.setattr("dbm._defaultmod", __import__("dbm.dumb").dumb)
    file = tmp_path / "schedule"
    scheduler = Scheduler(Celery("test", set_as_current=False), schedule_filename=str(file))
    try:
        for written in tmp_path.iterdir():
            os.utime(written, (1, 1))
        scheduler.sync()
        assert list(tmp_path.iterdir())
        assert min(written.stat().st_mtime for written in tmp_path.iterdir()) > 1
    finally:
        scheduler.close()
