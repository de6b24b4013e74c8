"""Reminders of the benchmark: a table of due rows, some of which are done before they are sent."""

from __future__ import annotations

import os
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.apps import apps
from django.db import connection

from welzijn.notifications import delivery as sweeping
from welzijn.notifications import message_kinds
from welzijn.notifications.models import Message

KIND = "bench"
# Every hundredth is done: it may not be sent, so a sender has to check validity first.
DONE_EVERY = 100

_FILL = """
    INSERT INTO bench_due SELECT gen_random_uuid(), n %% %s = 0 FROM generate_series(1, %s) n;
    INSERT INTO notifications_message (id, partnership_id, subject_kind, subject_id, due_version,
        recipient_key, recipient_kind, channel, address, language, template, context, calendar,
        discreet, urgent, at_work, created_at, not_before, status, claimed_by, attempts, error)
    SELECT gen_random_uuid(), %s, %s, id, 1, 'resident:' || id, 'resident', 'email',
           'r' || row_number() OVER (ORDER BY id) || '@example.nl', 'nl', 'news', '{}', '',
           false, false, false, now(), now() - interval '1 hour', 'waiting', '', 0, ''
      FROM bench_due;
"""


def still_valid(messages: Sequence[Message], _now: datetime) -> Collection[UUID]:
    """The ids of messages that are still valid, in one query."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id FROM bench_due WHERE id = ANY(%s) AND NOT done",
            [[message.subject_id for message in messages]],
        )
        open_ = {row[0] for row in cursor.fetchall()}
    return {message.id for message in messages if message.subject_id in open_}


def make(count: int) -> None:
    """Replace all messages by `count` reminders that were due an hour ago."""
    partnerships = apps.get_model("organisations", "Partnership").objects
    partnership, _made = partnerships.get_or_create(
        slug="bench",
        defaults={
            "name": "Bench",
            "hostname": "bench.example",
            "desk_name": "Balie",
            "desk_phone": "+31341357001",
            "live": False,
        },
    )
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TABLE IF NOT EXISTS bench_due (id uuid PRIMARY KEY, done boolean NOT NULL)"
        )
        cursor.execute("TRUNCATE bench_due, notifications_message, notifications_refusal")
        cursor.execute(_FILL, [DONE_EVERY, count, partnership.id, KIND])
        cursor.execute("ANALYZE bench_due, notifications_message")


def ready() -> None:
    """Register the message kind and set the lease of BENCH_LEASE seconds."""
    message_kinds.register(KIND, still_valid=still_valid)
    seconds = float(os.environ.get("BENCH_LEASE", "0"))
    if seconds:
        sweeping.LEASE = timedelta(seconds=seconds)
