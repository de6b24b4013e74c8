"""Mail over SMTP to a real server: what it holds, and what a server's answers do to it."""

from __future__ import annotations

import asyncio
import email
import email.policy
from collections.abc import Iterator
from datetime import timedelta
from email.message import EmailMessage

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.welzijn.notifications.conftest import TUESDAY, by_mail
from welzijn.core.ids import uuid7
from welzijn.notifications import return_path
from welzijn.notifications.calendar_invites import Invitation
from welzijn.notifications.delivery import LEASE, sweep
from welzijn.notifications.models import Message, Status
from welzijn.notifications.recipients import Channel, Recipient

pytestmark = pytest.mark.django_db


class Mailbox:
    """An SMTP server's handler: keeps what it takes, refuses what it is told to refuse."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.senders: list[str] = []
        self.answers: dict[str, str] = {}
        self.data_answer = "250 OK"

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        answer = self.answers.get(address, "250 OK")
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        if self.data_answer.startswith("250"):
            assert isinstance(envelope.content, bytes)
            parsed = email.message_from_bytes(envelope.content, policy=email.policy.default)
            assert isinstance(parsed, EmailMessage)
            self.mails.append(parsed)
            self.senders.append(str(envelope.mail_from))
        return self.data_answer


class AnyPortController(Controller):
    """aiosmtpd on whichever port the system has free."""

    def _trigger_server(self) -> None:
        assert isinstance(self.server, asyncio.Server)
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


@pytest.fixture
def mailbox(settings) -> Iterator[Mailbox]:
    handler = Mailbox()
    controller = AnyPortController(handler, hostname="127.0.0.1", port=0)
    controller.start()
    settings.EMAIL_BACKEND = "welzijn.notifications.channels.bounded_smtp.Backend"
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_PORT = controller.port
    settings.EMAIL_USE_TLS = False
    settings.EMAIL_HOST_USER = ""
    settings.BOUNCE_ADDRESS = "bounce@voordeur.example"
    settings.DEFAULT_FROM_EMAIL = "Voordeur <noreply@voordeur.example>"
    yield handler
    controller.stop()


def parts(mail: EmailMessage) -> dict[str, str]:
    return {
        part.get_content_type(): part.get_content().replace("\r\n", "\n")
        for part in mail.walk()
        if not part.is_multipart()
    }


def test_a_residents_mail_says_that_there_is_news_and_nothing_else(queue, mailbox) -> None:
    [message] = queue()
    sweep(now=TUESDAY)
    [mail] = mailbox.mails
    assert mail["Subject"] == "Er is nieuws voor u"
    text = parts(mail)["text/plain"]
    assert text.split("\n\n")[0] == (
        "Er is nieuws over uw vraag. Bekijk het op http://putten.localhost:8000/volg/ met uw code."
    )
    whole = mail.as_string()
    # They said that we may say who we are; never who helps, or with what.
    assert mail["From"] == "Breed Welzijn Putten <noreply@voordeur.example>"
    assert "Deze mail is van Breed Welzijn Putten." in text
    for secret in ("Stimenz", str(message.subject_id)):
        assert secret not in whole
    assert 'href="http://putten.localhost:8000/volg/"' in parts(mail)["text/html"]


def test_machines_are_told_not_to_answer(queue, mailbox) -> None:
    [message] = queue()
    sweep(now=TUESDAY)
    [mail] = mailbox.mails
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Precedence"] == "bulk"
    assert mail["X-Auto-Response-Suppress"] == "All"
    assert mail["Message-ID"] == message.message_id
    assert mail["From"] == "Breed Welzijn Putten <noreply@voordeur.example>"
    assert mailbox.senders == [f"bounce+{return_path.token(message.id)}@voordeur.example"]
    assert "List-Unsubscribe" not in mail
    assert "Reply-To" not in mail


def test_the_same_in_english(queue, mailbox) -> None:
    queue(by_mail(language="en"))
    sweep(now=TUESDAY)
    [mail] = mailbox.mails
    assert mail["Content-Language"] == "en"
    assert mail["Subject"] == "There is news for you"
    assert "with your code" in parts(mail)["text/plain"]
    assert '<html lang="en">' in parts(mail)["text/html"]


def test_who_may_not_be_told_who_we_are_gets_no_address_either(queue, mailbox) -> None:
    wish = by_mail()
    discreet = Recipient.resident(
        uuid7(), type(wish.preferences)((Channel.EMAIL,), email="a@example.nl", may_say_who=False)
    )
    queue(discreet)
    sweep(now=TUESDAY)
    [mail] = mailbox.mails
    assert "putten" not in mail.as_string()
    assert "http" not in parts(mail)["text/plain"]


def test_an_invitation_goes_along_as_a_calendar(queue, mailbox) -> None:
    appointment = Invitation("a@voordeur", TUESDAY, TUESDAY + timedelta(hours=1), TUESDAY)
    queue(template="appointment", invitation=appointment)
    sweep(now=TUESDAY)
    [mail] = mailbox.mails
    [calendar] = [p for p in mail.walk() if p.get_content_type() == "text/calendar"]
    assert calendar.get_param("method") == "PUBLISH"
    assert "SUMMARY:Afspraak" in calendar.get_content()


def test_one_connection_for_many_mails_in_order(queue, mailbox) -> None:
    for number in range(5):
        queue(by_mail(f"{number}@example.nl"))
    assert sweep(now=TUESDAY).sent == 5
    assert [mail["To"] for mail in mailbox.mails] == [f"{n}@example.nl" for n in range(5)]


def test_an_address_refused_at_the_door_is_a_bounce_and_the_next_mail_goes(
    queue, mailbox, truth
) -> None:
    mailbox.answers["gone@example.nl"] = "550 5.1.1 No such user"
    [gone] = queue(by_mail("gone@example.nl"))
    [fine] = queue(by_mail("fine@example.nl"))
    sweep(now=TUESDAY)
    gone.refresh_from_db()
    fine.refresh_from_db()
    assert (gone.status, gone.error) == (Status.BOUNCED, "SMTP 550 5.1.1")
    assert fine.status == Status.SENT
    assert truth.bounced == [gone.subject_id]


@pytest.mark.parametrize(
    ("answer", "status", "attempts"),
    [
        ("452 4.2.2 Mailbox full", Status.WAITING, 1),
        ("421 4.3.2 Going down", Status.WAITING, 1),
    ],
)
def test_what_is_refused_for_now_waits(queue, mailbox, answer, status, attempts) -> None:
    mailbox.answers["aydin@example.nl"] = answer
    [message] = queue()
    sweep(now=TUESDAY)
    message.refresh_from_db()
    assert (message.status, message.attempts) == (status, attempts)


def test_content_that_is_refused_fails(queue, mailbox) -> None:
    mailbox.data_answer = "554 5.7.1 Looks like spam"
    [message] = queue()
    sweep(now=TUESDAY)
    message.refresh_from_db()
    assert (message.status, message.error) == (Status.FAILED, "SMTP 554 5.7.1")


def test_no_server_at_all_keeps_everything(queue, mailbox, settings) -> None:
    settings.EMAIL_PORT = 1  # nobody listens there
    [message] = queue()
    tally = sweep(now=TUESDAY)
    assert tally.down == {Channel.EMAIL}
    message.refresh_from_db()
    assert (message.status, message.attempts) == (Status.WAITING, 0)


def test_a_second_try_over_the_line_has_the_same_message_id(queue, mailbox) -> None:
    [message] = queue()
    sweep(now=TUESDAY)
    Message.objects.filter(id=message.id).update(
        status=Status.SENDING, held_until=TUESDAY + LEASE, claimed_by="dead"
    )
    sweep(now=TUESDAY + LEASE)
    assert [mail["Message-ID"] for mail in mailbox.mails] == [message.message_id] * 2


def test_an_address_that_can_not_be_a_header_fails_without_stopping_the_sweep(
    queue, mailbox
) -> None:
    [odd] = queue(by_mail("fine@example.nl"))
    Message.objects.filter(id=odd.id).update(address="a@example.nl\nBcc: b@example.nl")
    queue(by_mail("next@example.nl"))
    sweep(now=TUESDAY)
    odd.refresh_from_db()
    assert odd.status == Status.FAILED
    assert [mail["To"] for mail in mailbox.mails] == ["next@example.nl"]
