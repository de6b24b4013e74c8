"""The appointment of the three is right in every calendar, whatever becomes of the handover."""

from datetime import UTC, datetime, timedelta

import pytest
from icalendar import Calendar

from intake.questions.models import Question
from referrals.casework import (
    absence,
    contact_moments,
    pick_up,
)
from referrals.casework import (
    assign as casework_assign,
)
from referrals.casework import (
    close as casework_close,
)
from referrals.casework import (
    withdraw as casework_withdraw,
)
from referrals.casework_base.models import ContactMoment
from referrals.handovers import completion as handover_completion
from referrals.handovers import meetings as handover_meetings
from referrals.handovers import services as handover_services
from referrals.handovers.models import Handover
from tests.referrals.handovers.case import Case
from tests.support import factories as make
from tests.support.signing_in import entered
from welzijn.notifications.models import Message

pytestmark = pytest.mark.django_db
NOW = make.TUESDAY
AT = datetime(2026, 12, 2, 13, 0, tzinfo=UTC)


def planned(at: datetime = AT) -> tuple[Case, Handover]:
    """A handover that the receiver accepted, with a day for the three of them."""
    case = Case(reach=make.ContactChoices(email="a@voordeur.example", ways=("email",)))
    found = handover_completion.plan_meeting(
        handover=case.accepted(), at=at, where="De Aker", by=case.receiver, now=NOW
    )
    return case, found


def calendars() -> dict[str, tuple[str, int, str]]:
    """What each reader's calendar was told last: method, sequence and UID."""
    last = {}
    for message in Message.objects.exclude(calendar="").order_by("due_version", "id"):
        calendar = Calendar.from_ical(message.calendar)
        event = calendar.walk("VEVENT")[0]
        last[message.recipient_key] = (
            "CANCEL" if event["status"] == "CANCELLED" else "REQUEST",
            int(str(event["SEQUENCE"])),
            str(event["UID"]),
        )
    return last


def methods() -> set[str]:
    return {method for method, _sequence, _uid in calendars().values()}


def test_another_time_moves_the_same_appointment_for_all_three() -> None:
    case, found = planned()
    first = calendars()
    handover_completion.plan_meeting(
        handover=found, at=AT + timedelta(days=1), where="Thuis", by=case.sender, now=NOW
    )
    second = calendars()
    assert len(second) == 3
    for reader, (method, sequence, uid) in second.items():
        assert (method, uid) == ("REQUEST", first[reader][2])
        assert sequence > first[reader][1]


@pytest.mark.parametrize(
    "end",
    [
        lambda case, h: handover_services.withdraw(handover=h, by=case.sender, now=NOW),
        lambda case, h: handover_services.resident_stops(handover=h, now=NOW),
        lambda case, h: handover_services.decline(
            handover=h, reason="Vol.", by=case.receiver, now=NOW
        ),
        lambda case, h: [
            contact_moments.log_contact(
                question=case.question,
                way=ContactMoment.Way.PHONE,
                outcome=ContactMoment.Outcome.NOT_REACHED,
                by=case.receiver,
                now=NOW + timedelta(hours=hour),
            )
            for hour in (1, 2, 3)
        ],
        lambda case, h: casework_withdraw.withdraw(question=case.question, now=NOW),
    ],
    ids=["the sender withdraws", "the resident stops", "given back", "not reached", "withdrawn"],
)
def test_when_the_handover_ends_the_appointment_leaves_all_three_calendars(end) -> None:
    case, found = planned()
    before = calendars()
    end(case, found)
    after = calendars()
    assert set(after) == set(before)
    for reader, (method, sequence, uid) in after.items():
        assert (method, uid) == ("CANCEL", before[reader][2])
        assert sequence > before[reader][1]


def test_what_has_been_is_not_called_off_afterwards() -> None:
    case, found = planned()
    later = AT + timedelta(hours=2)
    handover_services.withdraw(handover=found, by=case.sender, now=later)
    assert methods() == {"REQUEST"}


def test_the_resident_hears_of_the_end_once() -> None:
    case, found = planned()
    Message.objects.all().delete()
    handover_services.withdraw(handover=found, by=case.sender, now=NOW)
    (notified,) = Message.objects.filter(recipient_kind="resident")
    assert notified.template == "appointment"


def test_a_colleague_who_takes_over_gets_it_and_who_had_it_loses_it() -> None:
    case, _found = planned()
    heir = make.intake_worker(case.here, "stimenz")
    before = calendars()
    casework_assign.assign(question=case.question, to=heir, by=case.sender, now=NOW)
    after = calendars()
    assert after[f"user:{case.sender.pk}"][0] == "CANCEL"
    assert after[f"user:{heir.pk}"][0] == "REQUEST"
    # Nothing changes for the two others.
    others = {f"user:{case.receiver.pk}", f"resident:{case.question.asker_id}"}
    assert {after[one] for one in others} == {before[one] for one in others}


def test_the_receivers_colleague_who_falls_ill_is_followed_in_the_calendar_as_well() -> None:
    case, _found = planned()
    heir, boss = make.intake_worker(case.here, "jeugd-punt"), make.coordinator(case.here)
    absence.hand_on_everything(
        worker=case.receiver,
        to=heir,
        partnership=case.here.partnership,
        by=boss,
        now=NOW,
        reason="ziek",
    )
    after = calendars()
    assert after[f"user:{case.receiver.pk}"][0] == "CANCEL"
    assert after[f"user:{heir.pk}"][0] == "REQUEST"
    assert after[f"user:{case.sender.pk}"][0] == "REQUEST"


def test_who_puts_the_question_back_loses_it_and_who_picks_it_up_gets_it() -> None:
    case, _found = planned()
    heir = make.intake_worker(case.here, "stimenz")
    pick_up.put_back(question=case.question, by=case.sender, why="Verlof.", now=NOW)
    assert calendars()[f"user:{case.sender.pk}"][0] == "CANCEL"
    pick_up.pick_up(question=case.question, by=heir, now=NOW)
    assert calendars()[f"user:{heir.pk}"][0] == "REQUEST"


def test_an_invitation_that_still_waits_is_void_once_there_is_a_later_word() -> None:
    case, found = planned()
    invitations = list(Message.objects.filter(subject_kind=handover_meetings.KIND))
    assert handover_meetings.still_current(invitations, NOW) == {m.pk for m in invitations}
    handover_services.withdraw(handover=found, by=case.sender, now=NOW)
    everything = list(Message.objects.filter(subject_kind=handover_meetings.KIND))
    true = handover_meetings.still_current(everything, NOW)
    assert true == {m.pk for m in everything} - {m.pk for m in invitations}


def test_nothing_a_resident_gets_says_what_the_appointment_is_for() -> None:
    case, found = planned()
    handover_services.withdraw(handover=found, by=case.sender, now=NOW)
    for message in Message.objects.filter(recipient_kind="resident").exclude(calendar=""):
        notified = message.calendar.lower()
        for word in ("handover", "kennismak", "aker", "stimenz", "jeugd", case.question.reference):
            assert word.lower() not in notified


def test_closing_the_question_clears_the_calendars_as_well() -> None:
    case, _found = planned()
    contact_moments.log_contact(
        question=case.question,
        way=ContactMoment.Way.PHONE,
        outcome=ContactMoment.Outcome.SPOKEN,
        by=case.sender,
        now=NOW,
    )
    casework_close.close(
        question=case.question,
        result=Question.Result.HELPED,
        words="Klaar.",
        verdict=4,
        by=case.sender,
        now=NOW,
    )
    assert methods() == {"CANCEL"}


@pytest.mark.usefixtures("on_tuesday")
def test_the_resident_reads_when_and_where_on_their_own_page() -> None:
    case, found = planned()
    resident = entered(case.receipt)
    page = resident.get("/volg/vraag/").content.decode()
    assert "U maakt kennis op woensdag 2 december, 14.00 uur. Waar: De Aker." in page
    handover_services.withdraw(handover=found, by=case.sender, now=NOW)
    assert "De Aker" not in resident.get("/volg/vraag/").content.decode()
