"""The next day on the resident's own page: an appointment, or a term of the law that presses."""

from datetime import date

import pytest

from intake.questions.models import Question
from referrals.casework import contact_moments
from referrals.casework.pick_up import pick_up
from referrals.casework_base.models import ContactMoment
from referrals.follow_ups import legal_clock
from referrals.follow_ups import staff_actions as follow_up_actions
from referrals.resident_portal.page import page_for
from tests.support import factories as make
from welzijn.accounts.models import User

pytestmark = pytest.mark.django_db
THURSDAY, FRIDAY = date(2026, 11, 26), date(2026, 11, 27)


def spoken() -> tuple[Question, User]:
    """A question that was picked up and called about on Tuesday."""
    here = make.world()
    worker = make.intake_worker(here, "stimenz")
    question = make.question(here, "geld")
    pick_up(question=question, by=worker, now=make.TUESDAY)
    contact_moments.log_contact(
        question=question,
        way=ContactMoment.Way.PHONE,
        outcome=ContactMoment.Outcome.SPOKEN,
        by=worker,
        now=make.TUESDAY,
    )
    question.refresh_from_db()
    return question, worker


def test_a_threatening_date_gives_the_day_until_an_earlier_appointment_does() -> None:
    question, worker = spoken()
    assert page_for(question, now=make.TUESDAY).next_day is None
    kind = Question.Kind.DEBTS_THREAT
    legal_clock.set_kind(question=question, kind=kind, by=worker, now=make.TUESDAY)
    question.refresh_from_db()
    page = page_for(question, now=make.TUESDAY)
    assert (page.next_day, "haast" in page.next_step) == (FRIDAY, True)
    follow_up_actions.plan(
        question=question, what="de brief", due_on=THURSDAY, by=worker, now=make.TUESDAY
    )
    page = page_for(question, now=make.TUESDAY)
    assert page.next_day is None
    assert [one.due_on for one in page.appointments] == [THURSDAY]


def test_what_a_worker_plans_is_read_by_the_resident_only_where_that_was_meant() -> None:
    question, worker = spoken()
    for what, shared in (("bellen als hij weg is", False), ("de brief lezen", True)):
        follow_up_actions.plan(
            question=question,
            what=what,
            due_on=THURSDAY,
            by=worker,
            now=make.TUESDAY,
            shared=shared,
        )
    page = page_for(question, now=make.TUESDAY)
    assert {(a.what, a.for_resident) for a in page.appointments} == {
        ("bellen als hij weg is", False),
        ("de brief lezen", True),
    }


def test_an_answer_on_their_page_is_the_first_contact_of_who_cannot_be_called() -> None:
    here = make.world()
    worker = make.intake_worker(here, "jeugd-punt")
    question = make.question(here, "opgroeien", age_band="12-15", reach=make.ContactChoices())
    pick_up(question=question, by=worker, now=make.TUESDAY)
    contact_moments.write(
        question=question, text="Kom woensdag langs.", by=worker, now=make.TUESDAY
    )
    question.refresh_from_db()
    assert question.first_contact_at == make.TUESDAY
    titles = [step["title"] for step in page_for(question, now=make.TUESDAY).steps]
    assert "Ons antwoord: Kom woensdag langs." in titles
    assert not question.follow_ups.filter(kind="first_contact", status="open").exists()
