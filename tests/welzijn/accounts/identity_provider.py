"""An OpenID Connect provider that really runs, and what the environment makes of the settings."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlsplit

import pytest

from welzijn.single_sign_on.provider_settings import from_json

PRINT_PROVIDERS = """
import json
from django.conf import settings
print(json.dumps([one.model_dump() for one in settings.SIGN_ON_PROVIDERS]))
"""


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def http(method: str, url: str, body: str = "", kind: str = "") -> tuple[int, str, str]:
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
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "oidc_provider_mock", "--port", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}"
    deadline = time.monotonic() + 180
    try:
        while True:
            try:
                if http("GET", f"{address}/.well-known/openid-configuration")[0] == 200:
                    break
            except OSError:
                assert process.poll() is None, "the provider stopped"
                assert time.monotonic() < deadline, "the provider did not start"
                time.sleep(0.1)
        yield address
    finally:
        process.terminate()
        process.wait(timeout=10)


@pytest.fixture
def configured(issuer: str, settings: Any) -> None:
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
    settings.SIGN_ON_PROVIDERS = from_json(printed, insecure=True)


def know(issuer: str, *, email: str, verified: object = True) -> str:
    """Make the provider know somebody with these claims; gives the name to sign in with."""
    sub = f"sub-{email}"
    claims = {"email": email, "email_verified": verified}
    status, _to, _text = http(
        "PUT", f"{issuer}/users/{sub}", json.dumps(claims), "application/json"
    )
    assert status in {200, 204}
    return sub
