"""Who is invited to an MDO has one appointment: it moves, ends, comes back, and says nothing."""

from datetime import timedelta
from typing import Any

import pytest

from referrals.conferences import invitations as conference_invitations
from referrals.conferences import (
    notifications as conference_notifications,
)
from referrals.conferences import (
    planning as conference_planning,
)
from referrals.conferences.models import Participant
from tests.referrals.conferences.family_conference import ENDS, STARTS, Family, invitations
from welzijn.notifications.models import Message

pytestmark = pytest.mark.django_db
ASKED_TWICE = [("REQUEST", 0), ("CANCEL", 1), ("REQUEST", 2)]


def what_it_does(calendar: str) -> str:
    """CANCEL or REQUEST; a resident's is published, and says by its status that it is off."""
    return "CANCEL" if "STATUS:CANCELLED" in calendar else "REQUEST"


def methods(messages: list[Message]) -> list[tuple[str, int]]:
    """What each message does with the appointment, and its number in the row."""
    return [
        (what_it_does(m.calendar), int(m.calendar.split("SEQUENCE:")[1].split()[0]))
        for m in messages
    ]


def test_invitations_move_and_are_cancelled_under_one_uid() -> None:
    family = Family()
    conference = family.planned()
    outside = conference_invitations.invite_outside(
        conference=conference,
        name="Dokter Vos",
        works_at="Huisartsen Dorp",
        email="Praktijk@voordeur.example",
        by=family.worker,
        now=family.now,
    )
    first = invitations(conference)
    assert {m.recipient_kind for m in first} == {"staff", "resident"}
    assert len(first) == 4  # both workers, the doctor, the resident
    assert all("SEQUENCE:0" in m.calendar and "STATUS:CONFIRMED" in m.calendar for m in first)
    later = conference_planning.plan(
        conference=conference,
        starts_at=STARTS + timedelta(days=1),
        ends_at=ENDS + timedelta(days=1),
        place="Het Trefpunt",
        by=family.worker,
        now=family.now,
    )
    moved = [m for m in invitations(conference) if "SEQUENCE:1" in m.calendar]
    assert len(moved) == 4
    old = [m for m in first if m.subject_kind == conference_notifications.PLANNED]
    assert conference_notifications.still_planned(old, family.now) == set()
    conference_planning.cancel(conference=later, why="Ziek.", by=family.worker, now=family.now)
    over = [m for m in invitations(conference) if "STATUS:CANCELLED" in m.calendar]
    assert len(over) == 4
    assert all("SEQUENCE:2" in m.calendar for m in over)
    assert outside.email == "praktijk@voordeur.example"


def test_who_is_taken_off_the_list_loses_the_appointment() -> None:
    family = Family()
    conference = family.planned()
    theirs = Participant.objects.get(user=family.youth)
    conference_invitations.remove(participant=theirs, by=family.worker, now=family.now)
    conference_planning.say_about_resident(
        item=family.item(),
        invited=False,
        why_not="U bent dan op reis.",
        by=family.worker,
        now=family.now,
    )
    gone = [m for m in invitations(conference) if "STATUS:CANCELLED" in m.calendar]
    keys = {m.recipient_key for m in gone}
    assert keys == {f"user:{family.youth.pk}", f"resident:{family.question.asker_id}"}
    assert family.sees(family.youth, conference) is None


def test_somebody_invited_again_gets_the_appointment_again_and_newer_than_its_end() -> None:
    family = Family()
    conference = family.planned()
    theirs = Participant.objects.get(user=family.youth)
    conference_invitations.answer(participant=theirs, comes=True, now=family.now)
    conference_invitations.remove(participant=theirs, by=family.worker, now=family.now)
    again = conference_invitations.invite(
        conference=conference, member=family.member(family.youth), by=family.worker, now=family.now
    )
    # Asking twice is asking once.
    conference_invitations.invite(
        conference=conference, member=family.member(family.youth), by=family.worker, now=family.now
    )
    mine = [m for m in invitations(conference) if m.recipient_key == f"user:{family.youth.pk}"]
    assert methods(mine) == ASKED_TWICE
    assert [m.template for m in mine] == [
        "conference_invited",
        "conference_changed",
        "conference_invited",
    ]
    assert again.comes is None
    assert conference_notifications.still_planned(mine, family.now) == {mine[2].id}
    assert conference_notifications.still_over([mine[1]], family.now) == set()


def test_somebody_outside_who_is_asked_again_gets_a_second_mail() -> None:
    family = Family()
    conference = family.planned()
    asks: Any = {
        "conference": conference,
        "name": "Dokter Vos",
        "works_at": "Huisartsen Dorp",
        "email": "praktijk@voordeur.example",
        "by": family.worker,
        "now": family.now,
    }
    who = conference_invitations.invite_outside(**asks)
    conference_invitations.remove(participant=who, by=family.worker, now=family.now)
    conference_invitations.invite_outside(**asks)
    mine = [m for m in invitations(conference) if m.recipient_key == f"participant:{who.pk}"]
    assert methods(mine) == ASKED_TWICE


def test_a_resident_who_is_invited_again_gets_a_newer_appointment() -> None:
    family = Family()
    conference = family.planned()
    for invited in (False, True):
        conference_planning.say_about_resident(
            item=family.item(),
            invited=invited,
            why_not="" if invited else "U bent dan op reis.",
            by=family.worker,
            now=family.now,
        )
    mine = [m for m in invitations(conference) if m.recipient_kind == "resident"]
    assert methods(mine) == ASKED_TWICE


def test_another_time_asks_everybody_again_whether_they_come() -> None:
    family = Family()
    conference = family.planned()
    conference_invitations.answer(
        participant=Participant.objects.get(user=family.youth), comes=True, now=family.now
    )
    moving: Any = {"conference": conference, "by": family.worker, "now": family.now}
    conference_planning.plan(starts_at=STARTS, ends_at=ENDS, place="Het dorpshuis", **moving)
    assert Participant.objects.get(user=family.youth).comes is True
    later = timedelta(days=1)
    conference_planning.plan(
        starts_at=STARTS + later, ends_at=ENDS + later, place="Het dorpshuis", **moving
    )
    assert Participant.objects.get(user=family.youth).comes is None


def test_no_message_says_what_it_is_about_and_a_residents_appointment_has_no_title() -> None:
    family = Family()
    conference = family.planned()
    family.write()
    for message in Message.objects.exclude(template="digest"):
        text = f"{message.context} {message.calendar}"
        assert "huur" not in text
        assert not ("MDO" in message.calendar.upper() and message.recipient_kind == "resident")
    resident = next(m for m in invitations(conference) if m.recipient_kind == "resident")
    assert "SUMMARY:Afspraak" in resident.calendar
    assert "Trefpunt" not in resident.calendar
