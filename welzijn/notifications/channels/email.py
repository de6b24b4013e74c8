"""Mail through Django's e-mail backend; one connection for a whole sweep."""

from __future__ import annotations

import smtplib
from types import TracebackType
from typing import Any, Self

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection

from welzijn.notifications.channels.errors import (
    AddressRefusedError,
    ChannelDownError,
    PermanentRefusalError,
    TemporaryRefusalError,
)
from welzijn.notifications.content import Content
from welzijn.notifications.invitation import method_of
from welzijn.notifications.models import Message

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


class EmailChannel:
    """Opens the connection at the first mail and keeps it until the end of the `with` block."""

    def __init__(self) -> None:
        self._connection: Any = None

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
            self._connection.send_messages([mail])
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
