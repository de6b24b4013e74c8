"""Mail through Django's e-mail backend; one connection for a whole sweep."""

from __future__ import annotations

import re
import smtplib
from email.utils import formatdate
from types import TracebackType
from typing import Any, Self

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.smtp import EmailBackend as SMTPBackend

from welzijn.notifications.calendar_invites import method_of
from welzijn.notifications.channels.errors import (
    AddressRefusedError,
    ChannelDownError,
    PermanentRefusalError,
    TemporaryRefusalError,
)
from welzijn.notifications.models import Message
from welzijn.notifications.rendering import Content

_PLAIN_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9.-]+")
# A header with its continuation lines.
_HEADER_LINE = re.compile(rb"[^ \t].*\r\n(?:[ \t].*\r\n)*")
_OWN_HEADERS = frozenset({b"to", b"message-id", b"date"})
_MOST_FORMS = 200
_SERVICE_CLOSING = 421  # RFC 5321: the server shuts down; says nothing about this message
_PERMANENT = 500


def build(message: Message, content: Content, *, stop: str = "") -> EmailMultiAlternatives:
    """The mail as it goes out.

    The headers keep machines from answering (RFC 3834) and keep a second try recognisable as the
    same mail. stop: for a digest, the address where one click ends it (RFC 8058).
    """
    headers = {
        "Message-ID": message.message_id,
        "Auto-Submitted": "auto-generated",
        "Precedence": "bulk",
        "X-Auto-Response-Suppress": "All",
        "Content-Language": message.language,
        "From": settings.DEFAULT_FROM_EMAIL,
    }
    if stop:
        headers["List-Unsubscribe"] = f"<{stop}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    mail = EmailMultiAlternatives(
        content.subject,
        content.text,
        # The envelope's sender: where a mail that can't be delivered comes back.
        from_email=settings.BOUNCE_ADDRESS or settings.DEFAULT_FROM_EMAIL,
        to=[message.address],
        headers=headers,
    )
    mail.attach_alternative(content.html, "text/html")
    if message.calendar:
        kind = f"text/calendar; method={method_of(message.calendar)}"
        mail.attach_alternative(message.calendar, kind)
    return mail


def whole_mail(mail: EmailMultiAlternatives) -> bytes:
    """The mail as Django itself would put it on the line."""
    # Django's own message class takes `linesep`; the stubs know only its base.
    composed: Any = mail.message()
    return composed.as_bytes(linesep="\r\n")


class WrittenMails:
    """Mails as bytes; what many have in common is written down once.

    Most mails of a sweep differ in address, Message-ID and date alone. Composing a whole mail
    costs more than everything else about sending it together.
    """

    def __init__(self) -> None:
        self._forms: dict[tuple[object, ...], tuple[list[bytes], bytes]] = {}

    def bytes_of(self, mail: EmailMultiAlternatives) -> bytes | None:
        """The mail as it goes over the line; None where it has to be composed by itself."""
        [address] = mail.to
        if mail.attachments or not _PLAIN_ADDRESS.fullmatch(address):
            return None
        common = tuple(item for item in mail.extra_headers.items() if item[0] != "Message-ID")
        key = (mail.subject, mail.body, *map(tuple, mail.alternatives), *common)
        if key not in self._forms:
            self._forms[key] = self._write(mail)
        head, body = self._forms[key]
        own = (
            f"To: {address}\r\n"
            f"Message-ID: {mail.extra_headers['Message-ID']}\r\n"
            f"Date: {formatdate(localtime=settings.EMAIL_USE_LOCALTIME)}\r\n"
        )
        return b"".join([own.encode("ascii"), *head, b"\r\n", body])

    def _write(self, mail: EmailMultiAlternatives) -> tuple[list[bytes], bytes]:
        if len(self._forms) >= _MOST_FORMS:
            self._forms.clear()
        whole = whole_mail(mail)
        head, _blank, body = whole.partition(b"\r\n\r\n")
        lines = _HEADER_LINE.findall(head + b"\r\n")
        common = [line for line in lines if line.partition(b":")[0].lower() not in _OWN_HEADERS]
        return common, body


class EmailChannel:
    """Opens the connection at the first mail and keeps it until the end of the `with` block."""

    def __init__(self) -> None:
        self._connection: Any = None
        self._written = WrittenMails()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def send(self, mail: EmailMultiAlternatives) -> None:
        """Hand one mail to the server. Raises a SendingError that says what to do with it."""
        try:
            if self._connection is None:
                connection = get_connection()
                connection.open()
                self._connection = connection
            self._hand_over(mail)
        except smtplib.SMTPRecipientsRefused as refused:
            raise _recipient_error(refused) from None
        except smtplib.SMTPNotSupportedError as unsupported:
            raise PermanentRefusalError(type(unsupported).__name__) from None
        except smtplib.SMTPAuthenticationError as refused:
            self.close()
            raise ChannelDownError(f"SMTP {refused.smtp_code}") from None
        except smtplib.SMTPConnectError as refused:
            self.close()
            raise ChannelDownError(f"SMTP {refused.smtp_code}") from None
        except smtplib.SMTPResponseException as refused:
            raise self._response_error(refused.smtp_code) from None
        except (smtplib.SMTPException, OSError) as away:
            # Also where the line broke after the mail had gone: then it goes twice with one
            # Message-ID, rather than not at all.
            self.close()
            raise ChannelDownError(type(away).__name__) from None
        except ValueError as impossible:
            # An address or header that can't be written down, of whatever origin.
            raise PermanentRefusalError(type(impossible).__name__) from None

    def _hand_over(self, mail: EmailMultiAlternatives) -> None:
        if isinstance(self._connection, SMTPBackend):
            written = self._written.bytes_of(mail)
            smtp = self._connection.connection
            if written is not None and smtp is not None:
                smtp.sendmail(mail.from_email, mail.to, written)
                return
        self._connection.send_messages([mail])

    def close(self) -> None:
        """End the connection, without minding that it may be broken already."""
        connection, self._connection = self._connection, None
        if connection is not None:
            try:
                connection.close()
            except (smtplib.SMTPException, OSError):
                return

    def _response_error(self, code: int) -> Exception:
        if code == _SERVICE_CLOSING:
            self.close()
            return ChannelDownError(f"SMTP {code}")
        if code >= _PERMANENT:
            return PermanentRefusalError(f"SMTP {code}")
        return TemporaryRefusalError(f"SMTP {code}")


def _recipient_error(refused: smtplib.SMTPRecipientsRefused) -> Exception:
    codes = [code for code, _text in refused.recipients.values()]
    code = max(codes, default=_PERMANENT)
    if code == _SERVICE_CLOSING:
        return ChannelDownError(f"SMTP {code}")
    if code >= _PERMANENT:
        return AddressRefusedError(f"SMTP {code}")
    return TemporaryRefusalError(f"SMTP {code}")
