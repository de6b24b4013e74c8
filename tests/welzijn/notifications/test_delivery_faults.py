"""Nothing is lost while senders, beats, Redis and PostgreSQL are killed: real processes."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support import template
from welzijn.devtools.bench.reminders import reminders
from welzijn.devtools.bench.reminders.cluster import Cluster


def test_nothing_is_lost_and_nothing_doubled_but_what_was_in_flight() -> None:
    # 240 mails of at least 0.05 s over four senders take at least 3 s, so faults do strike.
    result = reminders(
        due=240,
        rated=0,
        workers=4,
        every=0.4,
        most_faults=8,
        lease=3,
        delay=0.05,
        seed=21,
        schema=template.dump(),
    )
    assert result.faults
    assert result.lost == 0
    assert result.left_unsettled == 0
    assert result.sent_although_untrue == 0
    assert result.delivered == result.due - result.untrue
    assert result.sent_twice <= result.sent_twice_at_most
    assert result.twice_with_another_message_id == 0


QUEUE = """
import django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from django.db import transaction
from django.utils import timezone
from welzijn.core.ids import uuid7
from welzijn.notifications import outbox
from welzijn.devtools.bench.reminders import due_rows
from welzijn.notifications.models import Message
from welzijn.notifications.recipients import Channel, DeliveryPreferences, Recipient

due_rows.ready()
due_rows.make(1)
first = Message.objects.get()
with transaction.atomic():
    outbox.queue(
        partnership_id=first.partnership_id,
        subject_kind=due_rows.KIND,
        subject_id=first.subject_id,
        recipient=Recipient.resident(
            uuid7(), DeliveryPreferences((Channel.EMAIL,), email="new@example.nl")
        ),
        template="news",
        now=timezone.now(),
    )
"""


@pytest.fixture
def step(tmp_path: Path) -> Iterator[Cluster]:
    step = Cluster(tmp_path, workers=1, lease=3, delay=0)
    try:
        step.open()
        template.fill(step.environment["DATABASE_URL"])
        yield step
    finally:
        step.close()


def test_with_redis_down_messages_are_queued_and_sent_when_it_is_back(step) -> None:
    step.stop_redis()
    queued = subprocess.run(
        [sys.executable, "-c", QUEUE],
        env=step.whole_environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert queued.returncode == 0, queued.stderr[-2000:]
    assert "messages wait in the outbox" in queued.stderr
    step.start_senders()
    assert step.sent_log.read_text() == ""
    step.start_redis()
    deadline = time.monotonic() + 300
    while "new@example.nl" not in step.sent_log.read_text():
        assert time.monotonic() < deadline, step.last_words()
        time.sleep(0.1)
