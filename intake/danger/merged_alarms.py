"""Alarms of a flood, merged: "23 in a few minutes, look at the list"."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db import connection

from intake.questions import responsible
from organisations.front_door.configuration import FrontDoor
from organisations.partnerships.models import Partnership
from welzijn.core.working_days import local_date
from welzijn.notifications import outbox
from welzijn.notifications.models import Message
from welzijn.notifications.recipients import Recipient

KIND = "question.flood"
GATHERS_FOR = timedelta(minutes=5)
_PERIOD = 3600  # seconds in which two merged messages go out at most


def add(recipients: Sequence[Recipient], *, partnership_id: UUID, now: datetime) -> None:
    """Count one more alarm in the message that waits for each recipient, or queue that message.

    The first of an hour leaves after five minutes, the second at the end of the hour with all that
    came after. Call it in the transaction of the question.
    """
    period = int(now.timestamp()) // _PERIOD
    end = datetime.fromtimestamp((period + 1) * _PERIOD, tz=now.tzinfo)
    subject = uuid5(NAMESPACE_URL, f"flood:{partnership_id}")
    for number, leaves in ((2 * period, now + GATHERS_FOR), (2 * period + 1, end)):
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE notifications_message SET context = jsonb_set(context, '{count}',"
                " to_jsonb((context->>'count')::int + 1)) WHERE subject_kind = %s"
                " AND subject_id = %s AND due_version = %s AND status = 'waiting'",
                [KIND, subject, number],
            )
            if cursor.rowcount:
                return
            cursor.execute(
                "SELECT FROM notifications_message WHERE subject_kind = %s AND subject_id = %s"
                " AND due_version = %s LIMIT 1",
                [KIND, subject, number],
            )
            if cursor.fetchone() is not None:
                continue
        for recipient in recipients:
            outbox.queue(
                partnership_id=partnership_id,
                subject_kind=KIND,
                subject_id=subject,
                recipient=recipient,
                template="questions_urgent",
                context={"count": 1, "path": "/werk/"},
                urgent=True,
                not_before=leaves,
                due_version=number,
                now=now,
            )
        return


def lot_line(partnership: Partnership, front: FrontDoor, now: datetime) -> list[Message]:
    """Return the line in the triage team's daily mail that something was set aside."""
    return outbox.messages_for(
        partnership_id=partnership.id,
        subject_kind=KIND,
        subject_id=uuid5(NAMESPACE_URL, f"lot:{partnership.id}"),
        due_version=local_date(now).toordinal(),
        recipient=responsible.team_mailbox(front.triage_team, partnership),
        template="questions_set_aside",
        context={"path": "/caseload/opzij/"},
        days=front.calendar,
        now=now,
    )
