"""Process mail that arrives at the bounce address: which message came back, and why.

    receive(raw, now=)   record one raw mail; True where it changed a message of ours

A delivery report (RFC 3464, RFC 6533) says why. The message is known by its own envelope sender,
then by References and In-Reply-To, then by the headers of the mail that was returned. Everything
else (delays, out-of-office replies, read receipts, spam, bounces of other mail) is ignored.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from welzijn.notifications import endings, everything_bounces, return_path
from welzijn.notifications.bounce_mail import BounceMail, Report
from welzijn.notifications.models import Message
from welzijn.notifications.recipients import Channel

_MOST_TRIED = 50


def receive(raw: bytes, *, now: datetime, recipients: tuple[str, ...] = ()) -> bool:
    """Process one raw mail; return True where it changed what we know of one of our messages.

    recipients: the address or addresses that the mail server delivered it to, if it says so.
    """
    mail = BounceMail.parse(raw)
    if mail is None:
        return False
    reports = mail.reports()
    message = _message(mail, recipients) if reports else None
    if message is None:
        return False
    report = _about(message, reports)
    if report is None:
        return False
    if report.reason is None:
        return endings.arrived(message=message, now=now)
    return everything_bounces.did_not_arrive(
        message=message, reason=report.reason, error=f"report {report.status}".strip(), now=now
    )


def _message(mail: BounceMail, recipients: tuple[str, ...]) -> Message | None:
    """Return the mail of ours that this is about, by the surest mark first."""
    for position, message_id in enumerate(_marks(mail, recipients)):
        if position >= _MOST_TRIED:
            return None
        found = Message.objects.filter(id=message_id, channel=Channel.EMAIL).first()
        if found is not None:
            return found
    return None


def _marks(mail: BounceMail, recipients: tuple[str, ...]) -> Iterator[UUID]:
    yield from return_path.message_ids([*recipients, *mail.recipients()])
    for text in (*mail.referred_to(), *mail.returned_ids()):
        message_id = Message.id_from(text)
        if message_id is not None:
            yield message_id
    yield from return_path.message_ids(mail.returned_paths())


def _about(message: Message, reports: list[Report]) -> Report | None:
    """Return what the reports say of this message; None where they contradict each other.

    A mailing list or a forward reports on several addresses; those that name ours count.
    """
    address = message.address.casefold()
    own = [report for report in reports if address in report.recipients] or reports
    failed = [report for report in own if report.reason is not None]
    if failed and len(failed) < len(own):
        return None
    closing = [r for r in failed if r.reason is not None and r.reason.closes]
    if closing and len(closing) == len(failed):
        return closing[0]
    return next((r for r in failed if r not in closing), own[0])
