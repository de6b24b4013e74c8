"""The lockout as in production: failed tries at one server process count in the other."""

import os
import re
import secrets
import subprocess
import sys
import time
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.core.cache import cache
from django.db import connection

from tests.support import factories as make
from tests.welzijn.accounts.identity_provider import free_port
from welzijn.devtools import local_services

HEADERS = {
    "Host": "putten.example",
    "X-Forwarded-Proto": "https",
    "X-Forwarded-For": "192.0.2.7",
    "Referer": "https://putten.example/accounts/login/",
}

# The processes share it.
KEY = secrets.token_urlsafe(60)


def production(folder: Path) -> dict[str, str]:
    """The environment of production, with this test's database; static files in `folder`."""
    url = urlsplit(local_services.database_url())
    return {
        name: value for name, value in os.environ.items() if not name.startswith("WELZIJN_")
    } | {
        "DATABASE_URL": url._replace(path="/" + connection.settings_dict["NAME"]).geturl(),
        "REDIS_URL": settings.REDIS_URL,
        "SECRET_KEY": KEY,
        "DEFAULT_FROM_EMAIL": "noreply@putten.example",
        "ALLOWED_HOSTS": "putten.example",
        "BEHIND_PROXY": "1",
        "STATIC_ROOT": str(folder),
        "DJANGO_SETTINGS_MODULE": "welzijn.settings",
    }


def start(port: int, environment: dict[str, str]) -> "subprocess.Popen[bytes]":
    """One gunicorn with one worker."""
    return subprocess.Popen(
        [
            *(sys.executable, "-m", "gunicorn", "welzijn.wsgi", "--workers", "1"),
            *("--bind", f"127.0.0.1:{port}", "--log-level", "error"),
        ],
        cwd=settings.BASE_DIR,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def ask(
    port: int, method: str, path: str, body: str = "", cookie: str = ""
) -> tuple[int, str, str]:
    """Status, cookies and text."""
    there = HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        kind = {"Content-Type": "application/x-www-form-urlencoded"} if body else {}
        there.request(method, path, body or None, {**HEADERS, **kind, "Cookie": cookie})
        answer = there.getresponse()
        cookies = "; ".join(c.partition(";")[0] for c in answer.headers.get_all("Set-Cookie", []))
        return answer.status, cookies, answer.read().decode()
    finally:
        there.close()


@pytest.fixture
def two_servers(transactional_db: None, tmp_path: Path) -> Iterator[tuple[int, int]]:
    """The ports of two servers that share nothing but the database."""
    ports = free_port(), free_port()
    environment = production(tmp_path)
    subprocess.run(
        [sys.executable, "manage.py", "collectstatic", "--no-input", "--ignore=look", "-v0"],
        cwd=settings.BASE_DIR,
        env=environment,
        check=True,
    )
    running = [start(port, environment) for port in ports]
    deadline = time.monotonic() + 180
    try:
        for port, process in zip(ports, running, strict=True):
            while True:
                try:
                    ask(port, "GET", "/gezond/leeft/")
                    break
                except OSError:
                    assert process.poll() is None, "the server stopped"
                    assert time.monotonic() < deadline, "the server did not start"
                    time.sleep(0.1)
        yield ports
    finally:
        for process in running:
            process.terminate()
        for process in running:
            process.wait(timeout=20)
        cache.clear()


def sign_in(port: int, email: str, password: str) -> tuple[int, str]:
    """One try, from a browser of its own."""
    path = "/accounts/login/"
    _status, cookie, page = ask(port, "GET", path)
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert token is not None, page[:500]
    form = {"csrfmiddlewaretoken": token.group(1), "login": email, "password": password}
    status, _cookies, text = ask(port, "POST", path, urlencode(form), cookie)
    return status, text


def test_failed_tries_at_one_process_count_in_the_other(two_servers: tuple[int, int]) -> None:
    make.world()
    user, other = make.user(), make.user()
    for somebody in (user, other):
        somebody.password = PBKDF2PasswordHasher().encode(make.PASSWORD, "a-salt-of-the-test")
        somebody.save()
        EmailAddress.objects.create(
            user=somebody, email=somebody.email, verified=True, primary=True
        )
    one, two = two_servers
    for number in range(5):
        status, text = sign_in((one, two)[number % 2], user.email, "not-this-one-either")
        assert status == 200
        assert "horen niet bij elkaar" in text
    for port in two_servers:
        status, text = sign_in(port, user.email, make.PASSWORD)
        assert status == 200
        assert "te veel keer" in text
    assert sign_in(two, other.email, make.PASSWORD)[0] == 302
