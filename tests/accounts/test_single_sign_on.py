"""Single sign-on with environment variables alone, against a provider that really runs.

The settings are read in a process of their own, with OIDC_ISSUER and its companions in the
environment, and given to the test; the provider is oidc-provider-mock over HTTP on loopback.
"""

import json
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.socialaccount.models import SocialAccount
from django.test import Client
from django.urls import reverse

from tests import factories as make
from welzijn.accounts.models import User

pytestmark = pytest.mark.django_db
HOST = {"host": "putten.localhost"}
PRINT_PROVIDERS = """
import json
from django.conf import settings
print(json.dumps(settings.SOCIALACCOUNT_PROVIDERS))
"""


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _http(method: str, url: str, body: str = "", kind: str = "") -> tuple[int, str, str]:
    """Status, Location and text of one plain HTTP request to the provider."""
    parts = urlsplit(url)
    connection = HTTPConnection(parts.hostname or "", parts.port, timeout=20)
    try:
        connection.request(
            method,
            f"{parts.path}?{parts.query}" if parts.query else parts.path,
            body=body.encode(),
            headers={"Content-Type": kind} if kind else {},
        )
        answer = connection.getresponse()
        return answer.status, answer.getheader("Location") or "", answer.read().decode()
    finally:
        connection.close()


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    """The address of a running provider."""
    port = _free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "oidc_provider_mock", "--port", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}"
    deadline = time.monotonic() + 60
    try:
        while True:
            try:
                if _http("GET", f"{address}/.well-known/openid-configuration")[0] == 200:
                    break
            except OSError:
                assert process.poll() is None, "the provider stopped"
                assert time.monotonic() < deadline, "the provider did not start"
                time.sleep(0.1)
        yield address
    finally:
        process.terminate()
        process.wait(timeout=10)


@pytest.fixture(autouse=True)
def _configured(issuer: str, settings: Any) -> None:
    """What the environment alone makes of the settings."""
    printed = subprocess.run(
        [sys.executable, "-c", PRINT_PROVIDERS],
        env={
            **os.environ,
            "OIDC_ISSUER": issuer,
            "OIDC_CLIENT_ID": "voordeur",
            "OIDC_CLIENT_SECRET": "a-secret-of-the-test",
            "OIDC_NAME": "Gemeente Voorbeeld",
        },
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    settings.SOCIALACCOUNT_PROVIDERS = json.loads(printed)


def come_in(issuer: str, *, email: str, verified: object = True) -> tuple[Client, Any]:
    """Sign in at the provider as somebody with these claims; the browser and its last page."""
    claims = {"email": email, "email_verified": verified}
    sub = f"sub-{email}"
    status, _to, _text = _http(
        "PUT", f"{issuer}/users/{sub}", json.dumps(claims), "application/json"
    )
    assert status in {200, 204}
    client = Client()
    start = client.get(reverse("openid_connect_login", args=["sso"]), headers=HOST)
    assert start.status_code == 302
    assert start["Location"].startswith(issuer)
    _status, back, _text = _http(
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
