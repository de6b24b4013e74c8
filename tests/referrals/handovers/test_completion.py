"""The last steps of a handover: the meeting, and that they have met."""

from datetime import timedelta

import pytest

from intake.questions.status import WrongMomentError
from organisations.roles.models import Membership
from referrals.casework_base.acting_membership import NotAllowedError
from referrals.handovers import completion
from referrals.handovers.models import Handover
from tests.referrals.follow_ups.due import open_kinds
from tests.referrals.handovers.case import Case
from tests.support import factories as make
from welzijn.accounts.models import User

pytestmark = pytest.mark.django_db
LATER = make.TUESDAY + timedelta(hours=1)
MEETING = make.TUESDAY + timedelta(days=2)


def plan(handover: Handover, by: User, **changes: object) -> Handover:
    values: dict = {"at": MEETING, "where": "Bij u thuis", "now": make.TUESDAY}
    return completion.plan_meeting(handover=handover, by=by, **{**values, **changes})


def test_a_meeting_lies_ahead_be_it_by_a_second() -> None:
    case = Case()
    accepted = case.accepted()
    with pytest.raises(WrongMomentError):
        plan(accepted, case.sender, at=make.TUESDAY)
    soon = make.TUESDAY + timedelta(seconds=1)
    assert plan(accepted, case.sender, at=soon).meeting_at == soon


def test_the_handover_is_due_on_the_day_of_the_meeting_and_moves_with_it() -> None:
    case = Case()
    accepted = case.accepted()
    assert plan(accepted, case.receiver).due_on == MEETING.date()
    later = MEETING + timedelta(days=1)
    moved = plan(accepted, case.sender, at=later, where="Op kantoor")
    assert (moved.due_on, moved.meeting_where) == (later.date(), "Op kantoor")


@pytest.mark.parametrize("state", ["propose", "offered"])
def test_nobody_meets_before_the_receiver_has_said_yes(state: str) -> None:
    case = Case()
    handover = getattr(case, state)()
    with pytest.raises(WrongMomentError):
        plan(handover, case.sender)
    with pytest.raises(WrongMomentError):
        completion.met(handover=handover, how="visit", recorded_by=case.sender, now=LATER)
    assert case.fresh().lead == case.here["stimenz"]


def test_a_stranger_plans_nothing_and_records_nothing() -> None:
    case = Case()
    accepted = case.accepted()
    stranger = make.intake_worker(case.here, "actief")
    with pytest.raises(NotAllowedError):
        plan(accepted, stranger)
    with pytest.raises(NotAllowedError):
        completion.met(handover=accepted, how="visit", recorded_by=stranger, now=LATER)
    accepted.refresh_from_db()
    assert (accepted.status, accepted.meeting_at) == (Handover.Status.ACCEPTED, None)


def test_once_they_have_met_the_receiver_leads_and_a_second_time_is_refused() -> None:
    case = Case()
    accepted = case.accepted()
    assert case.fresh().lead == case.here["stimenz"]
    done = completion.met(handover=accepted, how="visit", recorded_by=case.receiver, now=LATER)
    assert (done.status, done.met_at, done.met_how) == ("completed", LATER, "visit")
    found = case.fresh()
    assert (found.lead, found.assigned_to, found.first_contact_at) == (
        case.here["jeugd-punt"],
        case.receiver,
        LATER,
    )
    assert open_kinds(case.question) == {"quiet"}
    assert (case.reads(case.receiver), case.reads(case.sender)) == (True, False)
    with pytest.raises(WrongMomentError):
        completion.met(handover=accepted, how="visit", recorded_by=case.receiver, now=LATER)


def test_where_who_accepted_has_left_it_is_due_to_be_picked_up_there() -> None:
    case = Case()
    accepted = case.accepted()
    Membership.objects.filter(user=case.receiver).update(
        until=make.TUESDAY.date() - timedelta(days=1)
    )
    completion.met(handover=accepted, how="online", now=LATER)
    found = case.fresh()
    assert (found.lead, found.assigned_to, found.status) == (
        case.here["jeugd-punt"],
        None,
        "new",
    )
    assert open_kinds(case.question) == {"pick_up"}
