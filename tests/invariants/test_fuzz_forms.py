"""Fuzz every address that takes a POST, as a user who may open it.

The addresses come from the URL resolver, so a new form is covered from its first day. Each field is
attacked while all others hold valid values, which are derived from the form. A response is a page
with an error, a refusal (4xx) or a redirect, never a 500; a refused request has written nothing to
any table. Each request is rolled back.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from intake.ask.conversation import Step
from intake.ask.views.conversation_storage import path_of
from intake.questions.models import Question
from tests.invariants.form_answers import forms_are_seen
from tests.invariants.form_attacker import (
    HOST,
    Attacker,
    attack_forms,
    attack_query,
    content,
    tables,
)
from tests.invariants.hostile_values import ids_of_elsewhere
from tests.invariants.test_permission_matrix import PUBLIC, ROWS, SIGNED_IN
from tests.support import factories as make
from tests.support.all_roles import (
    Scenario,
    address_of,
    clients_of,
    own_addresses,
    response_to,
    scenario,
)
from tests.support.signing_in import with_open_question

__all__ = ["forms_are_seen", "scenario"]  # the fixtures
pytestmark = pytest.mark.django_db

PARTS = 4
# These must work from an old page or from a mail program, and only end something or choose a
# language; the last ones are called by other services, which authenticate with a key of their own.
WITHOUT_TOKEN = {
    "set_language",
    "wipe",
    "quick_exit",
    "stop_digest",
    "text_receipt",
    "sign_on_back_channel_logout",
    "scim_users",
}


def _client_for(
    scenario: Scenario, name: str, staff: dict[str, Client], resident: Client
) -> Client:
    _method, allowed = ROWS[name]
    if allowed == PUBLIC:
        return resident
    if allowed == SIGNED_IN or not allowed:
        return staff["worker_own"]
    return staff["worker_own"] if "worker_own" in allowed else staff[min(allowed)]


def _resident(scenario: Scenario) -> Client:
    """A browser in which the question is open at /volg/."""
    client = Client(raise_request_exception=False)
    return with_open_question(client, scenario.arguments["question_id"])


@pytest.fixture
def hostile_settings(settings: Any) -> None:
    settings.MIDDLEWARE = [
        *settings.MIDDLEWARE,
        "tests.invariants.form_answers.AnswersMiddleware",
    ]


# The style guide is for developers and not part of production.
ADDRESSES = sorted(name for name in ROWS if not name.startswith("gallery"))


def _everything(scenario: Scenario, names: list[str], attack: Callable[[Attacker], None]) -> None:
    with ids_of_elsewhere(scenario):
        staff, resident = clients_of(scenario.people), _resident(scenario)
        before = {table: content(table) for table in tables()}
        wrong: list[tuple[str, str, str]] = []
        addresses = own_addresses()
        for name in names:
            client = _client_for(scenario, name, staff, resident)
            address = address_of(scenario, name, addresses[name])
            attack(Attacker(client, name, address, before, wrong))
    assert not wrong, "\n".join(map(str, wrong))


@pytest.mark.usefixtures("forms_are_seen", "hostile_settings")
@pytest.mark.parametrize("part", range(PARTS))
def test_hostile_posts_never_fail_and_a_refusal_writes_nothing(
    scenario: Scenario, part: int
) -> None:
    _everything(scenario, ADDRESSES[part::PARTS], attack_forms)


@pytest.mark.usefixtures("hostile_settings")
def test_hostile_query_strings_never_break_a_page(scenario: Scenario) -> None:
    _everything(scenario, ADDRESSES, attack_query)


def test_a_form_from_another_site_is_refused_everywhere(scenario: Scenario) -> None:
    """Without a CSRF token the response is 403, or 405 if the address takes no POST."""
    taken: list[tuple[str, int]] = []
    resident = _resident(scenario)
    staff = clients_of(scenario.people)
    for client in (resident, *staff.values()):
        client.handler.enforce_csrf_checks = True
    for name, pattern in own_addresses().items():
        client = _client_for(scenario, name, staff, resident)
        answer = client.post(address_of(scenario, name, pattern), headers={"host": HOST})
        # An address without a POST may answer 405 before the token is checked.
        if (answer.status_code not in {403, 405}) != (name in WITHOUT_TOKEN):
            taken.append((name, answer.status_code))
    assert not taken, "\n".join(map(str, taken))


def test_foreign_and_unknown_ids_open_no_address(scenario: Scenario) -> None:
    """Ids in the address: those of another partnership, and unknown ones."""
    there = make.world("verderop")
    foreign = make.question(there, "geld")
    outsider = make.professional(there, "stimenz")
    elsewhere = {
        "question_id": foreign.pk,
        "follow_up_id": foreign.follow_ups.order_by("pk").values_list("pk", flat=True).first(),
        "rule_set_id": there.partnership.rule_sets.values_list("pk", flat=True).first(),
        "membership_id": outsider.memberships.get().pk,
        "user_id": outsider.pk,
        "worker_id": outsider.pk,
    }
    staff, resident = clients_of(scenario.people), _resident(scenario)
    opened: list[tuple[str, str, int]] = []
    own = dict(scenario.arguments)
    for name, pattern in own_addresses().items():
        named = [key for key in pattern.pattern.converters if isinstance(own[key], uuid.UUID)]
        client = _client_for(scenario, name, staff, resident)
        for key in named:
            for other in filter(None, (uuid.uuid4(), elsewhere.get(key))):
                scenario.arguments = {**own, key: other}
                address = address_of(scenario, name, pattern)
                for method in ("get", "post"):
                    status, _to = response_to(client, method, address)
                    if status not in {401, 403, 404, 405}:
                        opened.append((f"{method} {name}", key, status))
    assert not opened, "\n".join(map(str, opened))


def test_an_intake_step_out_of_order_creates_no_question() -> None:
    make.world()
    for step in Step:
        for path in {path_of(step), reverse("ask_step", args=[step.value])}:
            answer = Client().post(path, {"words": "Ik wil hulp."}, headers={"host": HOST})
            assert answer.status_code < 500, path
    assert not Question.objects.exists()
