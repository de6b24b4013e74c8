"""How late each scheduled task is, for operators."""

from datetime import timedelta

import pytest
from django.utils import timezone

from referrals.reminders.tasks import sweep_follow_ups
from referrals.retention.tasks import retain_what_is_due
from welzijn.celery import app
from welzijn.sweeps import gauges, runs
from welzijn.sweeps.models import SweepRun

pytestmark = pytest.mark.django_db


def test_a_scheduled_task_records_its_success() -> None:
    assert not SweepRun.objects.exists()
    sweep_follow_ups.apply()
    assert [run.task for run in SweepRun.objects.all()] == [sweep_follow_ups.name]
    assert gauges.lag_seconds()[(sweep_follow_ups.name,)] == 0


def test_a_task_that_fails_records_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("referrals.reminders.sweep.sweep", lambda **_: 1 / 0)
    sweep_follow_ups.apply()
    assert not SweepRun.objects.exists()


@pytest.mark.parametrize(("late", "seconds"), [(-1, 0), (0, 0), (600, 600)])
def test_the_lag_is_the_time_since_the_last_success_less_the_interval(
    late: int, seconds: int
) -> None:
    every = runs.intervals(app)[sweep_follow_ups.name]
    runs.record(sweep_follow_ups.name, timezone.now() - every - timedelta(seconds=late))
    assert gauges.lag_seconds()[(sweep_follow_ups.name,)] == pytest.approx(seconds, abs=5)


def test_what_runs_each_night_is_late_after_a_day() -> None:
    runs.record(retain_what_is_due.name, timezone.now() - timedelta(hours=23))
    assert gauges.lag_seconds()[(retain_what_is_due.name,)] == 0
    assert set(runs.intervals(app)) == {e["task"] for e in app.conf.beat_schedule.values()}
