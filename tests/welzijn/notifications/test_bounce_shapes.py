"""What came back is known and classified in every shape in which servers report it."""

from __future__ import annotations

import time
from typing import Any

import pytest

from tests.welzijn.notifications.conftest import TUESDAY
from tests.welzijn.notifications.delivery_reports import BASE64, PLAIN, MadeReport, verp
from welzijn.core.ids import uuid7
from welzijn.notifications.bounces import receive
from welzijn.notifications.delivery import sweep
from welzijn.notifications.models import Message, Status
from welzijn.notifications.reasons import Reason

pytestmark = pytest.mark.django_db
GLOBAL = ("message/global-delivery-status", "message/global-headers")


@pytest.fixture(autouse=True)
def address(settings: Any) -> None:
    settings.BOUNCE_ADDRESS = "bounce@voordeur.example"


@pytest.fixture
def sent(queue: Any) -> Message:
    [message] = queue()
    sweep(now=TUESDAY)
    return message


def after(message: Message, raw: bytes) -> tuple[str, str]:
    receive(raw, now=TUESDAY)
    message.refresh_from_db()
    return message.status, message.reason


# How the message is known: to which mark of ours each shape leads.
MARKS: dict[str, dict[str, Any]] = {
    "own envelope sender": {"to": "{verp}"},
    "own envelope sender in capitals": {"to": "{VERP}"},
    "envelope sender in Delivered-To": {"headers": ["Delivered-To: {verp}"]},
    "envelope sender in X-Original-To": {"headers": ["X-Original-To: {verp}"]},
    "References": {"headers": ["References: <a@elsewhere.example> {id}"]},
    "In-Reply-To": {"headers": ["In-Reply-To: {id}"]},
    "returned mail": {"returned_kind": "message/rfc822"},
    "returned headers": {"returned_kind": "text/rfc822-headers"},
    "returned in base64": {"returned_kind": "message/rfc822", "encoding": BASE64},
    "returned headers in base64": {"returned_kind": "text/rfc822-headers", "encoding": BASE64},
    "RFC 6533": {"report_kind": GLOBAL[0], "returned_kind": GLOBAL[1]},
    "RFC 6533 in base64": {
        "report_kind": GLOBAL[0],
        "returned_kind": GLOBAL[1],
        "encoding": BASE64,
    },
    "RFC 6533 with the whole mail": {
        "report_kind": GLOBAL[0],
        "returned_kind": "message/global",
    },
    "report inside another mail": {"to": "{verp}", "whole_kind": "multipart/mixed"},
    "lines of a network": {"to": "{verp}", "line": "\r\n", "returned_kind": "message/rfc822"},
}


def made(message: Message, shape: dict[str, Any], **more: Any) -> bytes:
    marks = {"verp": verp(message), "VERP": verp(message).upper(), "id": message.message_id}
    filled: dict[str, Any] = {
        key: [v.format(**marks) for v in value]
        if isinstance(value, list)
        else value.format(**marks)
        for key, value in shape.items()
    }
    return MadeReport(message, **filled, **more).raw()


@pytest.mark.parametrize("shape", MARKS)
def test_the_message_is_known_by_each_mark(sent: Message, truth: Any, shape: str) -> None:
    assert after(sent, made(sent, MARKS[shape])) == (Status.BOUNCED, Reason.ADDRESS)
    assert truth.bounced == [sent.subject_id]


@pytest.mark.parametrize("encoding", [PLAIN, BASE64])
def test_a_report_without_a_third_part_or_mark_is_nobodys(sent: Message, encoding: str) -> None:
    assert after(sent, MadeReport(sent, encoding=encoding).raw()) == (Status.SENT, "")


CLOSED = [
    ("5.1.1", Reason.ADDRESS), ("5.1.0", Reason.ADDRESS), ("5.1.2", Reason.ADDRESS),
    ("5.1.3", Reason.ADDRESS), ("5.1.6", Reason.ADDRESS), ("5.1.10", Reason.ADDRESS),
    ("5.2.1", Reason.ADDRESS),
]  # fmt: skip
OPEN = [
    ("4.4.7", Reason.NO_ANSWER), ("4.4.1", Reason.NO_ANSWER), ("4.1.1", Reason.NO_ANSWER),
    ("4.2.1", Reason.NO_ANSWER), ("4.2.2", Reason.FULL), ("5.2.2", Reason.FULL),
    ("5.2.3", Reason.TOO_BIG), ("5.3.4", Reason.TOO_BIG), ("5.7.1", Reason.REFUSED),
    ("5.7.26", Reason.REFUSED), ("5.7.509", Reason.REFUSED), ("5.4.1", Reason.NO_ANSWER),
    ("5.4.4", Reason.NO_ANSWER), ("5.6.0", Reason.REFUSED), ("5.0.0", Reason.REFUSED),
    ("5.1.8", Reason.REFUSED), ("5.1.7", Reason.REFUSED), ("", Reason.REFUSED),
    ("nonsense", Reason.REFUSED),
]  # fmt: skip


@pytest.mark.parametrize(("status", "reason"), CLOSED + OPEN)
def test_each_status_has_its_class(sent: Message, truth: Any, status: str, reason: Reason) -> None:
    closes = reason is Reason.ADDRESS
    found = after(sent, MadeReport(sent, status=status, to=verp(sent)).raw())
    assert found == (Status.BOUNCED if closes else Status.FAILED, reason)
    assert bool(truth.bounced) == closes


@pytest.mark.parametrize(
    ("status", "diagnosis", "reason"),
    [
        ("5.0.0", "smtp; 550 5.1.1 unknown", Reason.ADDRESS),
        ("5.0.0", "smtp; 550-5.2.2 full", Reason.FULL),
        ("", "smtp; 550 no such user", Reason.ADDRESS),
        ("", "smtp; 554 no", Reason.REFUSED),
        ("5.7.1", "smtp; 550 5.1.1 unknown", Reason.REFUSED),
        ("5.1.1 (bad destination mailbox)", "", Reason.ADDRESS),
    ],
)
def test_a_vague_status_is_told_by_the_answer(
    sent: Message, status: str, diagnosis: str, reason: Reason
) -> None:
    raw = MadeReport(sent, status=status, diagnosis=diagnosis, to=verp(sent)).raw()
    assert after(sent, raw)[1] == reason


@pytest.mark.parametrize(
    ("action", "status"),
    [("delayed", "4.4.7"), ("delayed", "5.1.1"), ("relayed", "2.0.0"), ("expanded", "2.0.0"),
     ("delivered", "2.0.0"), ("", "4.4.1"), ("", "")],
)  # fmt: skip
def test_what_is_not_final_is_no_end(sent: Message, action: str, status: str) -> None:
    raw = MadeReport(sent, action=action, status=status, to=verp(sent)).raw()
    assert after(sent, raw) == (Status.SENT, "")


@pytest.mark.parametrize("action", ["Failed", "failed (the mailbox is gone)", "FAILED", ""])
def test_failed_is_failed_in_every_spelling(sent: Message, action: str) -> None:
    raw = MadeReport(sent, action=action, to=verp(sent)).raw()
    assert after(sent, raw) == (Status.BOUNCED, Reason.ADDRESS)


def test_later_news_overrides_earlier(sent: Message, truth: Any) -> None:
    def news(action: str, status: str) -> tuple[str, str]:
        return after(sent, MadeReport(sent, action=action, status=status, to=verp(sent)).raw())

    assert news("failed", "4.4.7") == (Status.FAILED, Reason.NO_ANSWER)
    assert news("failed", "5.2.2") == (Status.FAILED, Reason.FULL)
    assert news("failed", "5.1.1") == (Status.BOUNCED, Reason.ADDRESS)
    # One that was overtaken on the way doesn't open the address again.
    assert news("failed", "4.4.7") == (Status.BOUNCED, Reason.ADDRESS)
    assert news("failed", "5.1.1") == (Status.BOUNCED, Reason.ADDRESS)
    assert news("delivered", "2.0.0") == (Status.SENT, "")
    assert truth.bounced == [sent.subject_id]
    assert sent.reports == 4


def test_a_forward_that_worked_in_part_says_nothing(sent: Message) -> None:
    one = MadeReport(sent, to=verp(sent), final="forward@example.nl").raw().decode()
    both = one.replace(
        "Status: 5.1.1",
        "Status: 5.1.1\n\nFinal-Recipient: rfc822; other@example.nl\n"
        "Action: delivered\nStatus: 2.0.0",
    )
    assert after(sent, both.encode()) == (Status.SENT, "")


def test_a_plain_bounce_names_the_address_in_a_header(sent: Message) -> None:
    raw = (
        f"To: {verp(sent)}\nX-Failed-Recipients: {sent.address}\nSubject: failed\n\n"
        "550 5.1.1 unknown\n"
    )
    assert after(sent, raw.encode()) == (Status.BOUNCED, Reason.ADDRESS)


@pytest.mark.parametrize("change", ["signature", "id", "domain", "name"])
def test_a_forged_envelope_sender_is_not_believed(sent: Message, change: str) -> None:
    good = verp(sent)
    forged = {
        "signature": good.replace("@", "a@").replace(good[-20:-18], "")[:48] + "@voordeur.example",
        "id": good.replace("bounce+", "bounce+aa", 1).replace("aa" + good[7:9], "aa", 1),
        "domain": good.replace("voordeur", "elders"),
        "name": good.replace("bounce+", "other+"),
    }[change]
    assert forged != good
    assert after(sent, MadeReport(sent, to=forged).raw()) == (Status.SENT, "")


def test_earlier_keys_still_verify(sent: Message, settings: Any) -> None:
    to = verp(sent)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another" * 9, [settings.SECRET_KEY]
    assert verp(sent) != to
    assert after(sent, MadeReport(sent, to=to).raw()) == (Status.BOUNCED, Reason.ADDRESS)


def nested(depth: int) -> bytes:
    opening = "".join(
        f'Content-Type: multipart/mixed; boundary="b{n}"\n\n--b{n}\n' for n in range(depth)
    )
    return opening.encode()


HOSTILE = {
    "deep": lambda _r: nested(3_000),
    "many parts": lambda _r: (
        b'Content-Type: multipart/report; boundary="b"\n\n'
        + b"--b\nContent-Type: message/delivery-status\n\nAction: failed\n\n" * 8_000
    ),
    "many fields": lambda r: r + b"Final-Recipient: x\n\n" * 30_000,
    "one header": lambda _r: b'Content-Type: multipart/report; x="' + b';"' * 300_000,
    "many headers": lambda _r: b"References: <a@b>\n" * 60_000 + b"\n",
    "one mark": lambda _r: b"References: " + b"<" * 600_000 + b"\n\n",
    "bytes": lambda _r: bytes(range(256)) * 4_000,
    "bad base64": lambda r: r.replace(b"7bit", b"base64"),
    "unknown charset": lambda r: r.replace(b"utf-8", b"x-none"),
    "unknown encoding": lambda r: r.replace(b"7bit", b"x-uuencode"),
    "no end": lambda r: r[: len(r) // 2],
    "empty boundary": lambda r: r.replace(b'"grens"', b'""'),
}


@pytest.mark.parametrize("how", HOSTILE)
def test_hostile_mail_is_safe(sent: Message, how: str) -> None:
    raw = HOSTILE[how](MadeReport(sent, returned_kind="message/rfc822").raw())
    start = time.process_time()
    receive(raw, now=TUESDAY)
    assert time.process_time() - start < 5


def test_a_huge_bounce_is_read_as_far_as_it_matters(sent: Message) -> None:
    raw = MadeReport(sent, to=verp(sent), returned_kind="message/rfc822").raw()
    huge = raw.replace(b"Tekst", b"x" * 70 + b"\n" + (b"x" * 70 + b"\n") * 300_000)
    assert after(sent, huge) == (Status.BOUNCED, Reason.ADDRESS)


def test_a_mark_of_a_message_that_is_gone_is_ignored(sent: Message) -> None:
    gone = Message(id=uuid7(), address=sent.address)
    assert not receive(MadeReport(gone, to=verp(gone)).raw(), now=TUESDAY)
