"""E-mail through Django's mail backend, over one connection as long as mails are taken."""

from __future__ import annotations

import smtplib
from email.utils import formataddr, parseaddr
from types import TracebackType
from typing import Any, Self

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection

from welzijn.notifications import reasons, return_path
from welzijn.notifications.calendar_invites import method_of
from welzijn.notifications.channels.errors import (
    AddressRefusedError,
    BrokenOffError,
    ChannelDownError,
    PermanentRefusalError,
    SendingError,
    TemporaryRefusalError,
)
from welzijn.notifications.models import Message
from welzijn.notifications.rendering import Content, sender_of

_SERVICE_CLOSING = 421  # RFC 5321: the server ends the connection
_PERMANENT = 500


def build(message: Message, content: Content, *, stop: str = "") -> EmailMultiAlternatives:
    """Build the e-mail of a message.

    The headers stop automatic replies (RFC 3834), and the Message-ID identifies a second attempt
    as the same mail. stop: the one-click unsubscribe URL of a digest (RFC 8058).
    """
    headers = {
        "Message-ID": message.message_id,
        "Auto-Submitted": "auto-generated",
        "Precedence": "bulk",
        "X-Auto-Response-Suppress": "All",
        "Content-Language": message.language,
        "From": _from(message),
    }
    if stop:
        headers["List-Unsubscribe"] = f"<{stop}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    mail = EmailMultiAlternatives(
        content.subject,
        content.text,
        # The envelope's sender, to which undeliverable mail returns; one of its own per message.
        from_email=return_path.of(message.id),
        to=[message.address],
        headers=headers,
    )
    mail.attach_alternative(content.html, "text/html")
    if message.calendar:
        kind = f"text/calendar; method={method_of(message.calendar)}"
        mail.attach_alternative(message.calendar, kind)
    return mail


def _from(message: Message) -> str:
    """Return the sender: the partnership where a resident may read who we are."""
    name = sender_of(message)
    return (
        formataddr((name, parseaddr(settings.DEFAULT_FROM_EMAIL)[1]))
        if name
        else (settings.DEFAULT_FROM_EMAIL)
    )


class EmailChannel:
    """A mail connection: opened at the first mail, kept while mails are taken."""

    def __init__(self) -> None:
        self._connection: Any = None
        # Whether the server has been told the recipient of the mail that is being sent.
        self._named_recipient = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def open(self) -> None:
        """Connect, unless there is a connection. Raises ChannelDownError after a second try.

        A connection that isn't made says nothing about any mail. The second try is for a server
        that minds how the last one ended.
        """
        if self._connection is not None:
            return
        try:
            self._connect()
        except ChannelDownError:
            self._connect()

    def send(self, mail: EmailMultiAlternatives) -> None:
        """Send one mail. Raises the SendingError that tells the sweep what to do with it.

        A kept connection that the server has ended meanwhile (a limit of mails, of time) is no
        fault of this mail: it goes once more over a new one.
        """
        kept = self._connection is not None
        self.open()
        try:
            self._send(mail)
        except BrokenOffError:
            if not kept or self._named_recipient:
                raise
            self.open()
            self._send(mail)

    def close(self) -> None:
        """End the connection; ignore that it may be broken already."""
        connection, self._connection = self._connection, None
        if connection is not None:
            try:
                connection.close()
            except (smtplib.SMTPException, OSError):
                return

    def _connect(self) -> None:
        connection = get_connection()
        try:
            connection.open()
        except (smtplib.SMTPAuthenticationError, smtplib.SMTPConnectError) as refused:
            raise ChannelDownError(f"SMTP {refused.smtp_code}") from None
        except (smtplib.SMTPException, OSError) as away:
            raise ChannelDownError(type(away).__name__) from None
        self._connection = connection
        server = getattr(connection, "connection", None)
        if isinstance(server, smtplib.SMTP):
            self._note_recipient(server)

    def _note_recipient(self, server: smtplib.SMTP) -> None:
        tell = server.rcpt

        def rcpt(*recipient: Any, **options: Any) -> Any:
            self._named_recipient = True
            return tell(*recipient, **options)

        setattr(server, "rcpt", rcpt)  # noqa: B010 (a method of one connection)

    def _send(self, mail: EmailMultiAlternatives) -> None:
        self._named_recipient = False
        try:
            self._connection.send_messages([mail])
        except SendingError:
            self._hang_up()
            raise
        except smtplib.SMTPRecipientsRefused as refused:
            self._hang_up()
            raise _recipient_error(refused) from None
        except smtplib.SMTPNotSupportedError as unsupported:
            self._hang_up()
            raise PermanentRefusalError(type(unsupported).__name__) from None
        except smtplib.SMTPSenderRefused as refused:
            self._hang_up()
            raise _answer_error("MAIL", refused.smtp_code, refused.smtp_error) from None
        except smtplib.SMTPResponseException as refused:
            self._hang_up()
            raise _answer_error("DATA", refused.smtp_code, refused.smtp_error) from None
        except (smtplib.SMTPException, OSError) as away:
            # Includes a connection lost after the server took the mail: sending it twice with one
            # Message-ID is better than not at all.
            self._hang_up()
            raise BrokenOffError(type(away).__name__) from None
        except ValueError as impossible:
            # An address or header that can't be encoded.
            raise PermanentRefusalError(type(impossible).__name__) from None

    def _hang_up(self) -> None:
        """Drop the connection without a word: after a refusal its state is the server's guess.

        QUIT would wait for an answer that a server in trouble doesn't give.
        """
        connection, self._connection = self._connection, None
        server = getattr(connection, "connection", None)
        if isinstance(server, smtplib.SMTP):
            server.close()


def _answer_error(verb: str, code: int, reply: bytes | str) -> SendingError:
    """Return the error for an answer to this verb; its text holds the codes and nothing else."""
    text = reply.decode("ascii", "replace") if isinstance(reply, bytes) else reply
    name = f"SMTP {code} {reasons.status_in(text)}".strip()
    if code == _SERVICE_CLOSING or code <= 0:
        # -1 is smtplib's for an answer that is none.
        return BrokenOffError(name)
    reason = reasons.of_answer(verb, code, text)
    if code < _PERMANENT:
        return TemporaryRefusalError(name, reason)
    return (AddressRefusedError if reason.closes else PermanentRefusalError)(name, reason)


def _recipient_error(refused: smtplib.SMTPRecipientsRefused) -> SendingError:
    answers = refused.recipients.values()
    code, reply = max(answers, key=lambda answer: answer[0], default=(_PERMANENT, b""))
    return _answer_error("RCPT", code, reply)
