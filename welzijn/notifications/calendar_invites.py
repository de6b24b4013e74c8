"""An appointment as iCalendar (RFC 5545, RFC 5546), to go along with an e-mail."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parseaddr
from uuid import NAMESPACE_URL, uuid5

from django.conf import settings
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from welzijn.notifications.recipients import RecipientKind


@dataclass(frozen=True, slots=True)
class Invitation:
    """One appointment. The same `uid` with a higher `sequence` moves it in everybody's calendar.

    starts, ends, made_at: aware. title and place are for staff only: a calendar hangs in the
    kitchen, so a resident's invitation says "Afspraak" and when, and no more (invariant 9): its uid
    is made from `uid` and tells nothing either, for a calendar keeps and exports it.
    """

    uid: str
    starts: datetime
    ends: datetime
    made_at: datetime
    sequence: int = 0
    cancelled: bool = False
    title: str = ""
    place: str = ""

    def __post_init__(self) -> None:
        if not self.starts < self.ends:
            raise ValueError("an appointment ends after it starts")

    def uid_for(self, kind: RecipientKind) -> str:
        """What this kind of recipient's calendar knows the appointment by; the same each time."""
        if kind is RecipientKind.STAFF:
            return self.uid
        return str(uuid5(NAMESPACE_URL, self.uid))

    def as_ical(self, kind: RecipientKind) -> str:
        """The text of the invitation, or of its cancellation, for this kind of recipient."""
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
        event.add("summary", self.title if staff and self.title else _("Afspraak"))
        if staff and self.place:
            event.add("location", self.place)
        calendar.add_component(event)
        return calendar.to_ical().decode()


def method_of(calendar: str) -> str:
    """REQUEST or CANCEL, as the Content-Type of the attachment has to repeat it."""
    return "CANCEL" if "METHOD:CANCEL" in calendar else "REQUEST"
