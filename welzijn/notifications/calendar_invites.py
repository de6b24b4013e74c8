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
from icalendar import Calendar, Event, vCalAddress

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

    def as_ical(self, kind: RecipientKind, language: str = "nl", address: str = "") -> str:
        """Return the invitation, or its cancellation, for this kind of recipient.

        Staff are invited (RFC 5546, 3.2.2): clients offer to put it in the calendar of the attendee
        with this e-mail `address`. A resident's is published (3.2.1), without organiser or
        attendee: nothing in their calendar answers anybody, or names anybody.
        """
        with override(language):
            return self._as_ical(kind, address)

    def _as_ical(self, kind: RecipientKind, address: str) -> str:
        staff = kind is RecipientKind.STAFF
        method = ("CANCEL" if self.cancelled else "REQUEST") if staff else "PUBLISH"
        calendar = Calendar()
        calendar.add("prodid", "-//Voordeur//NL")
        calendar.add("version", "2.0")
        calendar.add("method", method)
        event = Event()
        event.add("uid", self.uid_for(kind))
        event.add("sequence", self.sequence)
        event.add("dtstamp", self.made_at.astimezone(UTC))
        event.add("dtstart", self.starts.astimezone(UTC))
        event.add("dtend", self.ends.astimezone(UTC))
        event.add("status", "CANCELLED" if self.cancelled else "CONFIRMED")
        title = str(self.title) if staff and self.title else _("Afspraak")
        # Many clients leave a cancelled appointment where it is, so its title says it too.
        event.add("summary", cancelled_title(title) if self.cancelled else title)
        event.add("transp", "TRANSPARENT" if self.cancelled else "OPAQUE")
        if staff:
            event.add("organizer", f"mailto:{_organiser()}")
        if staff and address:
            attendee = vCalAddress(f"mailto:{address}")
            attendee.params["ROLE"] = "REQ-PARTICIPANT"
            attendee.params["PARTSTAT"] = "NEEDS-ACTION"
            # Who comes is arranged in the product; a reply is not asked for.
            attendee.params["RSVP"] = "FALSE"
            event.add("attendee", attendee)
        if staff and self.place:
            event.add("location", self.place)
        calendar.add_component(event)
        return calendar.to_ical().decode()


def method_of(calendar: str) -> str:
    """Return REQUEST, CANCEL or PUBLISH, which the attachment's Content-Type repeats."""
    return next(m for m in ("CANCEL", "PUBLISH", "REQUEST") if f"METHOD:{m}" in calendar)


def cancelled_title(title: str) -> str:
    """Return a title that says that the appointment is off."""
    return _("Vervallen: {title}").format(title=title)


def _organiser() -> str:
    """Return an address that takes the replies that some clients send anyway."""
    return settings.BOUNCE_ADDRESS or parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
