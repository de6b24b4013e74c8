"""What a desk worker finds of earlier questions: their own, and never that another exists."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.http import Http404

from intake.desk import lookup
from intake.questions.models import Question
from intake.submission.submission import ContactChoices, EnteredBy
from tests.support import factories as make
from welzijn.accounts.models import User
from welzijn.audit.models import AccessEvent

pytestmark = pytest.mark.django_db
PHONE, EMAIL = "+31612345678", "Zeynep@voordeur.example"


@pytest.fixture
def here() -> make.World:
    return make.world()


@pytest.fixture
def desk(here: make.World) -> User:
    return make.desk_worker(here)


def logged(here: make.World, by: User, **fields: Any) -> Question:
    reach = ContactChoices(phone=PHONE, email=EMAIL, ways=("phone",))
    entered = EnteredBy(user=by, organisation=here["welzijn"])
    return make.question(
        here, "geld", name="Zeynep Yildiz", reach=reach, entered_by=entered, **fields
    )


def found(here: make.World, by: User, **requested: str) -> list[lookup.EarlierQuestion]:
    return lookup.earlier_questions(
        user=by, partnership=here.partnership, now=make.TUESDAY, **requested
    )


@pytest.mark.parametrize(
    ("requested", "finds"),
    [
        ({"phone": PHONE}, True),
        ({"phone": "+31612345679"}, False),
        ({"email": "zeynep@VOORDEUR.example"}, True),
        ({"email": "zeynep@voordeur"}, False),
        ({"name": "zeynep"}, True),
        ({"name": "Zeynap Yildiz"}, True),
        ({"name": "Johan de Boer"}, False),
        ({"name": "Ze"}, False),
        ({"phone": PHONE, "name": "Ze"}, True),
        ({}, False),
    ],
)
def test_a_number_an_address_or_a_name_that_is_alike_finds_it(
    here: make.World, desk: User, requested: dict[str, str], finds: bool
) -> None:
    logged(here, desk)
    assert bool(found(here, desk, **requested)) is finds


def test_a_number_is_not_found_among_addresses(here: make.World, desk: User) -> None:
    logged(here, desk)
    assert not found(here, desk, email=PHONE)
    assert not found(here, desk, phone=EMAIL)


def test_what_a_colleague_logged_is_not_found_and_not_logged(here: make.World, desk: User) -> None:
    logged(here, make.desk_worker(here))
    assert found(here, desk, phone=PHONE) == []
    assert not AccessEvent.objects.filter(actor=desk).exists()


def test_an_ended_question_and_one_of_another_partnership_are_not_found(
    here: make.World, desk: User
) -> None:
    there = make.world("oss")
    make.desk_worker(there, who=desk)
    logged(there, desk)
    ended = logged(here, desk)
    Question.objects.filter(pk=ended.pk).update(status="withdrawn", closed_at=make.TUESDAY)
    assert found(here, desk, phone=PHONE) == []


def test_each_look_is_logged_with_the_role_of_the_desk(here: make.World, desk: User) -> None:
    question = logged(here, desk)
    [one] = found(here, desk, phone=PHONE)
    assert (one.question_id, one.reference, one.lead) == (
        question.pk,
        question.reference,
        "Stimenz",
    )
    event = AccessEvent.objects.exclude(action="change").get(actor=desk)
    assert (event.action, event.role, event.organisation, event.question_id) == (
        "search",
        "front_desk",
        here["welzijn"],
        question.pk,
    )


def test_only_who_may_read_it_gets_the_way_in(here: make.World, desk: User) -> None:
    logged(here, desk)
    assert [one.readable for one in found(here, desk, phone=PHONE)] == [False]
    make.intake_worker(here, "stimenz", who=desk)
    assert [one.readable for one in found(here, desk, phone=PHONE)] == [True]


def test_no_more_than_five_and_the_newest_first(here: make.World, desk: User) -> None:
    made = [logged(here, desk, now=make.TUESDAY + timedelta(minutes=n)) for n in range(6)]
    assert [one.question_id for one in found(here, desk, phone=PHONE)] == [
        question.pk for question in reversed(made[1:])
    ]


def test_one_question_with_two_ways_to_reach_is_found_once(here: make.World, desk: User) -> None:
    logged(here, desk)
    assert len(found(here, desk, phone=PHONE, email=EMAIL, name="Zeynep")) == 1


def test_a_worker_reads_back_their_own_only_and_it_is_logged(here: make.World, desk: User) -> None:
    question = logged(here, desk)
    read = lookup.read_back(
        user=desk, partnership=here.partnership, question_id=question.pk, now=make.TUESDAY
    )
    assert read.words == question.words
    event = AccessEvent.objects.exclude(action="change").get(actor=desk)
    assert (event.action, event.question_id) == ("read", question.pk)
    colleague = make.desk_worker(here)
    for question_id in (question.pk, uuid4()):
        with pytest.raises(Http404):
            lookup.read_back(
                user=colleague,
                partnership=here.partnership,
                question_id=question_id,
                now=make.TUESDAY,
            )
    assert not AccessEvent.objects.filter(actor=colleague).exists()


def test_the_desk_of_a_worker_is_that_of_their_role_here(here: make.World, desk: User) -> None:
    assert lookup.organisation_of_desk(desk, here.partnership, make.TUESDAY) == here["welzijn"]
    for user in (make.intake_worker(here, "stimenz"), make.desk_worker(make.world("oss"))):
        with pytest.raises(IndexError):
            lookup.organisation_of_desk(user, here.partnership, make.TUESDAY)
