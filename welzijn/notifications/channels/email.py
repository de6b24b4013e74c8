"""E-mail through Django's mail backend, over one connection for a whole sweep."""

from __future__ import annotations

import smtplib
from types import TracebackType
from typing import Any, Self

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection

from welzijn.notifications.calendar_invites import method_of
from welzijn.notifications.channels.errors import (
    AddressRefusedError,
    ChannelDownError,
    PermanentRefusalError,
    TemporaryRefusalError,
)
from welzijn.notifications.models import Message
from welzijn.notifications.rendering import Content

_SERVICE_CLOSING = 421  # RFC 5321: the server shuts down; says nothing about this message
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
        "From": settings.DEFAULT_FROM_EMAIL,
    }
    if stop:
        headers["List-Unsubscribe"] = f"<{stop}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    mail = EmailMultiAlternatives(
        content.subject,
        content.text,
        # The envelope sender, to which undeliverable mail returns.
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
    """A mail connection: opened at the first mail, kept until the end of the `with` block."""

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
        """Send one mail. Raises the SendingError that tells the sweep what to do with it."""
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
            # Includes a connection lost after the server took the mail: sending it twice with one
            # Message-ID is better than not at all.
            self.close()
            raise ChannelDownError(type(away).__name__) from None
        except ValueError as impossible:
            # An address or header that can't be encoded.
            raise PermanentRefusalError(type(impossible).__name__) from None

    def close(self) -> None:
        """Close the connection; ignore that it may be broken already."""
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
