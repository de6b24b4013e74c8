"""Failed sign-ins slow down who tries, in every process; not the account's owner elsewhere."""

import pytest
from allauth.account.models import EmailAddress
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.urls import reverse

from tests.support import factories as make
from tests.support.html import comparable
from welzijn.accounts.models import User

pytestmark = pytest.mark.django_db
HOST = {"host": "putten.localhost"}


@pytest.fixture(autouse=True)
def _limits(settings: object) -> None:
    """The limits of production."""
    settings.ACCOUNT_RATE_LIMITS = settings.STAFF_RATE_LIMITS  # type: ignore[attr-defined]


def try_in(
    email: str, password: str, *, address: str = "192.0.2.1", browser: Client | None = None
) -> tuple[int, str]:
    """Status and text of one try, from a browser of its own unless one is given."""
    answer = (browser or Client()).post(
        reverse("account_login"),
        {"login": email, "password": password},
        headers=HOST,
        REMOTE_ADDR=address,
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
    for _number in range(4):
        known = try_in(user.email, "not-this-one-either")
        unknown = try_in("niemand@voordeur.example", "not-this-one-either")
        assert (known[0], comparable(known[1])) == (unknown[0], comparable(unknown[1]))


def member() -> User:
    """A user who can sign in with a password alone."""
    user = make.user()
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def test_a_colleague_at_the_same_address_signs_in_while_somebody_guesses() -> None:
    make.world()
    user, colleague = member(), member()
    for _number in range(80):
        try_in(user.email, "not-this-one-either")
    assert "te veel keer" in try_in(user.email, make.PASSWORD)[1]
    assert try_in(colleague.email, make.PASSWORD)[0] == 302


def test_the_owner_signs_in_elsewhere_while_somebody_guesses() -> None:
    make.world()
    user = member()
    for _number in range(10):
        try_in(user.email, "not-this-one-either")
    assert try_in(user.email, make.PASSWORD, address="198.51.100.7")[0] == 302


def test_a_browser_that_signed_in_before_is_kept_out_by_no_network() -> None:
    """A hundred networks guess the account, and one guesses from the owner's own office."""
    make.world()
    user, browser = member(), Client()
    assert try_in(user.email, make.PASSWORD, browser=browser)[0] == 302
    browser.cookies.pop("voordeur", None)
    for number in range(120):
        try_in(user.email, "not-this-one-either", address=f"203.0.113.{number}")
    for _number in range(6):
        try_in(user.email, "not-this-one-either")
    assert "te veel keer" in try_in(user.email, make.PASSWORD, address="198.51.100.7")[1]
    assert try_in(user.email, make.PASSWORD, browser=browser)[0] == 302


def test_a_browser_that_signed_in_before_is_limited_by_itself() -> None:
    make.world()
    user, browser = member(), Client()
    try_in(user.email, make.PASSWORD, browser=browser)
    browser.cookies.pop("voordeur", None)
    for _number in range(5):
        try_in(user.email, "not-this-one-either", browser=browser)
    assert "te veel keer" in try_in(user.email, make.PASSWORD, browser=browser)[1]
    other = member()
    assert try_in(other.email, make.PASSWORD, browser=browser)[0] == 302
