"""What leaves for the collector of traces after faults full of a marked person."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
from django.db import connection
from django.test import Client
from opentelemetry.sdk.trace import ReadableSpan
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from tests.platform.processes import CHECKOUT
from tests.welzijn.config.test_environment import PRODUCTION, started
from tests.welzijn.monitoring.faulty_pages import KEY, MARKS, NAME, WORDS, faulty
from welzijn.monitoring import traces
from welzijn.monitoring.span_scrubbing import statement

# Connections are made anew, so that the statements pass the instrumented driver.
pytestmark = pytest.mark.django_db(transaction=True)
ID = "0123456789abcdef0123456789abcdef"
# What a client may send: an own trace with a name in its state, and baggage.
CLIENT = {
    "host": "localhost",
    "traceparent": "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
    "tracestate": "quirina=zwaluwstaart",
    "baggage": "naam=quirina",
    "User-Agent": NAME,
    "X-Request-ID": ID,
}


@pytest.fixture
def spans(settings: Any) -> Iterator[InMemorySpanExporter]:
    settings.ROOT_URLCONF = "tests.welzijn.monitoring.faulty_pages"
    settings.MIDDLEWARE = list(settings.MIDDLEWARE)
    kept = InMemorySpanExporter()
    made = traces.provider(kept, SimpleSpanProcessor, percent=100)
    connection.close()
    traces.instrument(made)
    yield kept
    traces.stop()
    made.shutdown()
    connection.close()


def notified(spans: InMemorySpanExporter) -> list[ReadableSpan]:
    found = list(spans.get_finished_spans())
    for span in found:
        text = f"{span.to_json()} {span.context.trace_state} {span.events} {span.links}".lower()
        assert [mark for mark in MARKS if mark in text] == []
    return found


def post(path: str) -> int:
    client = Client(raise_request_exception=False, headers=CLIENT)
    return client.post(f"{path}?naam={NAME}", {"name": NAME, "words": WORDS}).status_code


def test_a_request_and_its_statements_are_traced_without_what_was_typed(
    spans: InMemorySpanExporter,
) -> None:
    assert post("/statement/") == 500
    found = notified(spans)
    (page,) = [span for span in found if span.name == "POST statement/"]
    assert page.attributes is not None
    assert page.attributes["http.route"] == "statement/"
    assert page.attributes["http.status_code"] == 500
    assert page.attributes["voordeur.request_id"] == ID
    selects = [str((span.attributes or {}).get("db.statement")) for span in found]
    assert "SELECT %s::text, ?, ?" in selects
    assert "SELECT %s::int" in selects
    failed = [s for s in found if (s.attributes or {}).get("db.statement") == "SELECT %s::int"]
    assert "InvalidTextRepresentation" in str((failed[0].attributes or {})["error.type"])
    assert all(span.events == () for span in found)


@pytest.mark.parametrize("path", ["/view/", "/form/", f"/log/{KEY}/", f"/niets/{NAME}/"])
def test_no_page_leaves_a_trace_of_who_it_was(spans: InMemorySpanExporter, path: str) -> None:
    post(path)
    assert notified(spans)


def test_a_task_is_traced_by_its_name(spans: InMemorySpanExporter) -> None:
    faulty.apply(args=(NAME,), kwargs={"words": WORDS})
    (span,) = [s for s in notified(spans) if s.name == "tests.faulty"]
    assert (span.attributes or {})["error.type"] == "LookupError"


def test_a_call_to_another_server_is_traced_by_its_host(spans: InMemorySpanExporter) -> None:
    with pytest.raises(requests.ConnectionError):
        requests.get(f"http://127.0.0.1:9/{KEY}?naam={NAME}", timeout=1)
    # Outside a request nothing is traced: a command would be one trace for each statement.
    assert notified(spans) == []


@pytest.mark.parametrize(
    ("sql", "kept"),
    [
        ("SELECT a FROM b WHERE c = %s LIMIT 21", "SELECT a FROM b WHERE c = %s LIMIT ?"),
        ("SELECT 'it''s Quirina', 'x' FROM b", "SELECT ? FROM b"),
        (r"SELECT E'a\'Quirina', b", "SELECT E?, b"),
        ("DO $$ Quirina $$", None),
    ],
)
def test_a_statement_loses_what_is_quoted(sql: str, kept: str | None) -> None:
    assert statement(sql) == kept


@pytest.mark.parametrize(
    ("given", "loaded"),
    [
        ({}, set()),
        (
            {
                "SENTRY_DSN": "https://key@errors.example/1",
                "OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:9",
            },
            {"opentelemetry", "sentry_sdk"},
        ),
    ],
)
def test_the_libraries_are_loaded_only_where_they_are_used(
    tmp_path: Path, given: dict[str, str], loaded: set[str]
) -> None:
    code = (
        "import sys, django; django.setup(); import welzijn.celery, welzijn.wsgi;"
        "print(*{n.partition('.')[0] for n in sys.modules} & {'opentelemetry', 'sentry_sdk'});"
        "import os; os._exit(0)"
    )
    settings_module = {"DJANGO_SETTINGS_MODULE": "welzijn.settings"}
    code = code.replace("os._exit(0)", "sys.stdout.flush(); os._exit(0)")
    done = started(tmp_path, "-c", code, **PRODUCTION, **given, **settings_module)
    assert (set(done.stdout.split()), done.stderr) == (loaded, "")


def test_without_the_libraries_a_setting_is_one_sentence(tmp_path: Path) -> None:
    code = (
        "import sys; sys.modules['opentelemetry'] = None; sys.modules['sentry_sdk'] = None\n"
        "import django; django.setup()"
    )
    for name, value in (
        ("SENTRY_DSN", "https://key@errors.example/1"),
        ("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:9"),
    ):
        given = {**PRODUCTION, name: value, "DJANGO_SETTINGS_MODULE": "welzijn.settings"}
        done = started(tmp_path, "-c", code, **given)
        assert f"{name} is set, but requirements/observe.txt" in done.stderr
    assert (CHECKOUT / "requirements" / "observe.txt").is_file()
