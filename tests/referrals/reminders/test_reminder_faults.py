"""What is due survives what happens to machines: a killed worker, a clock that jumps, a flush."""

from datetime import datetime, timedelta

import pytest
import redis
from django.conf import settings
from django.db import OperationalError, connection

from referrals.casework import pick_up
from referrals.follow_ups.models import FollowUp
from referrals.reminders import sweep as reminder_sweep
from tests.referrals.follow_ups.due import the
from tests.support import factories as make
from welzijn.core.working_days import local_moment
from welzijn.notifications import outbox
from welzijn.notifications.models import Message

pytestmark = pytest.mark.django_db(transaction=True)
NOW = make.TUESDAY
MANY = 12


class Morning:
    """Questions of one worker whose first contact is due on one day, early."""

    def __init__(self, now: datetime = NOW) -> None:
        make.fresh_front_doors()
        self.here = make.world()
        self.worker = make.intake_worker(self.here, "stimenz")
        self.questions = [make.question(self.here, "geld", now=now) for _ in range(MANY)]
        for question in self.questions:
            pick_up.pick_up(question=question, by=self.worker, now=now)
        self.due_on = the(self.questions[0], "first_contact").due_on
        self.early = local_moment(self.due_on) + timedelta(hours=6, minutes=1)

    def notified(self) -> list[str]:
        lines = Message.objects.filter(template="followup_due").order_by("created_at", "id")
        return [str(pk) for pk in lines.values_list("subject_id", flat=True)]

    def all_once(self) -> bool:
        due = FollowUp.objects.filter(kind="first_contact").values_list("pk", flat=True)
        return sorted(self.notified()) == sorted(map(str, due))


def test_a_worker_whose_connection_dies_mid_sweep_loses_nothing_and_tells_nothing_twice(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    morning = Morning()
    save, batches = outbox.save, []

    def dies_in_its_second_batch(messages: list[Message]) -> None:
        save(messages)
        batches.append(len(messages))
        if len(batches) == 2:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")

    with monkeypatch.context() as patched:
        patched.setattr(outbox, "save", dies_in_its_second_batch)
        with pytest.raises(OperationalError):
            reminder_sweep.sweep(now=morning.early, batch=5)
    connection.close()
    # The first batch was committed whole, the second went back whole.
    assert len(morning.notified()) == 5
    reminder_sweep.sweep(now=morning.early, batch=5)
    assert morning.all_once()


def test_a_clock_that_jumps_ahead_and_back_tells_each_thing_once() -> None:
    morning = Morning()
    for jump in (timedelta(), -timedelta(days=40), timedelta(minutes=1), -timedelta(hours=1)):
        reminder_sweep.sweep(now=morning.early + jump)
        reminder_sweep.sweep(now=morning.early)
    assert morning.all_once()


def test_a_clock_that_ran_behind_only_tells_later() -> None:
    morning = Morning()
    reminder_sweep.sweep(now=morning.early - timedelta(days=300))
    assert morning.notified() == []
    reminder_sweep.sweep(now=morning.early)
    assert morning.all_once()


@pytest.mark.parametrize(
    ("requested", "changes"),
    [
        (datetime(2026, 3, 26, 9, tzinfo=NOW.tzinfo), "summer time begins on 29 March 2026"),
        (datetime(2026, 10, 22, 9, tzinfo=NOW.tzinfo), "summer time ends on 25 October 2026"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_when_summer_time_changes_it_is_told_at_six_by_the_wall_clock(
    requested: datetime, changes: str
) -> None:
    morning = Morning(requested)
    assert morning.due_on.isoweekday() <= 5, changes
    reminder_sweep.sweep(now=morning.early - timedelta(minutes=2))
    assert morning.notified() == []
    reminder_sweep.sweep(now=morning.early)
    assert morning.all_once()


def test_a_flushed_broker_takes_nothing_along_that_is_due() -> None:
    morning = Morning()
    reminder_sweep.sweep(now=morning.early, batch=5, limit=1)
    redis.Redis.from_url(settings.REDIS_URL).flushall()
    reminder_sweep.sweep(now=morning.early)
    assert morning.all_once()
