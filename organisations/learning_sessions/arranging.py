"""Plan, change, move and cancel a learning session.

A session of a recurrence gets its row at the first thing that is arranged about it. Who signed up
is told when the moment or place changes and when it is off.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from organisations.learning_sessions import mailing
from organisations.learning_sessions.models import ArrangedSession
from organisations.learning_sessions.permissions import reach
from organisations.learning_sessions.schedule import Session
from organisations.partnerships.models import Neighbourhood, Partnership
from welzijn.accounts.models import User
from welzijn.core.ids import uuid7


class NotAllowedError(Exception):
    """This is not a neighbourhood in which they arrange sessions."""


@dataclass(frozen=True, slots=True)
class Details:
    """What is arranged about a session; none of it holds a person."""

    name: str
    theme: str
    place: str
    starts: datetime
    ends: datetime
    case_wanted: str


def plan(
    *,
    partnership: Partnership,
    neighbourhood: Neighbourhood | None,
    details: Details,
    by: User,
    now: datetime,
) -> ArrangedSession:
    """Plan a session that no recurrence gives. Raises NotAllowedError."""
    if not reach(by, partnership).covers(neighbourhood.pk if neighbourhood else None):
        raise NotAllowedError
    uid = uuid7()
    return ArrangedSession.objects.create(
        id=uid,
        partnership=partnership,
        neighbourhood=neighbourhood,
        session=uid,
        name=details.name,
        theme=details.theme,
        place=details.place,
        starts_at=details.starts,
        ends_at=details.ends,
        case_wanted=details.case_wanted,
        arranged_by=by,
        arranged_at=now,
    )


def change(
    *, partnership: Partnership, session: Session, details: Details, by: User, now: datetime
) -> ArrangedSession:
    """Change a session; tell who signed up if its moment or place is another. NotAllowedError."""
    with transaction.atomic():
        row = _row(partnership, session, by, now)
        was = (row.starts_at, row.ends_at, row.place)
        row.name, row.theme, row.place = details.name, details.theme, details.place
        row.starts_at, row.ends_at = details.starts, details.ends
        row.case_wanted = details.case_wanted
        if was != (row.starts_at, row.ends_at, row.place):
            row.version += 1
            if row.cancelled_at is None:
                mailing.to_attendees(row, "learning_changed", now)
        row.save()
    return row


def cancel(
    *, partnership: Partnership, session: Session, why: str, by: User, now: datetime
) -> None:
    """Cancel a session and tell who signed up. Idempotent. Raises NotAllowedError."""
    with transaction.atomic():
        row = _row(partnership, session, by, now)
        if row.cancelled_at is None:
            row.cancelled_at, row.cancelled_why = now, why
            row.version += 1
            mailing.to_attendees(row, "learning_off", now)
            row.save()


def hold_after_all(*, partnership: Partnership, session: Session, by: User, now: datetime) -> None:
    """Hold a cancelled session after all; who signed up is told. Raises NotAllowedError."""
    with transaction.atomic():
        row = _row(partnership, session, by, now)
        if row.cancelled_at is not None:
            row.cancelled_at, row.cancelled_why = None, ""
            row.version += 1
            mailing.to_attendees(row, "learning_changed", now)
            row.save()


def mail(
    *, partnership: Partnership, session: Session, to: mailing.To, by: User, now: datetime
) -> int:
    """Mail the team, or who signed up, the day and a link. Return how many. NotAllowedError."""
    with transaction.atomic():
        row = _row(partnership, session, by, now)
        number = mailing.send(row, to, now)
        if number:
            row.mails += 1
            row.mailed_at = now
        row.save()
    return number


def _row(partnership: Partnership, session: Session, by: User, now: datetime) -> ArrangedSession:
    """Return the locked row of a session; made from the recurrence if there is none."""
    if not reach(by, partnership).holds(session):
        raise NotAllowedError
    row, _made = ArrangedSession.objects.get_or_create(
        partnership=partnership,
        session=UUID(session.uid),
        defaults={
            "neighbourhood_id": session.neighbourhood_id,
            "recurs_on": session.recurs_on,
            "name": session.name,
            "place": session.place,
            "starts_at": session.starts,
            "ends_at": session.ends,
            "arranged_by": by,
            "arranged_at": now,
        },
    )
    locked = ArrangedSession.objects.select_for_update(of=("self",)).get(pk=row.pk)
    locked.arranged_by, locked.arranged_at = by, now
    return locked
