"""Sign in at the provider with a test client, as a browser does."""

from collections.abc import Iterator
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.urls import reverse

from tests.support import openid_provider
from tests.support.openid_provider import CLIENT, SECRET, OpenIDProvider
from welzijn.single_sign_on import discovery
from welzijn.single_sign_on.provider_settings import ProviderSettings

HOST = {"host": "putten.localhost"}


@pytest.fixture
def provider(settings: Any) -> Iterator[OpenIDProvider]:
    """A running provider, configured as "werk" without further rules."""
    discovery.forget()
    with openid_provider.running() as found:
        configure(settings, found)
        yield found
    discovery.forget()


def configure(settings: Any, provider: OpenIDProvider, **rules: Any) -> ProviderSettings:
    """Configure the provider in the settings."""
    base = {
        "id": "werk",
        "label": "Stimenz",
        "issuer": provider.issuer,
        "client_id": CLIENT,
        "client_secret": SECRET,
        "insecure": True,
    }
    one = ProviderSettings(**{**base, **rules})
    settings.SIGN_ON_PROVIDERS = [one]
    return one


def at_provider(address: str) -> str:
    """Open the provider's page as a browser; return where it sends the browser back to."""
    parts = urlsplit(address)
    connection = HTTPConnection(parts.hostname or "", parts.port, timeout=10)
    try:
        connection.request("GET", f"{parts.path}?{parts.query}")
        back = connection.getresponse().getheader("Location") or ""
    finally:
        connection.close()
    found = urlsplit(back)
    return f"{found.path}?{found.query}"


def sign_in(provider: OpenIDProvider, **claims: Any) -> tuple[Client, Any]:
    """Sign in with these claims; return the browser and its last page."""
    provider.claims = claims
    client = Client()
    start = client.get(reverse("openid_connect_login", args=["werk"]), headers=HOST)
    assert start.status_code == 302, start.content
    back = at_provider(start["Location"])
    return client, client.get(back, headers=HOST, follow=True)


def user_of(client: Client) -> str | None:
    """Return the id of the signed-in user."""
    found: str | None = client.session.get("_auth_user_id")
    return found


def shown(page: Any) -> str:
    """Return a page as text."""
    return str(page.content.decode())
