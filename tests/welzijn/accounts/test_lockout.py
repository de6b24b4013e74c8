"""Failed sign-ins lock an address out, in every process, known or not."""

import re

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.urls import reverse

from tests.support import factories as make

pytestmark = pytest.mark.django_db
HOST = {"host": "putten.localhost"}


@pytest.fixture(autouse=True)
def _limits(settings: object) -> None:
    """The limits of production."""
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,5/5m/key"}  # type: ignore[attr-defined]


def try_in(email: str, password: str) -> tuple[int, str]:
    """Status and text of one try, from a browser of its own."""
    answer = Client().post(
        reverse("account_login"), {"login": email, "password": password}, headers=HOST
    )
    text = answer.content.decode()
    return answer.status_code, text.partition("<main")[2].replace(email, "ADDRESS")


def test_the_sixth_try_is_refused_even_with_the_right_password() -> None:
    make.world()
    user = make.user()
    for _number in range(5):
        status, _text = try_in(user.email, "not-this-one-either")
        assert status == 200
    status, text = try_in(user.email, make.PASSWORD)
    assert status == 200
    assert "te veel keer" in text


def test_the_count_lies_where_every_process_reads_it() -> None:
    """Another process has another cache object: only what is in the database is there."""
    make.world()
    try_in(make.user().email, "not-this-one-either")
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM accounts_cache WHERE cache_key LIKE %s", ["%login%"])
        row = cursor.fetchone()
    assert row is not None
    assert row[0] >= 1
    assert type(caches["default"]).__name__ == "DatabaseCache"


def test_an_unknown_address_gets_the_same_answers() -> None:
    make.world()
    user = make.user()

    def without_tokens(text: str) -> str:
        return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", text)

    for _number in range(4):
        known = try_in(user.email, "not-this-one-either")
        unknown = try_in("niemand@voordeur.example", "not-this-one-either")
        assert (known[0], without_tokens(known[1])) == (unknown[0], without_tokens(unknown[1]))
