"""A member of staff is signed out when idle, after a working day, and when the account is ended."""

import time

import pytest
from django.test import Client
from django.urls import reverse

from tests.support import factories as make
from welzijn.accounts.models import User
from welzijn.accounts.sessions import LAST_SEEN_AT, STARTED_AT

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_second_factor")]
HOST = {"host": "putten.localhost"}
OWN_ACCOUNT = "/accounts/mijn/"


def signed_in(user: User, *, begun: int = 0, seen: int = 0) -> Client:
    """A client whose user signed in and was last seen so many seconds ago."""
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    session = client.session
    session[STARTED_AT], session[LAST_SEEN_AT] = int(time.time()) - begun, int(time.time()) - seen
    session.save()
    return client


def is_in(client: Client) -> bool:
    answer = client.get(OWN_ACCOUNT, headers=HOST)
    if answer.status_code == 302:
        assert answer["Location"].startswith(reverse("account_login"))
    return answer.status_code == 200


def test_somebody_who_just_signed_in_stays_in() -> None:
    client = Client()
    client.force_login(
        make.coordinator(make.world()),
        backend="allauth.account.auth_backends.AuthenticationBackend",
    )
    assert is_in(client)


@pytest.mark.parametrize(("minutes", "stays"), [(59, True), (61, False)])
def test_an_hour_without_a_page_ends_the_session(minutes: int, stays: bool) -> None:
    client = signed_in(make.coordinator(make.world()), begun=7200, seen=minutes * 60)
    assert is_in(client) is stays
    assert is_in(client) is stays


@pytest.mark.parametrize(("minutes", "stays"), [(479, True), (481, False)])
def test_eight_hours_end_the_session_of_somebody_who_kept_working(
    minutes: int, stays: bool
) -> None:
    client = signed_in(make.coordinator(make.world()), begun=minutes * 60, seen=30)
    assert is_in(client) is stays


def test_a_page_is_noted_once_a_minute_and_never_moves_the_beginning() -> None:
    client = signed_in(make.coordinator(make.world()), begun=3600, seen=90)
    before = dict(client.session.items())
    assert is_in(client)
    after = dict(client.session.items())
    assert after[LAST_SEEN_AT] >= before[LAST_SEEN_AT] + 90
    assert after[STARTED_AT] == before[STARTED_AT]


def test_a_session_without_times_is_over() -> None:
    client = signed_in(make.coordinator(make.world()))
    session = client.session
    del session[STARTED_AT]
    session.save()
    assert not is_in(client)


def test_a_user_who_is_made_inactive_is_out_at_once() -> None:
    user = make.coordinator(make.world())
    client = signed_in(user)
    assert is_in(client)
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert not is_in(client)


@pytest.mark.parametrize("path", ["/werk/gevraagd/aantal/", OWN_ACCOUNT, "draft_save"])
def test_a_script_of_an_open_page_keeps_the_reason_for_who_comes_back(path: str) -> None:
    client = signed_in(make.coordinator(make.world()), begun=7200, seen=3700)
    script = HOST | {"sec-fetch-mode": "cors"}
    if path == "draft_save":
        client.post(reverse(path), headers=script)
    else:
        assert client.get(path, headers=script).status_code in {204, 302}
    answer = client.get(OWN_ACCOUNT, headers=HOST | {"sec-fetch-mode": "navigate"})
    assert answer["Location"].endswith("klaar=stil")
    assert not is_in(client)
