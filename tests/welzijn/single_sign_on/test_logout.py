"""Sign-out that the provider asks for, behind the browser and in it."""

import time
from typing import Any

import jwt
import pytest
from django.test import Client
from django.urls import reverse

from tests.support import factories as make
from tests.support.openid_provider import OTHER_KEY, OpenIDProvider
from tests.welzijn.single_sign_on.browser import HOST, provider, sign_in, user_of
from welzijn.accounts.models import User
from welzijn.single_sign_on.models import SignOnSession

__all__ = ["provider"]  # fixture
pytestmark = pytest.mark.django_db
EVENT = "http://schemas.openid.net/event/backchannel-logout"
NOW = int(time.time())


def _sign_in(provider: OpenIDProvider, user: User, sid: str = "s1", sub: str = "a") -> Client:
    client, _page = sign_in(provider, sub=sub, sid=sid, email=user.email, email_verified=True)
    assert user_of(client) == str(user.pk)
    return client


def _post_logout(token: str, to: str = "werk") -> Any:
    address = reverse("sign_on_back_channel_logout", args=[to])
    # No cookie and no CSRF token: it is the provider's server that calls.
    return Client(enforce_csrf_checks=True).post(address, {"logout_token": token}, headers=HOST)


@pytest.fixture
def user() -> User:
    return make.coordinator(make.world())


def test_a_logout_token_ends_the_session_it_names_and_no_other(
    provider: OpenIDProvider, user: User
) -> None:
    one, other = _sign_in(provider, user, "s1"), _sign_in(provider, user, "s2")
    answer = _post_logout(provider.logout_token(sid="s1"))
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    assert user_of(one) is None
    assert user_of(other) == str(user.pk)


def test_a_logout_token_with_a_subject_ends_all_of_its_sessions(
    provider: OpenIDProvider, user: User
) -> None:
    browsers = [_sign_in(provider, user, "s1"), _sign_in(provider, user, "")]
    assert _post_logout(provider.logout_token(sub="a")).status_code == 200
    assert [user_of(one) for one in browsers] == [None, None]
    assert not SignOnSession.objects.exists()


def test_a_token_is_used_once(provider: OpenIDProvider, user: User) -> None:
    token = provider.logout_token(sub="a")
    assert _post_logout(token).status_code == 200
    client = _sign_in(provider, user)
    assert _post_logout(token).status_code == 400
    assert user_of(client) == str(user.pk)


@pytest.mark.parametrize(
    "changes",
    [
        {"iss": "https://elders.example"},
        {"aud": "another"},
        {"iat": None},
        {"iat": NOW - 7200},
        {"iat": NOW + 7200},
        {"exp": NOW - 7200},
        {"jti": None},
        {"jti": ""},
        {"jti": 7},
        {"events": None},
        {"events": {}},
        {"events": {EVENT: True}},
        {"events": [EVENT]},
        {"nonce": "x"},
        {"sid": None, "sub": None},
        {"sid": "", "sub": ""},
        {"sid": "s1", "sub": "somebody-else"},
    ],
)
def test_a_logout_token_that_is_not_right_ends_nothing(
    provider: OpenIDProvider, user: User, changes: dict[str, Any]
) -> None:
    client = _sign_in(provider, user)
    answer = _post_logout(provider.logout_token(**{"sid": "s1", "sub": "a", **changes}))
    assert answer.status_code == (200 if changes.get("sub") == "somebody-else" else 400)
    assert user_of(client) == str(user.pk)


def test_a_forged_logout_token_ends_nothing(provider: OpenIDProvider, user: User) -> None:
    client = _sign_in(provider, user)
    claims = jwt.decode(provider.logout_token(sub="a"), options={"verify_signature": False})
    for forged in (
        jwt.encode(claims, OTHER_KEY, "RS256", headers={"kid": provider.kid}),
        jwt.encode(claims, "", "none"),
        "",
        "x",
    ):
        assert _post_logout(forged).status_code == 400
    assert user_of(client) == str(user.pk)


def test_an_id_token_does_not_pass_for_a_logout_token(provider: OpenIDProvider, user: User) -> None:
    client = _sign_in(provider, user)
    assert _post_logout(provider.sign(provider.token_claims())).status_code == 400
    assert user_of(client) == str(user.pk)


def test_an_unknown_provider_and_one_that_is_down(provider: OpenIDProvider, user: User) -> None:
    assert _post_logout("x", to="nergens").status_code == 404
    from welzijn.single_sign_on import discovery

    discovery.forget()
    provider.down = True
    assert _post_logout(provider.logout_token(sub="a")).status_code == 503


def test_the_front_channel_ends_the_session_that_the_provider_names(
    provider: OpenIDProvider, user: User
) -> None:
    client = _sign_in(provider, user)
    address = reverse("sign_on_front_channel_logout", args=["werk"])
    for wrong in ({}, {"sid": "s1"}, {"iss": provider.issuer}, {"iss": "https://x.y", "sid": "s1"}):
        assert Client().get(address, wrong, headers=HOST).status_code == 400
    assert user_of(client) == str(user.pk)
    page = Client().get(address, {"iss": provider.issuer, "sid": "s1"}, headers=HOST)
    assert page.status_code == 200
    assert user_of(client) is None
    # The provider shows it in a frame; nobody else may.
    assert "X-Frame-Options" not in page
    assert f"frame-ancestors 'none' {provider.issuer}" not in page["Content-Security-Policy"]
    assert f"frame-ancestors {provider.issuer}" in page["Content-Security-Policy"]
