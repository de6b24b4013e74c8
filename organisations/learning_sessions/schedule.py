"""Learning sessions: their recurrence, and a calendar feed.

A recurrence is stored as the partnership file gives it (`partnership_file/stored.py`). Even weeks
are ISO weeks with an even number: a year of 53 weeks is followed by week 1, so they are not every
second week, and no RRULE can express them. The feed therefore lists each session.
"""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from icalendar import Calendar as ICalendar
from icalendar import Event

from organisations.learning_sessions.models import ArrangedSession
from organisations.partnerships.models import Neighbourhood, Partnership
from welzijn.core.working_days import Calendar, local_date, local_moment
from welzijn.notifications.calendar_invites import cancelled_title

AHEAD = timedelta(days=366)
_NAMESPACE = uuid.UUID("2d4c3a60-6a3c-5d58-8b3e-5f1f0b7a9c11")


@dataclass(frozen=True, slots=True)
class Session:
    """One session. `where` is the neighbourhood, empty for one of the whole partnership.

    `off` says why it is not held: it was cancelled, or the day is a holiday or a closing day; empty
    where it is. `recurs_on` is its day by the recurrence, None for one that was planned by hand.
    """

    uid: str
    name: str
    where: str
    place: str
    day: date
    starts: datetime
    ends: datetime
    off: str = ""
    neighbourhood_id: uuid.UUID | None = None
    recurs_on: date | None = None
    theme: str = ""
    case_wanted: str = ""
    cancelled: bool = False
    version: int = 0
    mailed_at: datetime | None = None

    @property
    def moved(self) -> bool:
        """Whether it is held on another day than the recurrence says."""
        return self.recurs_on is not None and self.recurs_on != self.day


def days(recurrence: Mapping[str, Any], start: date, until: date) -> Iterator[date]:
    """Return the days of a recurrence from `start` up to and including `until`, in order."""
    weekday = recurrence["weekday"]
    day = start + timedelta(days=(weekday - start.isoweekday()) % 7)
    while day <= until:
        if _holds(recurrence, day):
            yield day
        day += timedelta(days=7)


def _holds(recurrence: Mapping[str, Any], day: date) -> bool:
    match recurrence["every"]:
        case "even_weeks":
            return day.isocalendar().week % 2 == 0
        case "odd_weeks":
            return day.isocalendar().week % 2 == 1
        case "month" if recurrence["which"] == -1:
            return (day + timedelta(days=7)).month != day.month
        case "month":
            return (day.day - 1) // 7 + 1 == recurrence["which"]
    return True


def describe_recurrence(recurrence: Mapping[str, Any]) -> str:
    """Describe a recurrence: 'elke eerste dinsdag van de maand, 12.00 tot 13.00 uur'."""
    weekday = _weekdays()[recurrence["weekday"] - 1]
    when = {
        "week": _("elke {day}"),
        "even_weeks": _("elke {day} van een even week"),
        "odd_weeks": _("elke {day} van een oneven week"),
        "month": _("elke {which} {day} van de maand"),
    }[recurrence["every"]].format(day=weekday, which=_which(recurrence["which"]))
    return _("{when}, {start} tot {end} uur").format(
        when=when,
        start=recurrence["start"].replace(":", "."),
        end=recurrence["end"].replace(":", "."),
    )


def _weekdays() -> list[str]:
    return [
        _("maandag"),
        _("dinsdag"),
        _("woensdag"),
        _("donderdag"),
        _("vrijdag"),
        _("zaterdag"),
        _("zondag"),
    ]


def _which(number: int | None) -> str:
    return {
        1: _("eerste"),
        2: _("tweede"),
        3: _("derde"),
        4: _("vierde"),
        -1: _("laatste"),
    }.get(number or 0, "")


def upcoming(
    *,
    partnership: Partnership,
    neighbourhoods: Sequence[Neighbourhood],
    calendar: Calendar,
    now: datetime,
    ahead: timedelta = AHEAD,
) -> list[Session]:
    """Return the sessions from today on, of the whole partnership and of these neighbourhoods.

    In order of time, with what was arranged about each. A session stays listed until its day is
    over (Europe/Amsterdam).
    """
    today = local_date(now)
    closed = dict(partnership.closing_days.values_list("day", "name"))
    changed = _arranged(partnership, neighbourhoods, today)
    found: list[Session] = []
    sources: list[tuple[str, Neighbourhood | None, list[dict[str, Any]]]] = [
        ("", None, partnership.learning_sessions),
        *((place.slug, place, place.learning_sessions) for place in neighbourhoods),
    ]
    for slug, where, recurrences in sources:
        met: Counter[date] = Counter()
        # Sorted, so that a uid does not depend on the order in the partnership's file.
        for recurrence in sorted(recurrences, key=lambda r: (r["start"], r["end"], r["name"])):
            for day in days(recurrence, today, today + ahead):
                met[day] += 1
                uid = session_uid(partnership.pk, slug, day, met[day])
                if uid in changed:
                    continue
                found.append(
                    Session(
                        uid=uid,
                        name=recurrence["name"],
                        where=where.name if where else "",
                        place=recurrence["place"],
                        day=day,
                        starts=local_moment(day, time.fromisoformat(recurrence["start"])),
                        ends=local_moment(day, time.fromisoformat(recurrence["end"])),
                        off=_off(calendar, closed, day),
                        neighbourhood_id=where.pk if where else None,
                        recurs_on=day,
                    )
                )
    last = today + ahead
    arranged = (_as_arranged(row, calendar, closed) for row in changed.values())
    found += [session for session in arranged if today <= session.day <= last]
    return sorted(found, key=lambda session: (session.starts, session.where, session.name))


def _arranged(
    partnership: Partnership, neighbourhoods: Sequence[Neighbourhood], today: date
) -> dict[str, ArrangedSession]:
    """Return what was arranged about the sessions that are held, or recur, from today on."""
    midnight = local_moment(today, time())
    rows = partnership.arranged_sessions.filter(
        Q(neighbourhood=None) | Q(neighbourhood__in=[place.pk for place in neighbourhoods]),
        Q(starts_at__gte=midnight) | Q(recurs_on__gte=today),
    ).select_related("neighbourhood")
    return {str(row.session): row for row in rows}


def _as_arranged(row: ArrangedSession, calendar: Calendar, closed: Mapping[date, str]) -> Session:
    day = local_date(row.starts_at)
    if row.cancelled_at is not None:
        off = row.cancelled_why or _("afgezegd")
    else:
        # Who moved it to another day has confirmed that day, closed or not.
        off = _off(calendar, closed, day) if day == row.recurs_on else ""
    return Session(
        uid=str(row.session),
        name=row.name,
        where=row.neighbourhood.name if row.neighbourhood else "",
        place=row.place,
        day=day,
        starts=row.starts_at,
        ends=row.ends_at,
        off=off,
        neighbourhood_id=row.neighbourhood_id,
        recurs_on=row.recurs_on,
        theme=row.theme,
        case_wanted=row.case_wanted,
        cancelled=row.cancelled_at is not None,
        version=row.version,
        mailed_at=row.mailed_at,
    )


def session_uid(partnership_id: uuid.UUID, slug: str, day: date, place_of_the_day: int) -> str:
    """Return the id of the first, second ... session of a day in a neighbourhood.

    Name, hour and order in the file are no part of it: sign-ups and subscribed calendars keep the
    session when one of these changes.
    """
    key = f"{partnership_id}:{slug}:{day.isoformat()}:{place_of_the_day}"
    return str(uuid.uuid5(_NAMESPACE, key))


def _off(calendar: Calendar, closed: Mapping[date, str], day: date) -> str:
    if calendar.is_working_day(day):
        return ""
    return closed.get(day) or calendar.holiday_name(day) or _("gesloten")


def as_ical(partnership: Partnership, sessions: Sequence[Session], now: datetime) -> bytes:
    """Return the iCalendar feed; a session on a closed day has status CANCELLED.

    It holds names, neighbourhoods, places and times of sessions; nothing about a resident.
    """
    feed = ICalendar()
    feed.add("prodid", "-//Voordeur//NL")
    feed.add("version", "2.0")
    feed.add("method", "PUBLISH")
    feed.add("x-wr-calname", _("Leersessies {name}").format(name=partnership.name))
    for session in sessions:
        event = Event()
        event.add("uid", session.uid)
        event.add("sequence", session.version)
        event.add("dtstamp", now.astimezone(UTC).replace(microsecond=0))
        event.add("dtstart", session.starts)
        event.add("dtend", session.ends)
        event.add("summary", cancelled_title(session.name) if session.off else session.name)
        event.add("transp", "TRANSPARENT" if session.off else "OPAQUE")
        event.add("status", "CANCELLED" if session.off else "CONFIRMED")
        if session.place or session.where:
            event.add("location", ", ".join(filter(None, [session.place, session.where])))
        if description := session.off or session.theme:
            event.add("description", description)
        feed.add_component(event)
    return feed.to_ical()
