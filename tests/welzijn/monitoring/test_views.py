"""Operators get figures with a token; nobody else gets anything, and no figure names a person."""

from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client
from prometheus_client.parser import text_string_to_metric_families

from tests.support import factories as make
from welzijn.monitoring import gauges, multiprocess
from welzijn.monitoring.gauges import Gauge

pytestmark = pytest.mark.django_db
TOKEN = "t" * 40
ADDRESS = "/gezond/cijfers/"


@pytest.fixture(autouse=True)
def counts_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """This process counts by itself, also after a test that imported the web server's file."""
    monkeypatch.delenv(multiprocess.VARIABLE, raising=False)


def read(**headers: str) -> Any:
    return Client().get(ADDRESS, headers={"host": "localhost", **headers})


def families() -> dict[str, Any]:
    answer = read(authorization=f"Bearer {TOKEN}")
    assert answer.status_code == 200
    return {f.name: f for f in text_string_to_metric_families(answer.content.decode())}


@pytest.mark.parametrize("given", ["", "Bearer ", "Bearer wrong", TOKEN])
def test_without_the_token_there_is_no_such_page(settings: Any, given: str) -> None:
    settings.METRICS_TOKEN = TOKEN
    assert read(authorization=given).status_code == 404


def test_without_a_setting_there_is_no_such_page(settings: Any) -> None:
    settings.METRICS_TOKEN = ""
    assert read(authorization="Bearer ").status_code == 404


def test_what_operators_watch_is_there(settings: Any) -> None:
    settings.METRICS_TOKEN = TOKEN
    make.question(make.world(), "geld", name="Zeldzame Naam", words="zeldzame woorden")
    found = families()
    for name in (
        "voordeur_outbox_waiting",
        "voordeur_outbox_oldest_seconds",
        "voordeur_followups_overdue",
        "voordeur_danger_unopened",
        "voordeur_rows_set_aside",
        "django_http_requests_before_middlewares",
    ):
        assert name in found, name
    text = read(authorization=f"Bearer {TOKEN}").content.decode()
    assert "eldzame" not in text


def test_a_figure_that_cannot_be_read_leaves_the_others(settings: Any, caplog: Any) -> None:
    settings.METRICS_TOKEN = TOKEN

    def fails() -> dict[tuple[str, ...], float]:
        raise OperationalError("row of somebody")

    gauges.register(Gauge("voordeur_broken", "", (), fails))
    try:
        found = families()
    finally:
        gauges._gauges.pop("voordeur_broken")
    assert "voordeur_outbox_waiting" in found
    assert "somebody" not in caplog.text
