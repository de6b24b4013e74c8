"""PostgreSQL's own log: quiet where we start it, and a warning where somebody else does."""

import io

import pytest
import yaml
from django.core.management import call_command
from django.db import connection

from tests.platform.processes import CHECKOUT
from welzijn.config import postgres_log

pytestmark = pytest.mark.django_db


def test_the_embedded_server_is_quiet() -> None:
    assert postgres_log.loud_settings() == {}
    assert postgres_log.check_postgres_log(databases=["default"]) == []


def test_compose_starts_its_server_quiet() -> None:
    compose = yaml.safe_load((CHECKOUT / "docker-compose.yml").read_text("utf-8"))
    command = compose["services"]["postgres"]["command"]
    given = dict(part.split("=", 1) for part in command if "=" in part)
    assert {name: given.get(name) for name in postgres_log.QUIET} == postgres_log.QUIET


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("log_min_messages", "warning"),
        ("log_min_error_statement", "error"),
        ("log_statement", "mod"),
        ("log_min_duration_statement", "0"),
        ("log_parameter_max_length_on_error", "-1"),
        ("log_error_verbosity", "default"),
    ],
)
def test_a_server_that_writes_down_what_people_typed_is_warned_of(name: str, value: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL {name} = '{value}'")
    (warning,) = postgres_log.check_postgres_log(databases=["default"])
    assert f"{name} = {value}" in warning.msg
    assert f"{name} = {postgres_log.QUIET[name]}" in str(warning.hint)
    assert postgres_log.check_postgres_log(databases=None) == []
    notified = io.StringIO()
    call_command("check", databases=["default"], stderr=notified)
    assert "voordeur.W010" in notified.getvalue()


def test_a_stricter_server_is_as_good() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL log_min_messages = 'panic'")
    assert postgres_log.loud_settings() == {}
