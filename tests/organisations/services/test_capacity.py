"""A service has room for so many: what the page shows is what the rules go by."""

from datetime import date

import pytest
from django.conf import LazySettings
from django.test import Client

from intake.questions.models import Question
from organisations.directory.capacity import count_open_work
from organisations.directory.models import Service
from organisations.front_door import configuration as front_door
from organisations.roles.models import Role
from tests.support import factories as make
from tests.support.html import comparable

pytestmark = pytest.mark.django_db
HOST = {"host": "putten.localhost"}
DAY = date(2026, 11, 24)


@pytest.fixture
def here() -> make.World:
    return make.world()


@pytest.fixture
def budget(here: make.World) -> Service:
    return make.service(here, "stimenz", "geld", name="Budgetmaatje", capacity=2)


def take_a_place(here: make.World, service: Service) -> Question:
    question = make.question(here, "geld")
    Question.objects.filter(pk=question.pk).update(service=service)
    return question


def room(here: make.World, service: Service) -> int | None:
    make.fresh_front_doors()
    offer = front_door.of(here.partnership).offer_now()
    (found,) = [s for s in offer.services if s.key == service.slug]
    return found.room


def page(here: make.World, client: Client, settings: LazySettings, path: str = "/aanbod/") -> str:
    settings.WELZIJN_DEMO = True  # a second factor is another test's subject
    make.fresh_front_doors()
    return client.get(path, headers=HOST).content.decode()


def test_a_question_takes_a_place_until_it_is_closed(here: make.World, budget: Service) -> None:
    assert room(here, budget) == 2
    question = take_a_place(here, budget)
    assert room(here, budget) == 1
    Question.objects.filter(pk=question.pk).update(
        status="withdrawn", closed_at=make.TUESDAY, last_activity_at=make.TUESDAY
    )
    assert room(here, budget) == 2


def test_more_questions_than_places_leave_no_room_and_no_less(
    here: make.World, budget: Service
) -> None:
    for _number in range(3):
        take_a_place(here, budget)
    assert room(here, budget) == 0


def test_without_a_limit_there_is_always_room(here: make.World, budget: Service) -> None:
    Service.objects.update(capacity=None)
    take_a_place(here, budget)
    assert room(here, budget) is None


def test_the_count_is_of_this_partnership_alone(here: make.World, budget: Service) -> None:
    make.question(make.world("elders"), "geld")
    question = take_a_place(here, budget)
    busy = count_open_work(here.partnership.id)
    assert busy.by_organisation == {question.lead_id: 1}
    assert busy.by_service == {budget.id: 1}


def test_staff_see_the_places_that_are_left(
    here: make.World, budget: Service, client: Client, settings: LazySettings
) -> None:
    client.force_login(make.professional(here, "stimenz"))
    take_a_place(here, budget)
    assert "1 van 2 plaatsen vrij" in page(here, client, settings)
    take_a_place(here, budget)
    full = page(here, client, settings)
    assert "vol" in full
    assert "alle 2 plaatsen in gebruik" in full


def test_a_resident_is_not_sent_to_what_is_full(
    here: make.World, budget: Service, client: Client, settings: LazySettings
) -> None:
    assert "U kunt er zo terecht." in page(here, client, settings, f"/aanbod/kijk/{budget.slug}/")
    for _number in range(2):
        take_a_place(here, budget)
    full = page(here, client, settings, f"/aanbod/kijk/{budget.slug}/")
    assert "U kunt er zo terecht." not in full
    assert "Er is nu geen plek." in full


def _main(html: str) -> str:
    return comparable(html.split("<main")[1])


@pytest.mark.parametrize("role", [Role.MUNICIPALITY, Role.PARTNER_DOOR])
def test_who_helps_nobody_sees_whether_there_is_room_and_no_number_of_people(
    here: make.World, budget: Service, client: Client, settings: LazySettings, role: Role
) -> None:
    officer = role == Role.MUNICIPALITY
    where = here.partnership.municipalities.get() if officer else None
    client.force_login(make.member(here, role, municipality=where))
    free = page(here, client, settings)
    take_a_place(here, budget)
    # One question more or less is one person: the page says the same.
    assert _main(page(here, client, settings)) == _main(free)
    assert "plek vrij" in free
    take_a_place(here, budget)
    full = page(here, client, settings)
    assert "vol" in full
    assert "in gebruik" not in full
