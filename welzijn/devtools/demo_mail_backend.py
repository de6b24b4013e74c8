"""Mail and text backends of the demo: messages are stored to be read in the browser."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone

from welzijn.notifications.models import DemoMail
from welzijn.notifications.recipients import Channel


class DemoBackend(BaseEmailBackend):
    """Store all mails, including allauth's, instead of sending them. Never for production."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Store the mails and return their number."""
        rows = [_row(mail, to) for mail in email_messages for to in mail.recipients()]
        DemoMail.objects.bulk_create(rows)
        return len(email_messages)


class DemoTexts:
    """Store text messages in the same table."""

    def send(self, *, phone: str, text: str, reference: str, second_try: bool) -> None:
        """Store one text, once per reference."""
        if second_try and DemoMail.objects.filter(message_id=reference).exists():
            return
        DemoMail.objects.create(
            message_id=reference,
            channel=Channel.SMS,
            recipient=phone,
            text=text,
            created_at=timezone.now(),
        )


def _row(mail: EmailMessage, to: str) -> DemoMail:
    message = mail.message()
    alternatives = mail.alternatives if isinstance(mail, EmailMultiAlternatives) else []
    # Pairs of content and type; the type may carry parameters (text/calendar; method=REQUEST).
    kinds = {str(kind).partition(";")[0]: str(body) for body, kind in alternatives}
    return DemoMail(
        message_id=message["Message-ID"][:200],
        recipient=to[:254],
        subject=mail.subject[:200],
        text=str(mail.body),
        html=kinds.get("text/html", ""),
        calendar=kinds.get("text/calendar", ""),
        headers={name: str(value) for name, value in message.items()},
        created_at=timezone.now(),
    )
