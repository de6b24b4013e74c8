"""Several sweeps at the same moment, on real connections and real transactions."""

from __future__ import annotations

import threading
from collections import Counter

import pytest
from django.core import mail
from django.db import connection, connections

from tests.welzijn.notifications.conftest import TUESDAY, by_mail
from welzijn.notifications import leases
from welzijn.notifications.delivery import LEASE, sweep
from welzijn.notifications.models import Message, Status
from welzijn.notifications.recipients import Channel

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*jobs) -> None:
    """Run these functions in threads of their own, each with its own connection."""
    barrier, errors = threading.Barrier(len(jobs)), []

    def run(job) -> None:
        try:
            barrier.wait()
            job()
        except Exception as error:  # noqa: BLE001 - shown by the assertion below
            errors.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=[job]) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []


def test_four_sweeps_and_two_beats_send_each_message_once(queue) -> None:
    for number in range(200):
        queue(by_mail(f"{number}@example.nl"))
    at_once(*[lambda: sweep(now=TUESDAY, batch=7)] * 6)
    sent = Counter(m.to[0] for m in mail.outbox)
    assert len(sent) == 200
    assert set(sent.values()) == {1}
    assert set(Message.objects.values_list("status", flat=True)) == {Status.SENT}


def test_two_claims_never_hold_the_same_message(queue) -> None:
    for _ in range(40):
        queue()
    held: list[list[Message]] = []

    def take(name: str) -> None:
        held.append(
            leases.lease_due(
                now=TUESDAY, worker=name, lease=LEASE, limit=25, channels=[Channel.EMAIL]
            )
        )

    at_once(*[lambda n=n: take(f"w{n}") for n in range(4)])
    ids = [message.id for batch in held for message in batch]
    assert len(ids) == len(set(ids)) == 40


def test_the_same_change_queued_twice_at_once_is_one_message(queue) -> None:
    from welzijn.core.ids import uuid7

    subject, resident = uuid7(), by_mail()
    at_once(*[lambda: queue(resident, subject_id=subject)] * 4)
    assert Message.objects.count() == 1


def test_a_message_is_taken_while_another_sender_still_writes_to_its_row(queue) -> None:
    """SKIP LOCKED: a locked row is passed over, the claim doesn't wait for it."""
    [first] = queue()
    [second] = queue()
    from django.db import transaction

    taken: list[Message] = []

    def claim_in_other_connection() -> None:
        taken.extend(
            leases.lease_due(
                now=TUESDAY, worker="other", lease=LEASE, limit=5, channels=[Channel.EMAIL]
            )
        )

    with transaction.atomic():
        Message.objects.select_for_update().get(id=first.id)
        at_once(claim_in_other_connection)
    assert [message.id for message in taken] == [second.id]


def test_the_claim_walks_the_index_and_not_the_table(queue) -> None:
    queue()
    with connection.cursor() as cursor:
        # On a table of one row any plan is as cheap as another: leave only that of a large one.
        cursor.execute("SET enable_seqscan = off")
        cursor.execute("SET enable_bitmapscan = off")
        cursor.execute("SET enable_sort = off")
        cursor.execute(
            "EXPLAIN SELECT id FROM notifications_message WHERE status IN ('waiting', 'sending') "
            "AND channel IN ('email', 'sms') AND channel = ANY(%s) AND not_before <= now() "
            "AND (held_until IS NULL OR held_until <= now()) "
            "ORDER BY urgent DESC, not_before, id LIMIT 20 FOR UPDATE SKIP LOCKED",
            [["email", "sms"]],
        )
        plan = "\n".join(row[0] for row in cursor.fetchall())
        cursor.execute("RESET enable_seqscan")
        cursor.execute("RESET enable_bitmapscan")
        cursor.execute("RESET enable_sort")
    assert "Index Scan using message_due" in plan
    assert "Sort" not in plan
