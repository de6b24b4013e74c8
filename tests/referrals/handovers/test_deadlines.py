"""The deadlines of a warm handover: for whom each state runs, and until when."""

from datetime import date, timedelta

import pytest

from intake.questions.models import Question, SharingBasis
from intake.questions.status import WrongMomentError
from referrals.handovers import completion as handover_completion
from referrals.handovers import services as handover_services
from referrals.handovers.models import Handover
from tests.referrals.follow_ups.due import the
from tests.referrals.handovers.test_limits import Case
from tests.support import factories as make
from welzijn.core.working_days import local_date

pytestmark = pytest.mark.django_db
NOW, DAY = make.TUESDAY, timedelta(days=1)
TODAY = local_date(NOW)
PHONE = SharingBasis.How.PHONE


def test_a_meeting_lies_after_now_and_after_the_yes_of_the_receiver() -> None:
    case = Case()
    offered = case.offered()
    with pytest.raises(WrongMomentError):
        handover_completion.plan_meeting(
            handover=offered, at=NOW + DAY, where="De Aker", by=case.sender, now=NOW
        )
    accepted = handover_services.accept(handover=offered, by=case.receiver, now=NOW)
    with pytest.raises(WrongMomentError):
        handover_completion.plan_meeting(
            handover=accepted, at=NOW, where="De Aker", by=case.sender, now=NOW
        )
    at = NOW + timedelta(minutes=1)
    planned = handover_completion.plan_meeting(
        handover=accepted, at=at, where="De Aker", by=case.sender, now=NOW
    )
    assert (planned.meeting_at, planned.meeting_where, planned.due_on) == (at, "De Aker", TODAY)


def test_each_state_runs_until_its_own_day_for_its_own_turn() -> None:
    case = Case()
    case.here.partnership.__class__.objects.filter(pk=case.here.partnership.pk).update(
        handover_answer_within=4, contact_within=7
    )
    case.question.refresh_from_db()
    offered = case.offered()
    # Tuesday 24 November; working days.
    assert (offered.due_for, offered.due_on) == ("receiver", date(2026, 11, 30))
    due = the(case.question, "handover")
    assert (due.organisation, due.worker, due.due_on) == (
        case.here["jeugd-punt"],
        None,
        date(2026, 11, 30),
    )
    accepted = handover_services.accept(handover=offered, by=case.receiver, now=NOW)
    assert (accepted.due_for, accepted.due_on) == ("receiver", date(2026, 12, 3))
    assert the(case.question, "handover").worker == case.receiver


def test_each_step_counts_and_ends_the_escalation_of_the_one_before() -> None:
    case = Case()
    offered = case.offered()
    Handover.objects.filter(pk=offered.pk).update(escalated_at=NOW)
    offered.refresh_from_db()
    accepted = handover_services.accept(handover=offered, by=case.receiver, now=NOW + DAY)
    assert (accepted.step, accepted.escalated_at) == (offered.step + 1, None)
    assert Question.objects.get(pk=case.question.pk).last_activity_at == NOW + DAY
