"""An appointment as calendars take it: an invitation for staff, a bare entry for a resident."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from icalendar import Calendar

from welzijn.notifications.calendar_invites import Invitation, method_of
from welzijn.notifications.recipients import RecipientKind

STARTS = datetime(2026, 12, 1, 9, tzinfo=UTC)
MAIL = "fatma@stimenz.example"


def event_of(kind: RecipientKind, *, cancelled: bool = False) -> tuple[str, Any]:
    invitation = Invitation(
        "handover-1@voordeur",
        STARTS,
        STARTS + timedelta(hours=1),
        STARTS,
        cancelled=cancelled,
        title="Kennismaking",
        place="Het Trefpunt",
    )
    calendar = invitation.as_ical(kind, address=MAIL)
    return method_of(calendar), Calendar.from_ical(calendar).walk("VEVENT")[0]


def test_staff_are_invited_and_need_not_answer(settings: Any) -> None:
    settings.BOUNCE_ADDRESS = "post@voordeur.example"
    method, event = event_of(RecipientKind.STAFF)
    assert method == "REQUEST"
    assert event["attendee"] == f"mailto:{MAIL}"
    assert event["attendee"].params["RSVP"] == "FALSE"
    assert event["organizer"] == "mailto:post@voordeur.example"
    assert (event["summary"], event["transp"]) == ("Kennismaking", "OPAQUE")


def test_a_residents_entry_names_nobody_and_answers_nobody() -> None:
    method, event = event_of(RecipientKind.RESIDENT)
    assert method == "PUBLISH"
    assert not {"attendee", "organizer", "location"} & set(map(str.lower, event))
    assert event["summary"] == "Afspraak"


@pytest.mark.parametrize(
    ("kind", "method", "title"),
    [
        (RecipientKind.STAFF, "CANCEL", "Vervallen: Kennismaking"),
        (RecipientKind.RESIDENT, "PUBLISH", "Vervallen: Afspraak"),
    ],
)
def test_what_is_off_says_so_and_takes_no_time(kind: Any, method: str, title: str) -> None:
    shown, event = event_of(kind, cancelled=True)
    assert shown == method
    assert (event["summary"], event["status"], event["transp"]) == (
        title,
        "CANCELLED",
        "TRANSPARENT",
    )
