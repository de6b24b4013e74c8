"""Every address that takes a POST, with the worst that can be sent to it, as who may come there.

The list of addresses is the product's own, so a new form is attacked from its first day on. Each
field is attacked while all others hold something valid: the forms themselves say what that is.
An answer is a page with an error, a refusal (4xx) or a redirect, never a 500; whatever was not
accepted has left nothing half-written in any table. Each answer is undone afterwards.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from intake.ask.conversation import Step
from intake.ask.views.steps import path_of
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
from tests.support.all_roles import Stage, address_of, answer_to, clients_of, ours, stage
from tests.support.signing_in import with_open_question

__all__ = ["forms_are_seen", "stage"]  # the fixtures
pytestmark = pytest.mark.django_db

PARTS = 4
# Meant to work from an old page or the button of a mail program, where they only end something;
# and the text service, which shows a key of its own.
WITHOUT_TOKEN = {"wipe", "quick_exit", "stop_digest", "text_receipt"}


def _client_for(stage: Stage, name: str, staff: dict[str, Client], resident: Client) -> Client:
    _method, allowed = ROWS[name]
    if allowed == PUBLIC:
        return resident
    if allowed == SIGNED_IN or not allowed:
        return staff["worker_own"]
    return staff["worker_own"] if "worker_own" in allowed else staff[min(allowed)]


def _resident(stage: Stage) -> Client:
    """A browser in which the question is open at /volg/."""
    client = Client(raise_request_exception=False)
    return with_open_question(client, stage.arguments["question_id"])


@pytest.fixture
def hostile_settings(settings: Any) -> None:
    settings.MIDDLEWARE = [
        *settings.MIDDLEWARE,
        "tests.invariants.form_answers.AnswersMiddleware",
    ]


# The gallery shows the look to who builds it, and is not there in production.
ADDRESSES = sorted(name for name in ROWS if not name.startswith("gallery"))


def _everything(stage: Stage, names: list[str], attack: Callable[[Attacker], None]) -> None:
    with ids_of_elsewhere(stage):
        staff, resident = clients_of(stage.people), _resident(stage)
        before = {table: content(table) for table in tables()}
        wrong: list[tuple[str, str, str]] = []
        addresses = ours()
        for name in names:
            client = _client_for(stage, name, staff, resident)
            address = address_of(stage, name, addresses[name])
            attack(Attacker(client, name, address, before, wrong))
    assert not wrong, "\n".join(map(str, wrong))


@pytest.mark.usefixtures("forms_are_seen", "hostile_settings")
@pytest.mark.parametrize("part", range(PARTS))
def test_no_form_breaks_and_nothing_is_half_written(stage: Stage, part: int) -> None:
    _everything(stage, ADDRESSES[part::PARTS], attack_forms)


@pytest.mark.usefixtures("hostile_settings")
def test_no_question_mark_breaks_a_page(stage: Stage) -> None:
    _everything(stage, ADDRESSES, attack_query)


def test_a_form_from_another_site_is_refused_everywhere(stage: Stage) -> None:
    """No token, and the answer is 403 with what was typed; or the address takes no POST at all."""
    taken: list[tuple[str, int]] = []
    resident = _resident(stage)
    staff = clients_of(stage.people)
    for client in (resident, *staff.values()):
        client.handler.enforce_csrf_checks = True
    for name, pattern in ours().items():
        client = _client_for(stage, name, staff, resident)
        answer = client.post(address_of(stage, name, pattern), headers={"host": HOST})
        # An address without a POST may say so first; nothing was done either way.
        if (answer.status_code not in {403, 405}) != (name in WITHOUT_TOKEN):
            taken.append((name, answer.status_code))
    assert not taken, "\n".join(map(str, taken))


def test_ids_of_elsewhere_and_of_nothing_open_no_address(stage: Stage) -> None:
    """Where the address itself names something: another partnership's, and what isn't there."""
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
    staff, resident = clients_of(stage.people), _resident(stage)
    opened: list[tuple[str, str, int]] = []
    own = dict(stage.arguments)
    for name, pattern in ours().items():
        named = [key for key in pattern.pattern.converters if isinstance(own[key], uuid.UUID)]
        client = _client_for(stage, name, staff, resident)
        for key in named:
            for other in filter(None, (uuid.uuid4(), elsewhere.get(key))):
                stage.arguments = {**own, key: other}
                address = address_of(stage, name, pattern)
                for method in ("get", "post"):
                    status, _to = answer_to(client, method, address)
                    if status not in {403, 404, 405}:
                        opened.append((f"{method} {name}", key, status))
    assert not opened, "\n".join(map(str, opened))


def test_a_page_of_the_conversation_out_of_turn_makes_no_question() -> None:
    make.world()
    for step in Step:
        for path in {path_of(step), reverse("ask_step", args=[step.value])}:
            answer = Client().post(path, {"words": "Ik wil hulp."}, headers={"host": HOST})
            assert answer.status_code < 500, path
    assert not Question.objects.exists()
