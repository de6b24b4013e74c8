"""The daily mail to staff: one a working day, true when it is sent, nothing left behind."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail

from tests.welzijn.notifications.conftest import TUESDAY
from welzijn.core.ids import uuid7
from welzijn.notifications import digest, leases, outbox
from welzijn.notifications.delivery import LEASE, sweep
from welzijn.notifications.endings import did_not_arrive
from welzijn.notifications.models import Message, Status
from welzijn.notifications.reasons import Reason
from welzijn.notifications.recipients import Channel, Recipient

pytestmark = pytest.mark.django_db
FATMA = Recipient.user(uuid7(), email="fatma@stimenz.example")
WEDNESDAY = datetime(2026, 11, 25, 7, 0, tzinfo=UTC)  # 8.00 in Amsterdam


def due(queue, reference: str, **fields) -> Message:
    rows = queue(FATMA, template="followup_due", context={"reference": reference}, **fields)
    return next(row for row in rows if row.channel == Channel.DIGEST)


def test_twenty_things_are_one_mail(queue) -> None:
    for number in range(20):
        due(queue, f"PT-{number:03}")
    assert sweep(now=TUESDAY).sent == 0
    assert sweep(now=WEDNESDAY).sent == 1
    [sent] = mail.outbox
    assert sent.body.count("PT-") == 20
    assert set(Message.objects.values_list("status", flat=True)) == {Status.SENT}


def test_lines_stand_in_order_of_due(queue) -> None:
    due(queue, "PT-2", not_before=TUESDAY + timedelta(hours=2))
    due(queue, "PT-1", not_before=TUESDAY - timedelta(days=1), now=TUESDAY - timedelta(days=1))
    sweep(now=WEDNESDAY)
    body = mail.outbox[0].body
    assert body.index("PT-1") < body.index("PT-2")


def test_what_was_done_meanwhile_is_left_out(queue, truth) -> None:
    done, open_ = due(queue, "PT-1"), due(queue, "PT-2")
    truth.untrue.add(done.subject_id)
    sweep(now=WEDNESDAY)
    assert "PT-1" not in mail.outbox[0].body
    done.refresh_from_db()
    open_.refresh_from_db()
    assert (done.status, open_.status) == (Status.NO_LONGER_TRUE, Status.SENT)


def test_a_day_without_anything_true_has_no_mail(queue, truth) -> None:
    truth.untrue.add(due(queue, "PT-1").subject_id)
    sweep(now=WEDNESDAY)
    assert mail.outbox == []
    assert set(Message.objects.values_list("status", flat=True)) == {Status.NO_LONGER_TRUE}


def test_one_mail_a_working_day_also_after_days_without_a_worker(queue) -> None:
    due(queue, "PT-1")
    due(queue, "PT-2", now=WEDNESDAY + timedelta(hours=1))
    due(queue, "PT-3", now=WEDNESDAY + timedelta(days=1, hours=1))
    sunday = datetime(2026, 11, 29, 10, 0, tzinfo=UTC)
    assert sweep(now=sunday).sent == 0
    monday = datetime(2026, 11, 30, 7, 0, tzinfo=UTC)
    sweep(now=monday)
    assert len(mail.outbox) == 1
    assert [f"PT-{n}" in mail.outbox[0].body for n in (1, 2, 3)] == [True, True, True]


def test_after_a_morning_without_a_worker_it_comes_the_same_day(queue) -> None:
    due(queue, "PT-1")
    assert sweep(now=WEDNESDAY + timedelta(hours=6)).sent == 1


def test_a_second_try_is_the_same_mail(queue, monkeypatch) -> None:
    due(queue, "PT-1")
    with monkeypatch.context() as dying:
        dying.setattr(leases, "record", lambda *_a, **_k: False)
        dying.setattr(leases, "record_lines", lambda *_a, **_k: None)
        sweep(now=WEDNESDAY, limit=1)
    sweep(now=WEDNESDAY + 2 * LEASE)
    first, second = (m.extra_headers["Message-ID"] for m in mail.outbox)
    assert first == second


def test_a_line_that_missed_its_mail_gets_the_next(queue) -> None:
    due(queue, "PT-1")
    sweep(now=WEDNESDAY)
    late = due(queue, "PT-2")  # its day's mail is out, as if its transaction had been slow
    assert digest.reschedule_stranded_lines(WEDNESDAY + timedelta(hours=1)) == 1
    assert digest.reschedule_stranded_lines(WEDNESDAY + timedelta(hours=1)) == 0
    sweep(now=WEDNESDAY + timedelta(days=1))
    late.refresh_from_db()
    assert late.status == Status.SENT
    assert "PT-2" in mail.outbox[1].body


def test_lines_of_another_partnership_stay_behind_its_wall(queue, partnership) -> None:
    from tests.welzijn.notifications.conftest import make_partnership

    due(queue, "PT-1")
    other = make_partnership("oss")
    outbox.queue(
        partnership_id=other.id,
        subject_kind="test",
        subject_id=uuid7(),
        recipient=FATMA,
        template="followup_due",
        context={"reference": "OS-1"},
        now=TUESDAY,
    )
    sweep(now=WEDNESDAY)
    bodies = sorted(m.body for m in mail.outbox)
    assert len(bodies) == 2
    assert all(("PT-1" in body) != ("OS-1" in body) for body in bodies)


def test_who_stopped_it_gets_none_and_the_list_keeps_all(queue) -> None:
    line = due(queue, "PT-1")
    outbox.stop_digest(FATMA.key, TUESDAY)
    sweep(now=WEDNESDAY)
    line.refresh_from_db()
    assert mail.outbox == []
    assert line.status == Status.SHOWN


def test_a_daily_mail_that_comes_back_is_not_sent_every_day_anew(queue) -> None:
    due(queue, "PT-1")
    sweep(now=WEDNESDAY)
    late = due(queue, "PT-2")
    mail_of_the_day = Message.objects.get(template="digest")
    did_not_arrive(message=mail_of_the_day, reason=Reason.ADDRESS, now=WEDNESDAY)
    late.refresh_from_db()
    assert late.status == Status.SHOWN
    assert digest.reschedule_stranded_lines(WEDNESDAY + timedelta(days=1)) == 0


def test_it_can_be_ended_by_one_click_of_a_mail_program(queue, client) -> None:
    due(queue, "PT-1")
    sweep(now=WEDNESDAY)
    headers = mail.outbox[0].extra_headers
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = headers["List-Unsubscribe"].strip("<>")
    assert str(FATMA.key.partition(":")[2]) not in address.partition("/bericht/")[0]
    assert digest.recipient_of(address.rstrip("/").rpartition("/")[2]) == FATMA.key


def test_a_very_long_list_is_cut_and_still_settled(queue) -> None:
    for number in range(105):
        due(queue, f"PT-{number:03}")
    sweep(now=WEDNESDAY)
    assert mail.outbox[0].body.count("PT-") == 100
    assert not Message.objects.filter(status=Status.WAITING).exists()


def test_a_line_stands_in_the_mail_from_its_moment_on_and_not_before(queue) -> None:
    today, later = due(queue, "PT-1"), due(queue, "PT-2")
    Message.objects.filter(pk=today.pk).update(not_before=WEDNESDAY)
    Message.objects.filter(pk=later.pk).update(not_before=WEDNESDAY + timedelta(seconds=1))
    mail_of_today = Message.objects.get(template="digest")
    assert digest.collect(mail_of_today, WEDNESDAY).included == (today.pk,)
    assert digest.collect(mail_of_today, WEDNESDAY + timedelta(seconds=1)).included == (
        today.pk,
        later.pk,
    )
    Message.objects.filter(pk=later.pk).update(not_before=WEDNESDAY + timedelta(days=1))
    sweep(now=WEDNESDAY)
    later.refresh_from_db()
    assert later.status == Status.WAITING
    assert "PT-2" not in mail.outbox[0].body


def test_only_a_line_of_the_digest_that_is_due_gets_another(queue) -> None:
    queue(now=TUESDAY)  # a resident's mail that waits is no line
    due(queue, "PT-1")
    Message.objects.filter(template="digest").delete()
    before = WEDNESDAY - timedelta(seconds=1)
    Message.objects.filter(channel=Channel.DIGEST).update(not_before=WEDNESDAY)
    assert digest.reschedule_stranded_lines(before) == 0
    assert digest.reschedule_stranded_lines(WEDNESDAY) == 1
    assert Message.objects.filter(template="digest").count() == 1
