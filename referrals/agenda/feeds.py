"""The calendar feed of a worker, which shows no person.

make(user=, partnership=, now=) -> address token    ends an earlier one; shown once
end(user=, partnership=, now=)
of_token(token, partnership, now)                    the user, while a role of theirs holds
as_ical(user=, partnership=, now=)
"""

import secrets
from datetime import UTC, datetime, timedelta

from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from organisations.partnerships.models import Partnership
from organisations.roles.models import Membership
from organisations.roles.permissions import ROLES_FOR, Permission
from referrals.agenda import entries
from referrals.agenda.models import CalendarFeed
from welzijn.accounts.models import User
from welzijn.core.working_days import local_date
from welzijn.notifications.rendering import absolute

BEHIND, AHEAD = timedelta(days=14), timedelta(days=92)


def make(*, user: User, partnership: Partnership, now: datetime) -> str:
    """Return a new address; the one before it ends."""
    token = secrets.token_urlsafe(32)
    with transaction.atomic():
        end(user=user, partnership=partnership, now=now)
        CalendarFeed.objects.create(
            user=user, partnership=partnership, digest=_digest(token), made_at=now
        )
    return token


def end(*, user: User, partnership: Partnership, now: datetime) -> None:
    """End the address. Who still asks for it gets nothing."""
    CalendarFeed.objects.filter(user=user, partnership=partnership, ended_at=None).update(
        ended_at=now
    )


def of_token(token: str, partnership: Partnership, now: datetime) -> User | None:
    """Return whose feed it is; None once it or the user's last role here has ended."""
    feed = (
        CalendarFeed.objects.filter(
            digest=_digest(token), partnership=partnership, ended_at=None, user__is_active=True
        )
        .select_related("user")
        .first()
    )
    if feed is None:
        return None
    holds = Membership.objects.active(local_date(now)).filter(
        user=feed.user, partnership=partnership, role__in=ROLES_FOR[Permission.SEE_AGENDA]
    )
    return feed.user if holds.exists() else None


def as_ical(*, user: User, partnership: Partnership, now: datetime) -> bytes:
    """Return the feed: kinds, days and times, with a link that asks to sign in.

    No name, reference, place or word about a question: a calendar is read on locked screens.
    """
    today = local_date(now)
    feed = Calendar()
    feed.add("prodid", "-//Voordeur//NL")
    feed.add("version", "2.0")
    feed.add("method", "PUBLISH")
    feed.add("x-wr-calname", _("Werk bij {name}").format(name=partnership.name))
    for one in entries.between(
        user=user, partnership=partnership, first=today - BEHIND, last=today + AHEAD, now=now
    ):
        session = one.sort is entries.Sort.SESSION
        event = Event()
        event.add("uid", f"{one.uid}@voordeur")
        event.add("dtstamp", now.astimezone(UTC).replace(microsecond=0))
        if one.begins is None:
            event.add("dtstart", one.day)
            event.add("dtend", one.day + timedelta(days=1))
        else:
            event.add("dtstart", one.begins)
            event.add("dtend", one.ends)
        event.add("summary", one.what if session else one.label.capitalize())
        event.add("transp", "TRANSPARENT" if one.off or one.begins is None else "OPAQUE")
        event.add("status", "CANCELLED" if one.off else "CONFIRMED")
        if session and one.where:
            event.add("location", one.where)
        # One address for all: that of an entry would name a question.
        event.add("url", absolute(partnership.hostname, partnership.slug, "/agenda/"))
        feed.add_component(event)
    return feed.to_ical()


def _digest(token: str) -> str:
    return salted_hmac("referrals.agenda.feed", token, algorithm="sha256").hexdigest()
