"""Sign-in at providers whose claims have the shapes that are met in practice."""

from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.socialaccount.models import SocialAccount
from django.core import mail
from django.urls import reverse

from tests.support import factories as make
from tests.support.openid_provider import OpenIDProvider
from tests.welzijn.single_sign_on.browser import configure, provider, shown, sign_in, user_of
from welzijn.accounts.models import User
from welzijn.notifications.models import Message

__all__ = ["provider"]  # fixture
pytestmark = pytest.mark.django_db


def entra(email: str, **more: Any) -> dict[str, Any]:
    """Entra ID v2.0: no email_verified, often no email; a sign-in name instead."""
    return {
        "sub": "AAAAAAAAAAAAAAAAAAAAAIkzqFVrSaSaFHy782bbtaQ",
        "oid": "00000000-0000-0000-66f3-3332eca7ea81",
        "tid": "9122040d-6c67-4c5b-b112-36a304b66dad",
        "preferred_username": email.title(),
        "name": "Fatma de Boer",
        "ver": "2.0",
        **more,
    }


def keycloak(email: str, **more: Any) -> dict[str, Any]:
    """Keycloak: everything verified, roles nested."""
    return {
        "sub": "f1b0c7a2-8a52-4b06-9c0e-000000000001",
        "email": email,
        "email_verified": True,
        "preferred_username": "fatma",
        "name": "Fatma de Boer",
        "sid": "c0ffee00-0000-4000-8000-000000000001",
        "acr": "1",
        "realm_access": {"roles": ["offline_access", "voordeur-medewerker"]},
        **more,
    }


def adfs(email: str, **more: Any) -> dict[str, Any]:
    """AD FS: `upn`, a single group as text, an ADFS acr."""
    return {
        "sub": "Xk3u5",
        "upn": email,
        "unique_name": "ORG\\fatma",
        "group": "Voordeur medewerkers",
        "acr": "http://schemas.microsoft.com/claims/multipleauthn",
        **more,
    }


def google(email: str, **more: Any) -> dict[str, Any]:
    """Google Workspace."""
    return {
        "sub": "110169484474386276334",
        "azp": "voordeur",
        "email": email,
        "email_verified": True,
        "hd": "voordeur.example",
        "at_hash": "HK6E_P6Dh8Y93mRNtsDB1Q",
        **more,
    }


@pytest.mark.parametrize("shape", [entra, keycloak, adfs, google])
def test_each_shape_lets_an_invited_colleague_in(
    provider: OpenIDProvider, settings: Any, shape: Any
) -> None:
    user = make.coordinator(make.world())
    trusted = ("voordeur.example",)
    configure(settings, provider, domains=trusted, trusted_domains=trusted)
    client, page = sign_in(provider, **shape(user.email))
    assert user_of(client) == str(user.pk)
    assert page.redirect_chain[-1][0].startswith(reverse("mfa_index"))
    assert SocialAccount.objects.get().extra_data == {"iss": provider.issuer}


@pytest.mark.parametrize("shape", [entra, adfs])
def test_an_address_without_confirmation_needs_trust_in_the_provider(
    provider: OpenIDProvider, settings: Any, shape: Any
) -> None:
    user = make.coordinator(make.world())
    configure(settings, provider, domains=("voordeur.example",))
    client, page = sign_in(provider, **shape(user.email))
    assert user_of(client) is None
    assert "sso-adres-niet-bevestigd" in shown(page)


@pytest.mark.parametrize("claim", [False, "false", "true", 1, "", []])
def test_trust_is_about_a_missing_claim_and_not_a_false_one(
    provider: OpenIDProvider, settings: Any, claim: object
) -> None:
    user = make.coordinator(make.world())
    trusted = ("voordeur.example",)
    configure(settings, provider, domains=trusted, trusted_domains=trusted)
    client, page = sign_in(provider, **google(user.email, email_verified=claim))
    assert user_of(client) is None
    assert "sso-adres-niet-bevestigd" in shown(page)


def test_a_missing_confirmation_is_trusted_for_the_named_domains_only(
    provider: OpenIDProvider, settings: Any
) -> None:
    user = make.coordinator(make.world())
    User.objects.filter(pk=user.pk).update(email="fatma@elders.example")
    configure(
        settings,
        provider,
        domains=("voordeur.example", "elders.example"),
        trusted_domains=("voordeur.example",),
    )
    client, page = sign_in(provider, **entra("fatma@elders.example"))
    assert user_of(client) is None
    assert "sso-adres-niet-bevestigd" in shown(page)


def test_an_address_of_another_domain_is_refused(provider: OpenIDProvider, settings: Any) -> None:
    user = make.coordinator(make.world())
    configure(settings, provider, domains=("stimenz.example",))
    _client, page = sign_in(provider, **google(user.email))
    assert "sso-ander-domein" in shown(page)


def test_claims_that_the_token_lacks_come_from_userinfo(provider: OpenIDProvider) -> None:
    user = make.coordinator(make.world())
    provider.userinfo = {"sub": "a", "email": user.email, "email_verified": True}
    client, _page = sign_in(provider, sub="a")
    assert user_of(client) == str(user.pk)


def test_userinfo_about_somebody_else_is_refused(provider: OpenIDProvider) -> None:
    user = make.coordinator(make.world())
    provider.userinfo = {"sub": "b", "email": user.email, "email_verified": True}
    client, page = sign_in(provider, sub="a")
    assert user_of(client) is None
    assert "sso-onvolledig" in shown(page)


def test_userinfo_cannot_say_that_a_second_factor_was_used(
    provider: OpenIDProvider, settings: Any
) -> None:
    user = make.coordinator(make.world())
    configure(settings, provider, second_factor_amr=("mfa",))
    provider.userinfo = {"sub": "a", "email": user.email, "email_verified": True, "amr": ["mfa"]}
    _client, page = sign_in(provider, sub="a")
    assert page.redirect_chain[-1][0].startswith(reverse("mfa_index"))


def test_without_any_address_the_page_says_so(provider: OpenIDProvider) -> None:
    make.world()
    _client, page = sign_in(provider, sub="a", preferred_username="fatma")
    assert page.status_code == 403
    assert "geeft uw e-mailadres niet door" in shown(page)


def test_the_name_is_taken_from_the_claim_that_the_settings_name(
    provider: OpenIDProvider, settings: Any
) -> None:
    user = make.coordinator(make.world())
    before = user.name
    sign_in(provider, **keycloak(user.email))
    user.refresh_from_db()
    assert user.name == before
    configure(settings, provider, name_claim="name")
    sign_in(provider, **keycloak(user.email))
    user.refresh_from_db()
    assert user.name == "Fatma de Boer"


@pytest.mark.parametrize(
    ("rules", "claims", "requested"),
    [
        ({}, {"amr": ["pwd", "mfa"]}, True),
        ({"second_factor_amr": ("mfa",)}, {"amr": ["pwd", "mfa"]}, False),
        ({"second_factor_amr": ("mfa",)}, {"amr": "mfa"}, False),
        ({"second_factor_amr": ("mfa",)}, {"amr": ["pwd"]}, True),
        ({"second_factor_amr": ("mfa",)}, {}, True),
        ({"second_factor_acr": ("gold",)}, {"acr": "gold"}, False),
        ({"second_factor_acr": ("gold",)}, {"acr": ["gold"]}, True),
        ({"second_factor_acr": ("gold",)}, {"acr": "silver"}, True),
    ],
)
def test_a_second_factor_at_the_provider_counts_by_rule(
    provider: OpenIDProvider, settings: Any, rules: Any, claims: Any, requested: bool
) -> None:
    user = make.coordinator(make.world())
    TOTP.activate(user, generate_totp_secret())
    configure(settings, provider, **rules)
    client, page = sign_in(provider, **{**keycloak(user.email), "acr": None, **claims})
    assert (user_of(client) is None) == requested
    last = page.redirect_chain[-1][0]
    assert last.startswith(reverse("mfa_authenticate")) == requested


def test_with_a_second_factor_at_the_provider_none_of_our_own_is_needed(
    provider: OpenIDProvider, settings: Any
) -> None:
    user = make.coordinator(make.world())
    configure(settings, provider, second_factor_amr=("mfa",))
    client, page = sign_in(provider, **keycloak(user.email, amr=["mfa"]))
    assert page.status_code == 200
    assert not page.redirect_chain[-1][0].startswith("/accounts/")
    assert user_of(client) == str(user.pk)


def test_a_new_address_at_the_provider_is_taken_over_and_the_old_one_told(
    provider: OpenIDProvider,
) -> None:
    user = make.coordinator(make.world())
    old = user.email
    sign_in(provider, **keycloak(user.email))
    client, _page = sign_in(provider, **keycloak("getrouwd@voordeur.example"))
    user.refresh_from_db()
    assert user_of(client) == str(user.pk)
    assert user.email == "getrouwd@voordeur.example"
    assert EmailAddress.objects.get(user=user).email == user.email
    assert Message.objects.get(template="address_changed").address == old
    assert mail.outbox == []


def test_an_address_of_another_account_stays_theirs(provider: OpenIDProvider) -> None:
    here = make.world()
    user, other = make.coordinator(here), make.coordinator(here, "jeugd-punt")
    sign_in(provider, **keycloak(user.email))
    client, _page = sign_in(provider, **keycloak(other.email))
    assert user_of(client) == str(user.pk)
    user.refresh_from_db()
    assert user.email != other.email
