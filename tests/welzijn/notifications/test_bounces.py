"""Mail that comes back: only a final report about one of our mails counts."""

from __future__ import annotations

import io

import pytest
from django.core.management import call_command
from django.db import OperationalError

from tests.welzijn.notifications.conftest import TUESDAY
from welzijn.core.ids import uuid7
from welzijn.notifications import return_path
from welzijn.notifications.bounces import receive
from welzijn.notifications.checks import messages_can_be_sent
from welzijn.notifications.delivery import sweep
from welzijn.notifications.endings import did_not_arrive
from welzijn.notifications.management.commands import receive_bounce
from welzijn.notifications.models import Message, Status
from welzijn.notifications.reasons import Reason

pytestmark = pytest.mark.django_db

REPORT = """\
From: MAILER-DAEMON@mx.example
To: bounce@voordeur.example
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

I'm sorry to have to inform you ...

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example

Final-Recipient: rfc822; aydin@example.nl
Action: {action}
Status: {status}

--b
Content-Type: {returned}

From: Voordeur <noreply@localhost>
Message-ID: {message_id}
Subject: Er is nieuws voor u

--b--
"""


def report(
    message: Message,
    action: str = "failed",
    status: str = "5.1.1",
    returned: str = "message/rfc822",
) -> bytes:
    text = REPORT.format(
        action=action, status=status, returned=returned, message_id=message.message_id
    )
    return text.encode()


@pytest.fixture
def sent(queue) -> Message:
    [message] = queue()
    sweep(now=TUESDAY)
    return message


@pytest.mark.parametrize("returned", ["message/rfc822", "text/rfc822-headers"])
def test_a_final_report_marks_the_message_and_tells_its_app(sent, truth, returned) -> None:
    assert receive(report(sent, returned=returned), now=TUESDAY)
    sent.refresh_from_db()
    assert sent.status == Status.BOUNCED
    assert truth.bounced == [sent.subject_id]


def test_the_same_report_twice_is_told_once(sent, truth) -> None:
    receive(report(sent), now=TUESDAY)
    assert not receive(report(sent), now=TUESDAY)
    assert truth.bounced == [sent.subject_id]


@pytest.mark.parametrize(("action", "status"), [("delayed", "4.4.1"), ("delivered", "2.0.0")])
def test_a_delay_is_no_bounce(sent, truth, action, status) -> None:
    assert not receive(report(sent, action, status), now=TUESDAY)
    sent.refresh_from_db()
    assert (sent.status, truth.bounced) == (Status.SENT, [])


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\x00\xff\xfe not a mail",
        b"From: a@example.nl\nSubject: Afwezig\nAuto-Submitted: auto-replied\n\nIk ben op vakantie",
        b"Content-Type: multipart/report; boundary=x\n\n--x\nContent-Type: text/plain\n",
        b"x" * (3 * 1024 * 1024),
    ],
)
def test_whatever_else_arrives_is_ignored(sent, truth, raw) -> None:
    assert not receive(raw, now=TUESDAY)
    sent.refresh_from_db()
    assert (sent.status, truth.bounced) == (Status.SENT, [])


def test_a_report_about_somebody_elses_mail_is_ignored(sent, truth) -> None:
    foreign = report(sent).replace(sent.message_id.encode(), b"<abc@elsewhere.example>")
    assert not receive(foreign, now=TUESDAY)
    unknown = report(sent).replace(sent.id.hex.encode(), b"0" * 32)
    assert not receive(unknown, now=TUESDAY)


def test_what_was_never_sent_can_not_come_back(queue, truth) -> None:
    [message] = queue()
    assert not did_not_arrive(message=message, reason=Reason.ADDRESS, now=TUESDAY)
    message.refresh_from_db()
    assert (message.status, truth.bounced) == (Status.WAITING, [])


def test_it_is_piped_in_by_the_mail_server(sent, monkeypatch) -> None:
    class Stdin:
        buffer = io.BytesIO(report(sent))

    monkeypatch.setattr("sys.stdin", Stdin)
    out = io.StringIO()
    call_command("receive_bounce", stdout=out)
    assert out.getvalue().strip() == "recorded"


def piped(raw: bytes, monkeypatch: pytest.MonkeyPatch, *arguments: str) -> str:
    class Stdin:
        buffer = io.BytesIO(raw)

    monkeypatch.setattr("sys.stdin", Stdin)
    out = io.StringIO()
    call_command("receive_bounce", *arguments, stdout=out)
    return out.getvalue().strip()


def test_the_mail_server_can_say_for_which_address_it_came(sent, settings, monkeypatch) -> None:
    settings.BOUNCE_ADDRESS = "bounce@voordeur.example"
    bare = report(sent).replace(sent.message_id.encode(), b"<x@elders.example>")
    assert piped(bare, monkeypatch) == "ignored"
    assert piped(bare, monkeypatch, "--recipient", return_path.of(sent.id)) == "recorded"


def test_while_the_database_is_down_the_mail_server_tries_again(sent, monkeypatch) -> None:
    def down(*_args: object, **_options: object) -> bool:
        raise OperationalError

    monkeypatch.setattr(receive_bounce, "receive", down)
    with pytest.raises(SystemExit) as ended:
        piped(report(sent), monkeypatch)
    assert ended.value.code == 75


@pytest.mark.parametrize(
    ("address", "delimiter", "sender"),
    [
        ("bounce@voordeur.example", "+", "bounce+{mark}@voordeur.example"),
        ("Terug <b@voordeur.example>", "-", "b-{mark}@voordeur.example"),
        ("bounce@voordeur.example", "", "bounce@voordeur.example"),
        ("", "+", "Voordeur <noreply@localhost>"),
    ],
)
def test_each_message_has_an_envelope_sender_of_its_own(
    settings, address, delimiter, sender
) -> None:
    settings.BOUNCE_ADDRESS, settings.BOUNCE_DELIMITER = address, delimiter
    settings.DEFAULT_FROM_EMAIL = "Voordeur <noreply@localhost>"
    message_id = uuid7()
    made = return_path.of(message_id)
    assert made == sender.format(mark=return_path.token(message_id))
    assert list(return_path.message_ids([made])) == ([message_id] if "{" in sender else [])


def test_a_bounce_address_that_is_too_long_is_refused_at_start(settings) -> None:
    settings.BOUNCE_ADDRESS = "a-very-long-name-for-a-mailbox@voordeur.example"
    assert "notifications.E005" in {found.id for found in messages_can_be_sent()}
    settings.BOUNCE_DELIMITER = ""
    assert "notifications.E005" not in {found.id for found in messages_can_be_sent()}
