"""A handover ends because of something else: nobody is reached, or the question itself ends."""

from datetime import date, timedelta

import pytest

from referrals.follow_ups.models import FollowUp
from referrals.handovers import endings
from referrals.handovers.models import Handover
from tests.referrals.follow_ups.due import open_kinds, the
from tests.referrals.handovers.case import Case
from tests.support import factories as make
from welzijn.notifications.models import Message

pytestmark = pytest.mark.django_db
S = Handover.Status
FRIDAY = make.TUESDAY + timedelta(days=3)


@pytest.mark.parametrize("state", ["propose", "offered", "accepted"])
@pytest.mark.parametrize(("by_resident", "status"), [(True, S.REVOKED), (False, S.WITHDRAWN)])
def test_in_each_open_state_it_stops_once(state: str, by_resident: bool, status: str) -> None:
    case = Case()
    handover = getattr(case, state)()
    stopped = endings.stop(question=case.fresh(), by_resident=by_resident, now=FRIDAY)
    assert stopped == handover
    handover.refresh_from_db()
    assert (handover.status, handover.due_on) == (status, None)
    assert "handover" not in open_kinds(case.question)
    assert endings.stop(question=case.fresh(), by_resident=by_resident, now=FRIDAY) is None
    assert not case.reads(case.receiver)
    assert case.reads(case.sender)


def test_a_question_without_a_handover_has_none_to_stop() -> None:
    case = Case()
    assert endings.stop(question=case.fresh(), by_resident=True, now=FRIDAY) is None
    assert not case.question.timeline.filter(kind="handover").exists()


def test_after_three_tries_the_sender_goes_on_with_an_appointment_in_five_working_days() -> None:
    case = Case()
    waiting = case.propose()
    lapsed = endings.lapse(handover=waiting, now=FRIDAY)
    assert lapsed.status == S.LAPSED
    due = FollowUp.objects.get(question=case.question, kind="agreed", status="open")
    assert (due.due_on, due.worker, due.organisation) == (
        date(2026, 12, 4),
        case.sender,
        case.here["stimenz"],
    )
    found = case.fresh()
    assert (found.lead, found.assigned_to) == (case.here["stimenz"], case.sender)
    notified = Message.objects.filter(template="handover_stopped", about_id=case.question.pk)
    # The receiver never knew of it: the resident had not agreed yet.
    assert [m.recipient_key for m in notified] == [f"user:{case.sender.pk}"]


def test_a_receiver_who_had_said_yes_hears_that_it_lapsed_and_reads_no_more() -> None:
    case = Case()
    accepted = case.accepted()
    assert case.reads(case.receiver)
    endings.lapse(handover=accepted, now=FRIDAY)
    notified = Message.objects.filter(template="handover_stopped", about_id=case.question.pk)
    assert f"user:{case.receiver.pk}" in {m.recipient_key for m in notified}
    assert not case.reads(case.receiver)
    assert the(case.question, "first_contact").organisation == case.here["stimenz"]
