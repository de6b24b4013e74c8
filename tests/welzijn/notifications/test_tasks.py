"""What Celery is asked to do: thin, by names that exist, harmless without a broker."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from celery.schedules import crontab
from django.conf import settings
from kombu.exceptions import OperationalError

from tests.welzijn.notifications.conftest import by_mail
from welzijn.celery import TASK_PACKAGES, app
from welzijn.notifications import outbox, tasks
from welzijn.notifications.delivery import BATCH
from welzijn.notifications.models import Message, Status

A_DAY = 24 * 3600.0  # seconds; what is on the clock here comes once a day
# The tasks look at the real clock.
LONG_AGO = datetime(2020, 1, 7, 10, 0, tzinfo=UTC)


@pytest.fixture
def nudges(monkeypatch) -> list[dict]:
    """What would have been handed to the broker."""
    requested: list[dict] = []
    monkeypatch.setattr(
        tasks.sweep_messages, "apply_async", lambda **options: requested.append(options)
    )
    return requested


def test_a_worker_looks_in_every_package_that_has_tasks() -> None:
    """The process of a test may have imported what a worker does not."""
    root = Path(settings.BASE_DIR)
    files = [*root.glob("*/tasks.py"), *root.glob("*/*/tasks.py"), *root.glob("*/*/*/tasks.py")]
    having = {
        ".".join(file.parent.relative_to(root).parts)
        for file in files
        if file.parts[len(root.parts)] in {"welzijn", "organisations", "intake", "referrals"}
    }
    assert {*TASK_PACKAGES} < having
    assert having <= {*TASK_PACKAGES, *settings.INSTALLED_APPS}


def test_every_scheduled_task_exists_and_expires_before_the_next() -> None:
    app.loader.import_default_modules()
    for entry in app.conf.beat_schedule.values():
        assert entry["task"] in app.tasks
        every = A_DAY if isinstance(entry["schedule"], crontab) else entry["schedule"]
        assert entry["options"]["expires"] <= every


@pytest.mark.django_db
def test_a_short_outbox_is_emptied_without_calling_for_help(queue, nudges) -> None:
    queue(now=LONG_AGO)
    tasks.sweep_messages()
    assert Message.objects.get().status == Status.SENT
    assert nudges == []


@pytest.mark.django_db
def test_a_long_outbox_calls_others_to_help_and_is_emptied(queue, nudges) -> None:
    for number in range(BATCH + 5):
        queue(by_mail(f"{number}@example.nl"), now=LONG_AGO)
    tasks.sweep_messages()
    assert not Message.objects.exclude(status=Status.SENT).exists()
    assert [options["retry"] for options in nudges] == [False]


@pytest.mark.django_db
def test_without_a_broker_the_work_goes_on(queue, monkeypatch) -> None:
    def down(**_options: object) -> None:
        raise OperationalError("gone")

    monkeypatch.setattr(tasks.sweep_messages, "apply_async", down)
    for number in range(BATCH + 5):
        queue(by_mail(f"{number}@example.nl"), now=LONG_AGO)
    tasks.sweep_messages()
    assert not Message.objects.exclude(status=Status.SENT).exists()


@pytest.mark.django_db
def test_nothing_due_costs_one_query(queue, nudges, django_assert_num_queries) -> None:
    with django_assert_num_queries(1):
        tasks.sweep_messages()


def test_nudges_are_spared_but_not_urgent_ones(nudges, monkeypatch) -> None:
    monkeypatch.setattr(outbox, "_quiet_until", 0.0)
    for _ in range(3):
        outbox._nudge()
    assert len(nudges) == 1
    outbox.nudge()
    assert len(nudges) == 2


@pytest.mark.django_db
def test_lines_without_a_mail_are_minded(queue) -> None:
    tasks.reschedule_digests()
    assert not Message.objects.exists()
