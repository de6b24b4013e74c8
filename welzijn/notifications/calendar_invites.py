"""Appointments as iCalendar attachments (RFC 5545, RFC 5546)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parseaddr
from typing import TYPE_CHECKING
from uuid import NAMESPACE_URL, uuid5

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override
from icalendar import Calendar, Event

from welzijn.notifications.recipients import RecipientKind

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True, slots=True)
class Invitation:
    """An appointment. The same `uid` with a higher `sequence` moves it in each calendar.

    starts, ends, made_at: aware. title (translated lazily, for each recipient) and place are for
    staff only: others may see a resident's calendar, so a resident's invitation says "Afspraak" and
    the time, no more (invariant 9). Its uid is a hash of `uid`, because calendars keep and export
    it.
    """

    uid: str
    starts: datetime
    ends: datetime
    made_at: datetime
    sequence: int = 0
    cancelled: bool = False
    title: StrOrPromise = ""
    place: str = ""

    def __post_init__(self) -> None:
        if not self.starts < self.ends:
            raise ValueError("an appointment ends after it starts")

    def uid_for(self, kind: RecipientKind) -> str:
        """Return the appointment's stable uid for this kind of recipient."""
        if kind is RecipientKind.STAFF:
            return self.uid
        return str(uuid5(NAMESPACE_URL, self.uid))

    def as_ical(self, kind: RecipientKind, language: str = "nl") -> str:
        """Return the invitation, or its cancellation, for this kind of recipient."""
        with override(language):
            return self._as_ical(kind)

    def _as_ical(self, kind: RecipientKind) -> str:
        calendar = Calendar()
        calendar.add("prodid", "-//Voordeur//NL")
        calendar.add("version", "2.0")
        calendar.add("method", "CANCEL" if self.cancelled else "REQUEST")
        event = Event()
        staff = kind is RecipientKind.STAFF
        event.add("uid", self.uid_for(kind))
        event.add("sequence", self.sequence)
        event.add("dtstamp", self.made_at.astimezone(UTC))
        event.add("dtstart", self.starts.astimezone(UTC))
        event.add("dtend", self.ends.astimezone(UTC))
        event.add("status", "CANCELLED" if self.cancelled else "CONFIRMED")
        event.add("organizer", f"mailto:{parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}")
        event.add("summary", str(self.title) if staff and self.title else _("Afspraak"))
        if staff and self.place:
            event.add("location", self.place)
        calendar.add_component(event)
        return calendar.to_ical().decode()


def method_of(calendar: str) -> str:
    """Return REQUEST or CANCEL, which the attachment's Content-Type repeats."""
    return "CANCEL" if "METHOD:CANCEL" in calendar else "REQUEST"
