"""A request has one id: its answer, its lines and its tasks carry it; nothing else gets in."""

import io
import json
import logging
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from celery.signals import before_task_publish, task_postrun, task_prerun
from django.test import Client

from welzijn.celery import app
from welzijn.monitoring import request_ids
from welzijn.monitoring.logs import JsonLines

GIVEN = "0123456789abcdef0123456789abcdef"
UUID = "a8a1f969-3ad7-4adb-a4b7-70f7cddf9e2a"


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    """What the log's formatter for JSON writes, without any filter before it."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonLines(json_ensure_ascii=False))
    root = logging.getLogger()
    root.addHandler(handler)
    yield stream
    root.removeHandler(handler)


def objects(lines: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in lines.getvalue().splitlines()]


@pytest.mark.django_db
@pytest.mark.parametrize("given", [GIVEN, UUID, UUID.upper()])
def test_a_proxys_id_is_taken_over(given: str) -> None:
    answer = Client().get("/gezond/leeft/", headers={"host": "localhost", "X-Request-ID": given})
    assert answer.headers["X-Request-ID"] == given.lower()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "given",
    ["", "Quirina-Zwaluwstaart", "0648765432", GIVEN + "0", f"{GIVEN}\tx", "g" * 32, UUID[:-1]],
)
def test_anything_else_is_replaced(given: str) -> None:
    first, second = (
        Client().get("/gezond/leeft/", headers={"host": "localhost", "X-Request-ID": given})
        for _ in range(2)
    )
    assert request_ids.accepted(first.headers["X-Request-ID"]) == first.headers["X-Request-ID"]
    assert first.headers["X-Request-ID"] not in {given, second.headers["X-Request-ID"]}


@pytest.mark.django_db
def test_the_lines_of_a_request_have_its_id_and_no_address_that_was_typed(
    lines: io.StringIO,
) -> None:
    answer = Client().get(
        "/niets/Quirina/ë/?naam=Zwaluwstaart", headers={"host": "localhost", "X-Request-ID": GIVEN}
    )
    assert answer.status_code == 404
    (line,) = objects(lines)
    assert line["message"] == "Not Found: [onbekend adres]"
    assert (line["request_id"], line["status_code"]) == (GIVEN, 404)
    assert request_ids.current() == ""


def test_a_line_holds_named_fields_only(lines: io.StringIO) -> None:
    try:
        int("Quirina")
    except ValueError:
        logging.getLogger("x").exception(
            "refused %s", "q@zwaluwstaart.example", extra={"data": "Quirina", "status": 5}
        )
    (line,) = objects(lines)
    assert set(line) == {
        *("time", "level", "logger", "message", "process", "status", "exception"),
    }
    assert line["exception"] == "ValueError"
    assert "Quirina" not in lines.getvalue()
    assert "zwaluwstaart" not in lines.getvalue()


def test_a_task_carries_the_id_of_the_request_that_started_it(lines: io.StringIO) -> None:
    headers: dict[str, Any] = {}
    token = request_ids._request_id.set(GIVEN)
    before_task_publish.send(sender="x", headers=headers)
    request_ids._request_id.reset(token)
    task = SimpleNamespace(name="referrals.reminders.tasks.sweep", request=headers)
    task_prerun.send(sender=None, task_id=UUID, task=task)
    logging.getLogger("referrals").warning("in the task")
    task_postrun.send(sender=None, task_id=UUID, task=task)
    logging.getLogger("referrals").warning("after it")
    inside, after = objects(lines)
    assert (inside["request_id"], inside["task"], inside["task_id"]) == (GIVEN, task.name, UUID)
    assert not {"request_id", "task", "task_id"} & set(after)


@pytest.mark.parametrize("planted", ["Quirina", None, 5])
def test_a_task_takes_over_no_other_text(planted: object) -> None:
    task = SimpleNamespace(name="a.b", request={"voordeur_request_id": planted})
    task_prerun.send(sender=None, task_id=UUID, task=task)
    assert request_ids.current() != planted
    task_postrun.send(sender=None, task_id=UUID, task=task)


def test_a_task_that_beat_starts_has_none() -> None:
    headers: dict[str, Any] = {}
    before_task_publish.send(sender="x", headers=headers)
    assert headers == {}
    assert app.conf.worker_hijack_root_logger is True  # only counts without a setup of our own
