"""What leaves for the error service after faults full of a marked person: classes and places."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
import sentry_sdk
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from sentry_sdk.envelope import Envelope
from sentry_sdk.transport import Transport

from tests.welzijn.monitoring.faulty_pages import KEY, MAIL, MARKS, NAME, PHONE, WORDS, faulty
from welzijn.monitoring import error_reports

pytestmark = pytest.mark.django_db
ID = "0123456789abcdef0123456789abcdef"
_sent: list[bytes] = []


class Kept(Transport):
    """Takes what would go over the network."""

    def capture_envelope(self, envelope: Envelope) -> None:
        _sent.append(envelope.serialize())


@pytest.fixture
def sent(settings: Any) -> Iterator[list[bytes]]:
    settings.SENTRY_DSN = "https://key@errors.example/1"
    settings.ROOT_URLCONF = "tests.welzijn.monitoring.faulty_pages"
    _sent.clear()
    error_reports.start_if_configured(Kept)
    yield _sent
    sentry_sdk.get_client().close()
    sentry_sdk.get_global_scope().set_client(None)


def post(path: str) -> int:
    client = Client(
        raise_request_exception=False,
        headers={
            "host": "localhost",
            "X-Request-ID": ID,
            "User-Agent": NAME,
            "Referer": f"http://localhost/?naam={NAME}",
            "Cookie": f"concept={WORDS}",
            "X-Naam": NAME,
        },
    )
    typed = {"name": NAME, "phone": PHONE, "words": WORDS, "email": MAIL}
    return client.post(f"{path}?naam={NAME}", typed).status_code


def events(sent: list[bytes]) -> list[dict[str, Any]]:
    """The reports; nothing else may have been sent, and no mark stands in any byte."""
    notified = []
    for envelope in sent:
        assert [mark for mark in MARKS if mark in envelope.decode().lower()] == []
        _head, item, body = envelope.decode().strip().split("\n")
        assert json.loads(item)["type"] == "event"
        notified.append(json.loads(body))
    return notified


@pytest.mark.parametrize(
    ("path", "kind", "place"),
    [
        ("/view/", "ValueError", "in_view"),
        ("/form/", "RuntimeError", "clean_name"),
        ("/statement/", "DataError", "in_statement"),
    ],
)
def test_a_fault_of_a_page_is_told_by_class_and_place(
    sent: list[bytes], path: str, kind: str, place: str
) -> None:
    assert post(path) == 500
    (event,) = events(sent)
    error = event["exception"]["values"][-1]
    assert error["type"] == kind
    frames = error["stacktrace"]["frames"]
    assert place in {frame["function"] for frame in frames}
    assert not any("vars" in frame for frame in frames)
    assert event["tags"] == {"request_id": ID}
    assert event["transaction"].startswith("tests.welzijn.monitoring.faulty_pages.in_")
    assert not {
        "request",
        "user",
        "breadcrumbs",
        "extra",
        "contexts",
        "modules",
        "server_name",
    } & set(event)


def test_a_fault_in_a_task_is_told_with_its_name(sent: list[bytes]) -> None:
    faulty.apply(args=(NAME,), kwargs={"words": WORDS})
    (event,) = events(sent)
    assert event["exception"]["values"][-1]["type"] == "LookupError"
    assert event["tags"]["task"] == "tests.faulty"
    assert event["transaction"] == "tests.faulty"


def test_a_line_of_the_log_is_told_without_its_text(sent: list[bytes]) -> None:
    assert post(f"/log/{KEY}/") == 200
    (event,) = events(sent)
    assert event["logger"] == "referrals.reminders"
    assert event["fingerprint"][1].startswith("faulty_pages:")
    assert event["level"] == "error"


def test_what_no_page_answers_is_no_fault(sent: list[bytes]) -> None:
    assert post(f"/niets/{NAME}/") == 404
    assert sent == []


def test_an_outgoing_call_carries_nothing_of_it(sent: list[bytes]) -> None:
    assert list(sentry_sdk.get_current_scope().iter_trace_propagation_headers()) == [] or (
        sentry_sdk.get_client().options["trace_propagation_targets"] == []
    )


def test_a_dsn_that_is_none_is_one_sentence(settings: Any) -> None:
    settings.SENTRY_DSN = "https://errors.example"
    with pytest.raises(ImproperlyConfigured, match="SENTRY_DSN has to be"):
        error_reports.start_if_configured(Kept)
