"""The check after closing: a neutral mail, or a call by the worker."""

from datetime import date

import pytest

from intake.questions.models import Question
from referrals.casework import close as casework_close
from referrals.casework import pick_up
from referrals.reminders import sweep as reminder_sweep
from tests.referrals.follow_ups.due import open_kinds, the
from tests.referrals.reminders.sweeps import every_day, morning, notified
from tests.support import factories as make
from tests.support.factories import World
from welzijn.accounts.models import User
from welzijn.notifications.models import Message

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> World:
    return make.world()


@pytest.fixture
def worker(here: World) -> User:
    return make.intake_worker(here, "stimenz")


def phoned_check(here: World, worker: User) -> Question:
    """A closed question of somebody to whom no message may be sent."""
    question = make.question(here, "geld")
    pick_up.pick_up(question=question, by=worker, now=make.TUESDAY)
    return casework_close.close(
        question=question,
        result=Question.Result.HELPED,
        words="Klaar.",
        by=worker,
        now=make.TUESDAY,
    )


def test_the_check_is_a_neutral_mail_with_a_link_and_lapses_without_a_word(
    here: World, worker: User
) -> None:
    reach = make.ContactChoices(email="a@voordeur.example", ways=("email",), may_say_who=True)
    question = make.question(here, "geld", reach=reach)
    pick_up.pick_up(question=question, by=worker, now=make.TUESDAY)
    question = casework_close.close(
        question=question,
        result=Question.Result.HELPED,
        words="Klaar.",
        by=worker,
        now=make.TUESDAY,
    )
    every_day(date(2027, 1, 4), date(2027, 1, 6))
    mail = Message.objects.get(template="check")
    assert mail.context == {"path": f"/volg/hoe-gaat-het/{question.check_code}/"}
    assert question.reference not in str(mail.context)
    every_day(date(2027, 1, 7), date(2027, 1, 25))
    assert Message.objects.filter(template="check").count() == 1
    assert open_kinds(question) == set()


def test_where_no_message_may_be_sent_the_worker_phones_for_the_check(
    here: World, worker: User
) -> None:
    question = phoned_check(here, worker)
    reminder_sweep.sweep(now=morning(date(2027, 1, 5)))
    assert Message.objects.get(template="check").status == "shown"
    assert notified("followup_due") == [f"user:{worker.id}"]
    assert the(question, "check").waits_for == "us"


def test_a_check_that_nobody_phones_for_reaches_the_coordinator_and_never_lapses(
    here: World, worker: User
) -> None:
    boss = make.coordinator(here)
    question = phoned_check(here, worker)
    every_day(date(2027, 1, 5), date(2027, 2, 15))
    assert notified("followup_due") == [f"user:{worker.id}"]
    assert set(notified("followup_overdue")) == {f"user:{worker.id}", f"user:{boss.id}"}
    assert open_kinds(question) == {"check"}
