"""One recipient stops no other mail: a real server that misbehaves in each way, on loopback."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.welzijn.notifications.conftest import TUESDAY, by_mail
from welzijn.core.ids import uuid7
from welzijn.devtools.bench.outbox.misbehaving_server import (
    CLOSE,
    DRIP,
    DROP,
    ENDLESS,
    HANG,
    Fault,
    MisbehavingServer,
)
from welzijn.notifications import message_kinds
from welzijn.notifications.delivery import sweep
from welzijn.notifications.models import Message, Status
from welzijn.notifications.preparation import MAX_ATTEMPTS
from welzijn.notifications.recipients import Recipient
from welzijn.sweeps.models import SetAside

pytestmark = pytest.mark.django_db
BAD = "bad@slecht.example"
SECOND = timedelta(seconds=1)

# How it misbehaves, and what becomes of the message after one attempt.
FAULTS = {
    "421 at RCPT": (Fault("RCPT", "421"), Status.WAITING),
    "450 at RCPT": (Fault("RCPT", "450"), Status.WAITING),
    "550 at RCPT": (Fault("RCPT", "550"), Status.BOUNCED),
    "554 at RCPT": (Fault("RCPT", "554"), Status.FAILED),
    "421 at DATA": (Fault("DATA", "421"), Status.WAITING),
    "554 at DATA": (Fault("DATA", "554"), Status.FAILED),
    "421 after DATA": (Fault("DOT", "421"), Status.WAITING),
    "450 after DATA": (Fault("DOT", "450"), Status.WAITING),
    "550 after DATA": (Fault("DOT", "550"), Status.FAILED),
    "554 after DATA": (Fault("DOT", "554"), Status.FAILED),
    "an answer that is none": (Fault("RCPT", "what?"), Status.WAITING),
    "close at RCPT": (Fault("RCPT", CLOSE), Status.WAITING),
    "close at DATA": (Fault("DATA", CLOSE), Status.WAITING),
    "close in the mail": (Fault("BODY", CLOSE), Status.WAITING),
    "close after DATA": (Fault("DOT", CLOSE), Status.WAITING),
    "drop after the dot": (Fault("DOT", DROP), Status.WAITING),
    "hang at RCPT": (Fault("RCPT", HANG), Status.WAITING),
    "hang at DATA": (Fault("DATA", HANG), Status.WAITING),
    "hang after DATA": (Fault("DOT", HANG), Status.WAITING),
    "drip at RCPT": (Fault("RCPT", DRIP), Status.WAITING),
    "drip after DATA": (Fault("DOT", DRIP), Status.WAITING),
    "no end at RCPT": (Fault("RCPT", ENDLESS), Status.WAITING),
    "no end after DATA": (Fault("DOT", ENDLESS), Status.WAITING),
    "another good answer": (Fault("DOT", "299"), Status.WAITING),
    "an answer beyond the codes": (Fault("RCPT", "999"), Status.FAILED),
}
CONNECTION_FAULTS = {
    f"{how} at {verb}": Fault(verb, how)
    for verb in ("GREETING", "EHLO", "MAIL", "QUIT")
    for how in (HANG, CLOSE, DRIP, ENDLESS, "421")
}


def serve(settings: Any, server: MisbehavingServer) -> None:
    settings.EMAIL_BACKEND = "welzijn.notifications.channels.bounded_smtp.Backend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
    settings.EMAIL_USE_TLS, settings.EMAIL_HOST_USER = False, ""
    settings.EMAIL_TIMEOUT = 0.3


def innocent(queue: Any, count: int = 8, domain: str = "") -> list[str]:
    addresses = [f"r{n}@{domain or f'd{n}.example'}" for n in range(count)]
    for address in addresses:
        queue(by_mail(address))
    return addresses


def bad_ones() -> list[Message]:
    return list(Message.objects.filter(address__contains="slecht").order_by("id"))


@pytest.mark.parametrize("how", FAULTS)
def test_the_mails_behind_a_bad_recipient_leave_within_one_sweep(queue, settings, how) -> None:
    fault, status = FAULTS[how]
    with MisbehavingServer({BAD: fault}) as server:
        serve(settings, server)
        queue(by_mail("first@example.nl"))
        [bad] = queue(by_mail(BAD))
        behind = innocent(queue)
        sweep(now=TUESDAY)
        bad.refresh_from_db()
        assert [r for r in server.recipients() if r != BAD] == ["first@example.nl", *behind]
        assert (bad.status, bad.attempts, server.tried.count(BAD)) == (status, 1, 1)
        if status == Status.WAITING:
            # Not before its term: it isn't the first of every sweep.
            assert bad.held_until >= TUESDAY + timedelta(minutes=1)
            sweep(now=TUESDAY + 30 * SECOND)
            assert server.tried.count(BAD) == 1
            sweep(now=TUESDAY + timedelta(minutes=2))
            assert server.tried.count(BAD) == 2
        taken = {message_id for recipient, message_id in server.taken if recipient == BAD}
        assert taken <= {bad.message_id}


@pytest.mark.parametrize("how", FAULTS)
def test_and_at_the_same_provider_as_well(queue, settings, how) -> None:
    with MisbehavingServer({"bad@example.nl": FAULTS[how][0]}) as server:
        serve(settings, server)
        queue(by_mail("bad@example.nl"))
        behind = innocent(queue, domain="example.nl")
        sweep(now=TUESDAY)
        assert [r for r in server.recipients() if r != "bad@example.nl"] == behind


@pytest.mark.parametrize("how", CONNECTION_FAULTS)
def test_a_connection_that_goes_wrong_once_stops_nothing(queue, settings, how) -> None:
    with MisbehavingServer(connection_faults=[CONNECTION_FAULTS[how]]) as server:
        serve(settings, server)
        addresses = innocent(queue)
        sweep(now=TUESDAY)
        sweep(now=TUESDAY + timedelta(minutes=2))
        # One whose attempt broke off at MAIL goes in the next sweep; the others in this one.
        assert sorted(server.recipients()) == sorted(addresses)
        assert server.recipients()[-1] in addresses
        assert Message.objects.exclude(status=Status.SENT).count() == 0


def test_several_bad_recipients_in_a_row_stop_nothing_either(queue, settings) -> None:
    bad = {f"bad@slecht{n}.example": Fault("RCPT", HANG) for n in range(4)}
    with MisbehavingServer(bad) as server:
        serve(settings, server)
        for address in bad:
            queue(by_mail(address))
        behind = innocent(queue)
        tally = sweep(now=TUESDAY)
        assert server.recipients() == behind
        assert tally.down == set()


def test_a_domain_that_hangs_is_left_alone_after_two_recipients(queue, settings) -> None:
    bad = {f"b{n}@slecht.example": Fault("RCPT", HANG) for n in range(6)}
    with MisbehavingServer(bad) as server:
        serve(settings, server)
        for address in bad:
            queue(by_mail(address))
        behind = innocent(queue)
        sweep(now=TUESDAY)
        assert server.recipients() == behind
        assert len(server.tried) == 2 + len(behind)
        assert sorted(message.attempts for message in bad_ones()) == [0, 0, 0, 0, 1, 1]
        # Held before: the next sweep after its term asks one of them, and holds it for longer.
        later = TUESDAY + timedelta(minutes=2)
        sweep(now=later)
        assert sum(message.attempts for message in bad_ones()) == 3
        [domain] = SetAside.objects.filter(sweep="mail.destination")
        assert domain.failures == 2
        assert domain.held_until is not None
        assert domain.held_until >= later + timedelta(minutes=2)
        assert "slecht" not in domain.key
        # When it answers again everything goes, and it is forgotten.
        server.faults = {}
        sweep(now=TUESDAY + timedelta(hours=2))
        assert set(bad) <= set(server.recipients())
        assert not SetAside.objects.filter(sweep="mail.destination").exists()


def test_a_server_that_fails_everybody_is_called_down_after_five_destinations(
    queue, settings
) -> None:
    addresses = {f"r{n}@d{n}.example": Fault("RCPT", "421") for n in range(12)}
    with MisbehavingServer(addresses) as server:
        serve(settings, server)
        for address in addresses:
            queue(by_mail(address))
        tally = sweep(now=TUESDAY)
        assert {channel.value for channel in tally.down} == {"email"}
        assert len(server.tried) == 5
        assert Message.objects.filter(attempts=0).count() == 7


def test_a_sweep_ends_in_time_and_says_that_there_is_more(queue, settings) -> None:
    bad = {f"bad@slecht{n}.example": Fault("RCPT", HANG) for n in range(4)}
    with MisbehavingServer(bad) as server:
        serve(settings, server)
        for address in bad:
            queue(by_mail(address))
        innocent(queue)
        tally = sweep(now=TUESDAY, seconds=0.5)
        assert tally.more
        assert len(server.tried) == 2


def heard_by_workers(monkeypatch: pytest.MonkeyPatch) -> list[Message]:
    heard: list[Message] = []
    monkeypatch.setattr(
        message_kinds,
        "_delivery_failure_subscribers",
        [lambda message, _now: heard.append(message)],
    )
    return heard


def until_it_ends(message: Message, now: datetime) -> list[int]:
    """Sweep at each moment it is due; return the pauses in minutes."""
    pauses: list[int] = []
    while True:
        sweep(now=now)
        message.refresh_from_db()
        if message.status not in (Status.WAITING, Status.SENDING):
            return pauses
        assert message.held_until is not None
        pauses.append(round((message.held_until - now) / timedelta(minutes=1)))
        now = message.held_until + SECOND


@pytest.mark.parametrize("how", ["close in the mail", "drop after the dot", "450 at RCPT"])
def test_the_bad_one_is_tried_by_schedule_and_ends_with_a_worker_told(
    queue, settings, monkeypatch, how
) -> None:
    heard = heard_by_workers(monkeypatch)
    with MisbehavingServer({BAD: FAULTS[how][0]}) as server:
        serve(settings, server)
        [bad] = queue(by_mail(BAD), about_id=uuid7())
        pauses = until_it_ends(bad, TUESDAY)
    assert pauses == [1, 2, 4, 8, 16, 32, 64, 128, 256, 360, 360]
    assert (bad.status, bad.attempts) == (Status.FAILED, MAX_ATTEMPTS)
    assert [message.id for message in heard] == [bad.id]
    assert len({message_id for _recipient, message_id in server.taken}) <= 1


@pytest.mark.parametrize("how", [name for name, (_f, end) in FAULTS.items() if end == "failed"])
def test_content_that_is_refused_is_heard(queue, settings, monkeypatch, how) -> None:
    heard = heard_by_workers(monkeypatch)
    with MisbehavingServer({BAD: FAULTS[how][0]}) as server:
        serve(settings, server)
        [bad] = queue(by_mail(BAD), about_id=uuid7())
        sweep(now=TUESDAY)
    assert [message.id for message in heard] == [bad.id]
    assert not SetAside.objects.exists()


@pytest.mark.parametrize("how", ["550 at RCPT", "554 after DATA"])
def test_an_end_of_a_mail_to_staff_is_shown_to_the_administrator(queue, settings, how) -> None:
    with MisbehavingServer({BAD: FAULTS[how][0]}) as server:
        serve(settings, server)
        [bad] = queue(
            Recipient.user(uuid7(), email=BAD),
            template="question_urgent",
            context={"reference": "PT-1"},
            urgent=True,
        )
        sweep(now=TUESDAY)
    [shown] = SetAside.objects.filter(sweep="messages")
    assert (shown.key, shown.held_until, shown.partnership_id) == (
        str(bad.id),
        None,
        bad.partnership_id,
    )
    assert "slecht" not in shown.error


def test_a_worker_that_can_not_be_told_leaves_it_with_the_administrator(
    queue, settings, monkeypatch
) -> None:
    def breaks(_message: Message, _now: datetime) -> None:
        raise RuntimeError("a mistake")

    monkeypatch.setattr(message_kinds, "_delivery_failure_subscribers", [breaks])
    with MisbehavingServer({BAD: Fault("DOT", "554")}) as server:
        serve(settings, server)
        [bad] = queue(by_mail(BAD), about_id=uuid7())
        behind = innocent(queue)
        sweep(now=TUESDAY)
        assert server.recipients() == behind
    bad.refresh_from_db()
    assert bad.status == Status.FAILED
    assert SetAside.objects.get(sweep="messages").key == str(bad.id)
