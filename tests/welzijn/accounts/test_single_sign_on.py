"""Single sign-on with environment variables alone, against a provider that really runs.

The settings are read in a process of their own, with OIDC_ISSUER and its companions in the
environment, and given to the test; the provider is oidc-provider-mock over HTTP on loopback.
"""

import re
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.socialaccount.models import SocialAccount
from django.test import Client
from django.urls import reverse

from tests.support import factories as make
from tests.welzijn.accounts.identity_provider import configured, http, issuer, know
from welzijn.accounts.models import User

__all__ = ["configured", "issuer"]  # fixtures
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("configured")]
HOST = {"host": "putten.localhost"}


def come_in(issuer: str, *, email: str, verified: object = True) -> tuple[Client, Any]:
    """Sign in at the provider as somebody with these claims; the browser and its last page."""
    sub = know(issuer, email=email, verified=verified)
    client = Client()
    start = client.get(reverse("openid_connect_login", args=["sso"]), headers=HOST)
    assert start.status_code == 302
    assert start["Location"].startswith(issuer)
    _status, back, _text = http(
        "POST",
        start["Location"],
        urlencode({"sub": sub}),
        "application/x-www-form-urlencoded",
    )
    assert back, "the provider sends the browser back"
    parts = urlsplit(back)
    return client, client.get(f"{parts.path}?{parts.query}", headers=HOST, follow=True)


def user_of(client: Client) -> str | None:
    found: str | None = client.session.get("_auth_user_id")
    return found


def test_the_sign_in_page_offers_the_organisations_own_sign_on() -> None:
    make.world()
    page = Client().get(reverse("account_login"), headers=HOST).content.decode()
    assert "Gemeente Voorbeeld" in page


def test_an_invited_colleague_comes_in_and_then_adds_a_second_factor(issuer: str) -> None:
    user = make.coordinator(make.world())
    client, page = come_in(issuer, email=user.email)
    assert user_of(client) == str(user.pk)
    assert SocialAccount.objects.get().user == user
    assert page.redirect_chain[-1][0].startswith(reverse("mfa_index"))


def test_who_has_a_second_factor_is_asked_for_it_after_the_sign_on(issuer: str) -> None:
    user = make.coordinator(make.world())
    TOTP.activate(user, generate_totp_secret())
    client, page = come_in(issuer, email=user.email)
    assert page.redirect_chain[-1][0].startswith(reverse("mfa_authenticate"))
    assert user_of(client) is None


def test_an_unknown_address_reads_what_to_do_and_gets_no_account(issuer: str) -> None:
    make.world()
    before = User.objects.count()
    client, page = come_in(issuer, email="niemand@elders.example")
    assert user_of(client) is None
    assert User.objects.count() == before
    assert re.search(r"nog geen account", page.content.decode())


@pytest.mark.parametrize("claim", [False, "false", "true", None])
def test_an_address_the_provider_did_not_verify_opens_nothing(issuer: str, claim: object) -> None:
    user = make.coordinator(make.world())
    client, _page = come_in(issuer, email=user.email, verified=claim)
    assert user_of(client) is None
    assert not SocialAccount.objects.exists()


def test_an_ended_account_does_not_come_in(issuer: str) -> None:
    user = make.coordinator(make.world())
    User.objects.filter(pk=user.pk).update(is_active=False)
    client, _page = come_in(issuer, email=user.email)
    assert user_of(client) is None
