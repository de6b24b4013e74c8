"""Every address as every role: who may enter is written here by hand, and an address without a row
fails. "Own" means an organisation with a valid sharing basis; others get a 404 where a 403 would
reveal that something exists.
"""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from organisations.roles.models import Role
from tests.invariants.permission_rows import EMPTY_HERE, PUBLIC, ROWS, SIGNED_IN
from tests.support import factories as make
from tests.support.all_roles import (
    Scenario,
    address_of,
    clients_of,
    own_addresses,
    response_to,
    scenario,
)

__all__ = ["scenario"]  # the fixture
pytestmark = pytest.mark.django_db

PARTS = 6  # each sets the scenario up once


def test_every_address_has_a_row() -> None:
    missing = set(own_addresses()) - set(ROWS)
    gone = set(ROWS) - set(own_addresses())
    assert (missing, gone) == (set(), set())


@pytest.mark.parametrize("part", range(PARTS))
def test_each_role_enters_exactly_its_own_addresses(scenario: Scenario, part: int) -> None:
    inside, outside = clients_of(scenario.people), clients_of(scenario.elsewhere)
    stranger = Client(raise_request_exception=False)
    addresses = own_addresses()
    wrong: list[tuple[str, str, int]] = []
    for name in sorted(ROWS)[part::PARTS]:
        method, allowed = ROWS[name]
        address = address_of(scenario, name, addresses[name])
        status, location = response_to(stranger, method, address)
        asked_to_sign_in = location.startswith("/accounts/login/")
        if status >= 500 or asked_to_sign_in == (allowed == PUBLIC):
            wrong.append((name, "without account", status))
        if allowed in (PUBLIC, SIGNED_IN):
            continue
        shut = {403} if name in EMPTY_HERE else {403, 404}
        for actor, client in inside.items():
            status, _location = response_to(client, method, address)
            if status >= 500 or (status not in shut) != (actor in allowed):
                wrong.append((name, actor, status))
        for actor, client in outside.items():
            status, _location = response_to(client, method, address)
            if status not in {403, 404}:
                wrong.append((name, f"{actor} of elsewhere", status))
    assert wrong == []


def _let_in(client: Client, scenario: Scenario) -> set[str]:
    """Return the staff addresses that admit this client."""
    addresses = own_addresses()
    return {
        name
        for name, (method, allowed) in ROWS.items()
        if allowed not in (PUBLIC, SIGNED_IN)
        and response_to(client, method, address_of(scenario, name, addresses[name]))[0]
        not in {403, 404}
    }


@pytest.mark.parametrize(
    "actor", ["worker_own", "coordinator_own", "desk_own", "municipality", "privacy"]
)
def test_an_ended_role_closes_every_address(scenario: Scenario, actor: str) -> None:
    client = clients_of({actor: scenario.people[actor]})[actor]
    assert _let_in(client, scenario)
    yesterday = timezone.localdate() - timedelta(days=1)
    scenario.people[actor].memberships.update(until=yesterday)
    assert _let_in(client, scenario) == set()


def test_a_changed_role_gives_exactly_the_rights_of_the_new_role(scenario: Scenario) -> None:
    # The question is still theirs by name, they wrote a signal and were invited to the MDO.
    user = scenario.people["worker_own"]
    client = clients_of({"worker_own": user})["worker_own"]
    assert "case" in _let_in(client, scenario)
    yesterday = timezone.localdate() - timedelta(days=1)
    user.memberships.update(until=yesterday)
    make.member(scenario.here, Role.ADMINISTRATOR, who=user)
    administrator = clients_of({"administrator": scenario.people["administrator"]})["administrator"]
    assert _let_in(client, scenario) == _let_in(administrator, scenario)
