"""Tokens that are forged, old, for somebody else or incomplete; providers that fail; each refusal
has a page that says what is wrong."""

import time
from typing import Any

import jwt
import pytest
from allauth.socialaccount.models import SocialAccount
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from tests.support import factories as make
from tests.support.openid_provider import OTHER_KEY, SECRET, Forge, OpenIDProvider
from tests.welzijn.single_sign_on.browser import (
    HOST,
    at_provider,
    configure,
    provider,
    shown,
    sign_in,
    user_of,
)
from welzijn.accounts.models import User
from welzijn.single_sign_on.refusals import Reason, explain

__all__ = ["provider"]  # fixture
pytestmark = pytest.mark.django_db


def _with(**changes: Any) -> Forge:
    """Sign with other claims; one that is None is left out."""

    def forge(of: OpenIDProvider, claims: dict[str, Any]) -> str:
        changed = {**claims, **changes}
        return of.sign({name: value for name, value in changed.items() if value is not None})

    return forge


def _other_key(of: OpenIDProvider, claims: dict[str, Any]) -> str:
    return jwt.encode(claims, OTHER_KEY, "RS256", headers={"kid": of.kid})


def _unknown_key(_of: OpenIDProvider, claims: dict[str, Any]) -> str:
    return jwt.encode(claims, OTHER_KEY, "RS256", headers={"kid": "unknown"})


def _own_key_in_header(of: OpenIDProvider, claims: dict[str, Any]) -> str:
    public = jwt.algorithms.RSAAlgorithm.to_jwk(OTHER_KEY.public_key(), as_dict=True)
    return jwt.encode(claims, OTHER_KEY, "RS256", headers={"kid": of.kid, "jwk": public})


def _unsigned(_of: OpenIDProvider, claims: dict[str, Any]) -> str:
    return jwt.encode(claims, "", "none")


def _with_client_secret(of: OpenIDProvider, claims: dict[str, Any]) -> str:
    return jwt.encode(claims, SECRET * 2, "HS256", headers={"kid": of.kid})


def _changed_afterwards(of: OpenIDProvider, claims: dict[str, Any]) -> str:
    head, _body, signature = of.sign(claims).split(".")
    body = jwt.encode({**claims, "email": "x@voordeur.example"}, "k" * 32).split(".")[1]
    return f"{head}.{body}.{signature}"


NOW = int(time.time())


@pytest.mark.parametrize(
    ("forge", "reason"),
    [
        (_other_key, Reason.SIGNATURE),
        (_unknown_key, Reason.SIGNATURE),
        (_own_key_in_header, Reason.SIGNATURE),
        (_unsigned, Reason.SIGNATURE),
        (_with_client_secret, Reason.SIGNATURE),
        (_changed_afterwards, Reason.SIGNATURE),
        (_with(iss="https://elders.example"), Reason.ISSUER),
        (_with(iss=None), Reason.ISSUER),
        (_with(aud="another"), Reason.AUDIENCE),
        (_with(aud=["voordeur", "another"]), Reason.AUDIENCE),
        (_with(azp="another"), Reason.AUDIENCE),
        (_with(exp=NOW - 3600), Reason.TIME),
        (_with(exp=None), Reason.INCOMPLETE),
        (_with(iat=NOW - 3600), Reason.TIME),
        (_with(iat=NOW + 3600), Reason.TIME),
        (_with(iat=None), Reason.INCOMPLETE),
        (_with(nbf=NOW + 3600), Reason.TIME),
        (_with(nonce="another"), Reason.NONCE),
        (_with(nonce=None), Reason.NONCE),
        (_with(sub=None), Reason.INCOMPLETE),
        (_with(sub=""), Reason.INCOMPLETE),
        (lambda _of, _claims: "no.token.at-all", Reason.INCOMPLETE),
        (lambda _of, _claims: "", Reason.INCOMPLETE),
    ],
)
def test_a_token_that_is_not_right_opens_nothing(
    provider: OpenIDProvider, forge: Forge, reason: Reason
) -> None:
    user = make.coordinator(make.world())
    provider.forge = forge
    client, page = sign_in(provider, sub="a", email=user.email, email_verified=True)
    assert user_of(client) is None
    assert page.status_code == 403
    assert reason.value in shown(page)
    assert not SocialAccount.objects.exists()


def test_a_new_key_of_the_provider_works_at_once(
    provider: OpenIDProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    user = make.coordinator(make.world())
    sign_in(provider, sub="a", email=user.email, email_verified=True)
    provider.key, provider.kid = OTHER_KEY, "second"
    monkeypatch.setattr("welzijn.single_sign_on.discovery._LEAST", 0)
    client, _page = sign_in(provider, sub="a", email=user.email, email_verified=True)
    assert user_of(client) == str(user.pk)


@pytest.mark.parametrize(
    "changed",
    [
        {"issuer": "https://elders.example"},
        {"issuer": None},
        {"jwks_uri": None},
        {"token_endpoint": 7},
    ],
)
def test_a_discovery_document_of_another_provider_is_refused(
    provider: OpenIDProvider, changed: Any
) -> None:
    make.world()
    provider.discovery = changed
    page = Client().get(reverse("openid_connect_login", args=["werk"]), headers=HOST)
    assert page.status_code == 403
    assert "sso-verkeerd-ingesteld" in shown(page)


def test_a_provider_that_does_not_answer(provider: OpenIDProvider) -> None:
    make.world()
    provider.down = True
    page = Client().get(reverse("openid_connect_login", args=["werk"]), headers=HOST)
    assert page.status_code == 503
    assert "geeft geen antwoord" in shown(page)


def test_an_expired_client_secret(provider: OpenIDProvider) -> None:
    make.world()
    provider.secret = "renewed"
    _client, page = sign_in(provider, sub="a")
    assert "herkent Voordeur niet" in shown(page)


def _return(provider: OpenIDProvider, query: str) -> Any:
    client = Client()
    start = client.get(reverse("openid_connect_login", args=["werk"]), headers=HOST)
    state = at_provider(start["Location"]).split("state=")[1]
    callback = reverse("openid_connect_callback", args=["werk"])
    return client.get(f"{callback}?state={state}&{query}", headers=HOST)


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("error=access_denied", "sso-gestopt"),
        ("error=server_error", "sso-fout-bij-aanbieder server_error"),
        (
            "error=access_denied&error_description=AADSTS50105%3A+fatma%40x.example+not+assigned",
            "sso-fout-bij-aanbieder AADSTS50105",
        ),
        ("error=%3Cscript%3E", "sso-fout-bij-aanbieder"),
    ],
)
def test_an_error_of_the_provider_is_named(
    provider: OpenIDProvider, query: str, words: str
) -> None:
    make.world()
    page = shown(_return(provider, query))
    assert words in page
    assert "fatma" not in page
    assert "<script>" not in page


def test_an_error_without_the_state_is_named_too(provider: OpenIDProvider) -> None:
    make.world()
    callback = reverse("openid_connect_callback", args=["werk"])
    page = Client().get(callback, {"error": "access_denied"}, headers=HOST)
    assert "sso-gestopt" in shown(page)


def test_a_return_in_another_browser_is_refused(provider: OpenIDProvider) -> None:
    user = make.coordinator(make.world())
    provider.claims = {"sub": "a", "email": user.email, "email_verified": True}
    start = Client().get(reverse("openid_connect_login", args=["werk"]), headers=HOST)
    other = Client()
    page = other.get(at_provider(start["Location"]), headers=HOST)
    assert "sso-andere-browser" in shown(page)
    assert user_of(other) is None


def test_an_unknown_address_gets_no_account(provider: OpenIDProvider) -> None:
    make.world()
    before = User.objects.count()
    _client, page = sign_in(provider, sub="a", email="niemand@x.example", email_verified=True)
    assert "sso-geen-account" in shown(page)
    assert User.objects.count() == before


def test_an_ended_account_stays_out(provider: OpenIDProvider) -> None:
    user = make.coordinator(make.world())
    User.objects.filter(pk=user.pk).update(is_active=False)
    client, page = sign_in(provider, sub="a", email=user.email, email_verified=True)
    assert "sso-account-gestopt" in shown(page)
    assert user_of(client) is None


def test_a_second_subject_with_the_same_address_is_refused(provider: OpenIDProvider) -> None:
    user = make.coordinator(make.world())
    sign_in(provider, sub="a", email=user.email, email_verified=True)
    client, page = sign_in(provider, sub="b", email=user.email, email_verified=True)
    assert user_of(client) is None
    assert "sso-tweede-persoon" in shown(page)
    assert SocialAccount.objects.get().uid == "a"


def test_the_same_subject_of_another_issuer_is_another_person(provider: OpenIDProvider) -> None:
    user = make.coordinator(make.world())
    SocialAccount.objects.create(
        user=user, provider="werk", uid="a", extra_data={"iss": "https://former.example"}
    )
    client, page = sign_in(provider, sub="a", email=user.email, email_verified=True)
    assert user_of(client) is None
    assert "sso-tweede-persoon" in shown(page)


def test_the_database_holds_one_subject_for_each_user() -> None:
    user = make.coordinator(make.world())
    SocialAccount.objects.create(user=user, provider="werk", uid="a")
    with pytest.raises(IntegrityError, match="one_subject"), transaction.atomic():
        SocialAccount.objects.create(user=user, provider="elders", uid="b")


def test_each_reason_has_its_own_page_in_plain_words() -> None:
    wrong = [explain(reason).wrong for reason in Reason]
    assert len(set(wrong)) == len(Reason)
    assert all(len(sentence) > 20 for sentence in wrong)
    assert all(explain(reason).do for reason in Reason)


def test_who_must_use_the_provider_can_not_use_a_password(
    provider: OpenIDProvider, settings: Any
) -> None:
    user = make.coordinator(make.world())
    configure(settings, provider, domains=("voordeur.example",), only=True)
    client = Client()
    page = client.post(
        reverse("account_login"), {"login": user.email, "password": make.PASSWORD}, headers=HOST
    )
    assert user_of(client) is None
    assert reverse("openid_connect_login", args=["werk"]) in shown(page)
