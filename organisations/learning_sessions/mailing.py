"""Mail about a learning session: the day and a link, as all mail to staff (invariant 9).

Theme, place and the case that is asked for stand on the page behind the link.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.urls import reverse

from organisations.learning_sessions.models import ArrangedSession, LearningSignUp
from organisations.roles.models import Membership, Role
from welzijn.accounts.models import User
from welzijn.core.working_days import local_date
from welzijn.notifications import message_kinds, outbox
from welzijn.notifications.models import Message
from welzijn.notifications.recipients import Recipient

KIND = "organisations.learning_session"


class To(StrEnum):
    """Who is mailed."""

    TEAM = "team"
    ATTENDEES = "wie-komt"


def register() -> None:
    """Register the kind of message (called by AppConfig.ready)."""
    message_kinds.register(KIND, still_valid=still_coming)


def send(row: ArrangedSession, to: To, now: datetime) -> int:
    """Invite the team of the neighbourhood, or remind who signed up; return how many."""
    people = _team(row, now) if to is To.TEAM else _attendees(row)
    template = "learning_invited" if to is To.TEAM else "learning_reminder"
    return _queue(row, people, template, now)


def to_attendees(row: ArrangedSession, template: str, now: datetime) -> int:
    """Tell who signed up of a change; return how many."""
    return _queue(row, _attendees(row), template, now)


def team_of(row_neighbourhood: UUID | None, partnership_id: UUID, now: datetime) -> list[User]:
    """Return whom a mail to the team reaches: its members; of the partnership all who work."""
    held = Membership.objects.active(local_date(now)).filter(partnership=partnership_id)
    if row_neighbourhood is None:
        held = held.filter(
            role__in=(
                Role.PROFESSIONAL,
                Role.TEAM_MEMBER,
                Role.COORDINATOR,
                Role.NEIGHBOURHOOD_LEAD,
            )
        )
    else:
        held = held.filter(team__neighbourhoods=row_neighbourhood, team__until__isnull=True)
    return list(User.objects.filter(pk__in=held.values("user"), is_active=True).order_by("pk"))


def still_coming(messages: Sequence[Message], now: datetime) -> Collection[UUID]:
    """Return the ids of messages about a session that has not been; a cancellation of one that is.

    An invitation or reminder is no longer true once the session is off.
    """
    rows = ArrangedSession.objects.in_bulk({m.subject_id for m in messages})
    return {
        m.id
        for m in messages
        if (row := rows.get(m.subject_id)) is not None
        and row.ends_at > now
        and (row.cancelled_at is None) == (m.template != "learning_off")
    }


def _team(row: ArrangedSession, now: datetime) -> list[User]:
    return team_of(row.neighbourhood_id, row.partnership_id, now)


def _attendees(row: ArrangedSession) -> list[User]:
    signed_up = LearningSignUp.objects.filter(partnership=row.partnership_id, session=row.session)
    return list(User.objects.filter(pk__in=signed_up.values("user"), is_active=True).order_by("pk"))


def _queue(row: ArrangedSession, people: Iterable[User], template: str, now: datetime) -> int:
    number = 0
    for user in people:
        number += 1
        outbox.queue(
            partnership_id=row.partnership_id,
            subject_kind=KIND,
            subject_id=row.pk,
            due_version=row.version * 1_000 + row.mails + 1,
            recipient=Recipient.user(user.pk, email=user.email, language=user.language),
            template=template,
            context={
                "path": reverse("learning_session", args=[row.session]),
                "due_on": local_date(row.starts_at).isoformat(),
            },
            now=now,
        )
    return number
