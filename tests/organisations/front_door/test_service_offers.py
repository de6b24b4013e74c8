"""Stored services as the routing engine reads them."""

import pytest

from organisations.front_door.service_offers import as_offer, offer_as_decided
from organisations.routing import NO_OFFER
from tests.support import factories as make

pytestmark = pytest.mark.django_db


def test_a_service_is_read_with_whom_it_is_for_and_its_free_places() -> None:
    here = make.world()
    service = make.service(
        here,
        "stimenz",
        "geld",
        slug="schuldhulp",
        audience=["18-26"],
        clock_kinds=["debts"],
        capacity=4,
        waiting_weeks=2,
    )
    service.neighbourhoods.add(here.places["dorp"])
    offered = as_offer(service, 3)
    assert (offered.key, offered.organisation, offered.layer) == ("schuldhulp", "stimenz", 3)
    assert offered.life_domains == {"geld"}
    assert offered.age_bands == {"18-26"}
    assert offered.neighbourhoods == {"dorp"}
    assert offered.clock_kinds == {"debts"}
    assert (offered.capacity, offered.in_use, offered.room) == (4, 3, 1)
    assert offered.waiting_weeks == 2


def test_a_decision_is_explained_as_if_the_chosen_service_still_had_room() -> None:
    here = make.world()
    service = make.service(here, "stimenz", "geld", capacity=0, waiting_weeks=8)
    [offered] = offer_as_decided(service).services
    assert (offered.has_room, offered.waiting_weeks) == (True, 0)


def test_a_decision_without_a_service_is_explained_without_an_offer() -> None:
    assert offer_as_decided(None) is NO_OFFER
