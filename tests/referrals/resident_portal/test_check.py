"""The check after closing: one click from the mail, nothing said, nothing changed by looking."""

from typing import Any

import pytest
from django.test import Client

from intake.questions.models import Question
from referrals.casework import close as casework_close
from referrals.casework import pick_up
from referrals.casework import withdraw as casework_withdraw
from tests.referrals.follow_ups.due import open_kinds
from tests.support import factories as make
from tests.support.factories import World
from welzijn.accounts.models import User

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_tuesday")]


@pytest.fixture
def here() -> World:
    return make.world()


@pytest.fixture
def worker(here: World) -> User:
    return make.intake_worker(here, "stimenz", who=make.user("Fatma de Boer"))


@pytest.fixture
def closed(here: World, worker: User) -> Question:
    question = make.question(here, "geld", name="Zeynep Yildiz", words="brief van deurwaarder")
    pick_up.pick_up(question=question, by=worker, now=make.TUESDAY)
    return casework_close.close(
        question=question,
        result=Question.Result.HELPED,
        words="Klaar.",
        by=worker,
        now=make.TUESDAY,
    )


def visit(question: Question, tail: str = "", host: str = "putten") -> Any:
    client = Client(headers={"host": f"{host}.localhost"})
    return client.get(f"/volg/hoe-gaat-het/{question.check_code}/{tail}")


def answer(question: Question, verdict: str) -> Any:
    client = Client(headers={"host": "putten.localhost"})
    path = f"/volg/hoe-gaat-het/{question.check_code}/"
    return client.post(path, {"verdict": verdict, "words": "Het kwam te laat."}, follow=True)


def test_looking_changes_nothing_and_says_nothing(closed: Question) -> None:
    page = visit(closed)
    text = page.content.decode()
    assert page.status_code == 200
    for secret in ("Zeynep", "deurwaarder", "Stimenz", "Fatma", closed.reference):
        assert secret not in text
    assert open_kinds(closed) == {"check"}
    assert Question.objects.get().verdict is None


def test_an_unhappy_answer_reopens_with_the_same_people(
    here: World, worker: User, closed: Question
) -> None:
    page = answer(closed, "1").content.decode()
    assert "Wij pakken het weer op." in page
    again = Question.objects.get()
    assert (again.status, again.lead, again.assigned_to) == ("picked_up", here["stimenz"], worker)
    assert "Wij zijn weer voor u bezig." in visit(closed).content.decode()


def test_a_happy_answer_ends_it(closed: Question) -> None:
    assert "Fijn dat u dit wilde zeggen." in answer(closed, "5").content.decode()
    assert Question.objects.get().status == "closed"
    assert open_kinds(closed) == set()


def test_no_answer_gets_an_error(closed: Question) -> None:
    assert "Kies wat het beste past." in answer(closed, "").content.decode()
    assert answer(closed, "9").context["form"].errors


def test_a_key_of_another_front_door_or_a_withdrawn_question_is_unknown(closed: Question) -> None:
    make.world("oss")
    assert visit(closed, host="oss").status_code == 404
    casework_close.give_verdict(question=closed, verdict=1, now=make.TUESDAY)
    casework_withdraw.withdraw(question=closed, now=make.TUESDAY)
    assert visit(closed).status_code == 404
