"""The loop of every sweep: the bad row alone is set aside, for a term, with an alarm."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from django.db import OperationalError, connection, transaction

from welzijn.sweeps import rows, set_aside
from welzijn.sweeps.models import SetAside

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 24, 10, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


class Work:
    """Takes numbers, and raises for those in `bad`."""

    def __init__(self, *bad: int) -> None:
        self.bad, self.done, self.calls = set(bad), list[int](), 0

    def __call__(self, keys: Sequence[int]) -> None:
        self.calls += 1
        if self.bad & set(keys):
            raise LookupError("Ada de Wit")
        self.done += keys


def test_a_bad_row_among_a_hundred_costs_a_few_calls_and_no_other_row() -> None:
    work = Work(37)
    outcome = rows.work_off("numbers", range(100), work, now=NOW, batch=100)
    assert (outcome.done, outcome.set_aside) == (99, [37])
    assert sorted(work.done) == [n for n in range(100) if n != 37]
    assert work.calls <= 15


def test_all_bad_are_each_set_aside() -> None:
    work = Work(*range(8))
    assert rows.work_off("numbers", range(8), work, now=NOW, batch=8).set_aside == list(range(8))


def test_a_good_batch_is_one_call() -> None:
    work = Work()
    assert rows.work_off("numbers", range(100), work, now=NOW, batch=50).done == 100
    assert work.calls == 2


def test_it_is_left_out_for_a_term_that_doubles_up_to_six_hours() -> None:
    terms, now = [], NOW
    for _ in range(12):
        rows.work_off("numbers", [1], Work(1), now=now)
        row = SetAside.objects.get()
        assert row.held_until is not None
        terms.append((row.held_until - now) / MINUTE)
        requested = Work()
        rows.work_off("numbers", [1, 2], requested, now=row.held_until - timedelta(seconds=1))
        assert requested.done == [2]
        now = row.held_until
    assert terms == [1, 2, 4, 8, 16, 32, 64, 128, 256, 360, 360, 360]


def test_what_is_mended_is_forgotten() -> None:
    rows.work_off("numbers", [1], Work(1), now=NOW)
    rows.work_off("numbers", [1], Work(), now=NOW + 2 * MINUTE)
    assert not SetAside.objects.exists()


def test_what_a_bad_row_wrote_is_taken_back() -> None:
    def write(keys: Sequence[int]) -> None:
        SetAside.objects.create(
            sweep="written", key=str(keys[0]), error="x", first_at=NOW, last_at=NOW
        )
        if keys[0] == 1:
            raise LookupError

    rows.work_off("numbers", [1, 2], write, now=NOW)
    assert list(SetAside.objects.filter(sweep="written").values_list("key", flat=True)) == ["2"]


def test_a_fault_of_the_database_is_a_row_s_as_well() -> None:
    def divide(keys: Sequence[int]) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 / %s", [keys[0]])

    outcome = rows.work_off("numbers", [1, 0, 2], divide, now=NOW)
    assert (outcome.done, outcome.set_aside) == (2, [0])


def test_the_administrator_is_told_once_of_the_third_failure(monkeypatch, caplog) -> None:
    notified: list[int] = []
    monkeypatch.setattr(set_aside, "_alarm", lambda row, _now: notified.append(row.failures))
    for turn in range(6):
        rows.work_off("numbers", [1], Work(1), now=NOW + turn * timedelta(hours=7))
    assert notified == [3]
    assert "Ada" not in caplog.text
    assert "LookupError" in caplog.text


def test_an_alarm_that_fails_stops_nothing_and_is_given_the_next_time(monkeypatch) -> None:
    def broken(_row: SetAside, _now: datetime) -> None:
        raise RuntimeError

    monkeypatch.setattr(set_aside, "_alarm", broken)
    for turn in range(3):
        rows.work_off("numbers", [1], Work(1), now=NOW + turn * timedelta(hours=7))
    assert SetAside.objects.get().notified_at is None
    monkeypatch.setattr(set_aside, "_alarm", lambda _row, _now: None)
    rows.work_off("numbers", [1], Work(1), now=NOW + timedelta(days=2))
    assert SetAside.objects.get().notified_at is not None


def test_a_part_of_a_task_that_raises_stops_no_other() -> None:
    done: list[str] = []

    def breaks() -> None:
        raise LookupError

    parts = {"a": lambda: done.append("a"), "b": breaks, "c": lambda: done.append("c")}
    assert rows.steps("task", parts, now=NOW).set_aside == ["b"]
    assert done == ["a", "c"]
    assert rows.steps("task", parts, now=NOW + MINUTE / 2).set_aside == []
    assert rows.steps("task", parts, now=NOW + MINUTE).set_aside == ["b"]


def test_what_is_set_aside_is_left_out_of_a_queryset() -> None:
    one, two = (
        SetAside.objects.create(sweep="x", key=k, error="x", first_at=NOW, last_at=NOW)
        for k in "ab"
    )
    set_aside.record("loop", one.pk, "x", now=NOW)
    found = set_aside.without_held(SetAside.objects.filter(sweep="x"), "loop", now=NOW)
    assert list(found) == [two]
    later = set_aside.without_held(SetAside.objects.filter(sweep="x"), "loop", now=NOW + 2 * MINUTE)
    assert later.count() == 2


def test_what_was_given_up_is_not_tried_again_and_forgotten_after_a_month() -> None:
    set_aside.give_up("numbers", 1, "SMTP 554", now=NOW)
    work = Work()
    rows.work_off("numbers", [1], work, now=NOW + timedelta(days=20))
    assert work.done == []
    assert set_aside.old(NOW + timedelta(days=31)).count() == 1
    assert set_aside.old(NOW + timedelta(days=29)).count() == 0


@pytest.mark.django_db(transaction=True)
def test_a_lost_connection_is_no_row_s_fault() -> None:
    def dies(_keys: Sequence[int]) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")

    def part() -> None:
        with transaction.atomic():
            rows.work_off("numbers", [1, 2], dies, now=NOW)

    with pytest.raises(OperationalError):
        rows.steps("task", {"part": part}, now=NOW)
    connection.close()
    assert not SetAside.objects.exists()
