"""Giving a question another lead: what is due goes along, nothing stays behind."""

from datetime import date, timedelta

import pytest

from intake.questions.models import Question
from referrals.casework import pick_up
from referrals.consultations import services as consultation_services
from referrals.follow_ups import staff_actions
from referrals.follow_ups.models import FollowUp
from referrals.leads import assignment
from tests.referrals.follow_ups.due import open_kinds, the
from tests.support import factories as make
from tests.support import guards
from tests.support.factories import World
from welzijn.accounts.models import User

pytestmark = pytest.mark.django_db
FRIDAY = make.TUESDAY + timedelta(days=3)


@pytest.fixture
def here() -> World:
    return make.world()


@pytest.fixture
def worker(here: World) -> User:
    return make.intake_worker(here, "stimenz")


@pytest.fixture
def question(here: World, worker: User) -> Question:
    question = make.question(here, "geld", name="Ada de Wit")
    return pick_up.pick_up(question=question, by=worker, now=make.TUESDAY)


def test_without_a_worker_it_is_new_there_and_due_to_be_picked_up_in_working_days(
    here: World, question: Question
) -> None:
    assignment.assign_lead(question=question, organisation=here["actief"], now=FRIDAY)
    found = Question.objects.get(pk=question.pk)
    assert (found.lead, found.lead_team, found.assigned_to) == (here["actief"], None, None)
    assert (found.status, found.lead_since, found.last_activity_at) == ("new", FRIDAY, FRIDAY)
    assert open_kinds(question) == {"pick_up"}
    due = the(question, "pick_up")
    assert (due.organisation, due.worker, due.due_on) == (
        here["actief"],
        None,
        date(2026, 12, 1),
    )
    assert found.due_on == due.due_on


@pytest.mark.parametrize(
    ("urgency", "day"),
    [("normal", date(2026, 12, 1)), ("soon", date(2026, 11, 30)), ("danger", date(2026, 11, 30))],
)
def test_what_cannot_wait_is_picked_up_the_next_working_day(
    here: World, question: Question, urgency: str, day: date
) -> None:
    question.urgency = urgency
    assignment.assign_lead(question=question, organisation=here["actief"], now=FRIDAY)
    assert the(question, "pick_up").due_on == day


def test_with_a_worker_it_is_at_work_at_once(here: World, question: Question) -> None:
    colleague = make.intake_worker(here, "jeugd-punt")
    assignment.assign_lead(
        question=question, organisation=here["jeugd-punt"], worker=colleague, now=FRIDAY
    )
    found = Question.objects.get(pk=question.pk)
    assert (found.status, found.assigned_to) == ("picked_up", colleague)
    assert open_kinds(question) == {"first_contact", "quiet"}
    assert {f.worker for f in FollowUp.objects.filter(question=question, status="open")} == {
        colleague
    }


def test_an_appointment_goes_along_with_a_new_version_and_advice_does_not(
    here: World, question: Question, worker: User
) -> None:
    planned = staff_actions.plan(
        question=question, what="bellen", due_on=date(2026, 12, 1), by=worker, now=make.TUESDAY
    )
    requested = consultation_services.ask(
        question=question, to=here["actief"], text="Past dit?", by=worker, now=make.TUESDAY
    )
    assignment.assign_lead(question=question, organisation=here["jeugd-punt"], now=FRIDAY)
    planned.refresh_from_db()
    assert (planned.organisation, planned.worker) == (here["jeugd-punt"], None)
    assert (planned.status, planned.due_version) == ("open", 2)
    assert requested.follow_up is not None
    requested.follow_up.refresh_from_db()
    advice = requested.follow_up
    assert (advice.status, advice.done_at, advice.remind_at) == ("cancelled", FRIDAY, None)


def test_what_another_organisation_had_planned_stays_with_it(
    here: World, question: Question
) -> None:
    theirs = FollowUp.objects.get(question=question, kind="quiet")
    FollowUp.objects.filter(pk=theirs.pk).update(
        kind="agreed", organisation=here["actief"], worker=None
    )
    assignment.assign_lead(question=question, organisation=here["jeugd-punt"], now=FRIDAY)
    theirs.refresh_from_db()
    assert (theirs.organisation, theirs.due_version) == (here["actief"], 1)


def test_a_team_leads_with_its_organisation(here: World, question: Question) -> None:
    assignment.assign_lead(
        question=question, organisation=here["welzijn"], team=here.triage, now=FRIDAY
    )
    due = the(question, "pick_up")
    assert (due.organisation, due.team) == (here["welzijn"], here.triage)
    assert Question.objects.get(pk=question.pk).lead_team == here.triage


@pytest.mark.parametrize(
    ("promised", "due_on"),
    [
        (date(2026, 11, 26), date(2026, 11, 30)),  # missed: the next working day
        (date(2026, 11, 27), date(2026, 11, 27)),  # today
        (date(2026, 12, 3), date(2026, 12, 3)),
    ],
)
def test_first_contact_is_due_as_promised_or_the_day_after_where_that_has_passed(
    question: Question, promised: date, due_on: date
) -> None:
    question.promised_on = promised
    assignment.make_first_contact_due(question, FRIDAY)
    assert the(question, "first_contact").due_on == due_on


def test_in_a_weekend_first_contact_waits_for_a_working_day(question: Question) -> None:
    question.promised_on = date(2026, 11, 28)
    assignment.make_first_contact_due(question, make.TUESDAY + timedelta(days=4))
    assert the(question, "first_contact").due_on == date(2026, 11, 30)


def test_who_was_spoken_to_already_is_not_due_for_a_first_contact(
    here: World, question: Question
) -> None:
    question.first_contact_at = make.TUESDAY
    question.save()
    colleague = make.intake_worker(here, "jeugd-punt")
    with guards.switched_off():
        FollowUp.objects.filter(question=question, kind="first_contact").delete()
    assignment.assign_lead(
        question=question, organisation=here["jeugd-punt"], worker=colleague, now=FRIDAY
    )
    assert open_kinds(question) == {"quiet"}
