"""What a resident sees when the database or Redis is down, with a web server as in production."""

import contextlib
import html
import http.client
import os
import re
import secrets
import signal
import socket
import subprocess
import sys
import urllib.parse
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
import pytest

from tests.platform.processes import CHECKOUT, eventually, pid_of, processes_of, runs
from tests.platform.users import User
from tests.support import template

HOST = "putten.localhost"
PHONE = "0341 000 273"
STORY = "brief van deurwaarder, snap er niks van"


@dataclass
class Browser:
    """A resident's browser behind the proxy: keeps cookies, follows nothing."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)

    def send(self, path: str, data: list[tuple[str, str]] | None = None) -> tuple[int, str, str]:
        """GET, or POST with `data`; gives the status, where it leads to, and the page."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        with contextlib.closing(connection):
            connection.request(
                "GET" if data is None else "POST",
                path,
                body=None if data is None else urllib.parse.urlencode(data),
                headers={
                    "Host": HOST,
                    "X-Forwarded-Proto": "https",
                    "Referer": f"https://{HOST}{path}",
                    "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
                    "Content-Type": "application/x-www-form-urlencoded",
                },
            )
            answer = connection.getresponse()
            for cookie in answer.headers.get_all("Set-Cookie") or []:
                name, _, value = cookie.partition(";")[0].partition("=")
                self.cookies[name] = value
            page = answer.read().decode()
        return answer.status, answer.headers.get("Location", ""), page


def hidden(page: str, path: str) -> list[tuple[str, str]]:
    """The hidden fields of the form of a page that goes to `path`."""
    [form] = re.findall(rf'<form[^>]*action="{re.escape(path)}".*?</form>', page, re.DOTALL)
    fields = re.findall(r'<input\s+type="hidden"\s+name="([^"]*)"\s+value="([^"]*)"\s*>', form)
    return [(name, html.unescape(value)) for name, value in fields]


@dataclass
class Site:
    """A gunicorn, and the services that it needs."""

    data: Path
    database: str
    users: list[User]
    browser: Browser

    def kill(self, program: str) -> None:
        os.kill(pid_of(self.data, f"bin/{program}"), signal.SIGKILL)
        assert eventually(lambda: not runs(self.data, f"bin/{program}"))

    def bring_back(self) -> None:
        self.users.append(User(self.data))
        self.users[-1].urls()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Putten's front door, of which no page has been asked for yet."""
    tmp_path = tmp_path_factory.mktemp("outage")
    holder = User(tmp_path / "data")
    database, broker = holder.urls()
    template.fill(database)
    unset = {"WELZIJN_TEST", "DJANGO_SETTINGS_MODULE", "WELZIJN_DEMO"}
    given = {name: value for name, value in os.environ.items() if name not in unset}
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = int(probe.getsockname()[1])
    given |= {
        "DATABASE_URL": database,
        "REDIS_URL": broker,
        "SECRET_KEY": secrets.token_urlsafe(60),
        "ALLOWED_HOSTS": HOST,
        "BEHIND_PROXY": "1",
        "DEFAULT_FROM_EMAIL": "noreply@putten.example",
        "EMAIL_HOST": "localhost",
        "WEB_BIND": f"127.0.0.1:{port}",
        "WELZIJN_DATA": str(tmp_path / "data"),
    }
    file = "organisations/partnerships/putten.toml"
    subprocess.run(
        [sys.executable, "manage.py", "load_partnership", file, "--verbosity=0"],
        cwd=CHECKOUT,
        env=given,
        check=True,
    )
    with (tmp_path / "web.log").open("wb") as log:
        web = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "-c", "python:welzijn.config.gunicorn"],
            cwd=CHECKOUT,
            env=given,
            stdout=log,
            stderr=log,
        )
    browser = Browser(port)
    site = Site(tmp_path / "data", database, [holder], browser)

    def answers() -> bool:
        try:
            return browser.send("/gezond/")[0] == 200
        except OSError:
            return False

    assert eventually(answers), (tmp_path / "web.log").read_text()
    yield site
    web.terminate()
    web.wait()
    for user in site.users:
        user.kill()
        user.communicate()
    assert eventually(lambda: not processes_of(site.data))


def test_without_the_database_typed_text_is_kept_to_send_again(site: Site) -> None:
    browser, path = site.browser, "/vraag/bel-mij/"
    # Gone before anybody was here: the number of the desk is known all the same.
    site.kill("postgres")
    for _worker in range(4):
        status, _to, page = browser.send("/")
        assert status == 503
        assert PHONE in page
    site.bring_back()
    status, _to, page = browser.send(path)
    assert status == 200
    token = [pair for pair in hidden(page, path) if pair[0] == "csrfmiddlewaretoken"]
    site.kill("postgres")
    status, _to, page = browser.send(path, [*token, ("phone", "0612345678"), ("words", STORY)])
    assert status == 503
    assert "Er is nog niets verstuurd" in page
    assert PHONE in page
    again = hidden(page, path)
    assert ("words", STORY) in again
    site.bring_back()
    status, to, _page = browser.send(path, again)
    assert (status, to) == (302, "/vraag/controle/")
    assert STORY in browser.send(to)[2]


def test_without_redis_a_question_can_still_be_asked(site: Site) -> None:
    browser, path, check = Browser(site.browser.port), "/vraag/bel-mij/", "/vraag/controle/"
    site.kill("redis-server")
    assert '"broker": false' in browser.send("/gezond/")[2]
    page = browser.send(path)[2]
    typed = [("phone", "0612345678"), ("domain", "geld"), ("words", STORY)]
    assert browser.send(path, [*hidden(page, path), *typed])[1] == check
    page = browser.send(check)[2]
    [form] = re.findall(r'<form [^>]*class="vd-form".*?</form>', page, re.DOTALL)
    fields = re.findall(r'<input\s+type="hidden"\s+name="([^"]*)"\s+value="([^"]*)"', form)
    status, to, _page = browser.send(check, [*fields, ("shares", "yes")])
    assert (status, to) == (302, "/vraag/gelukt/")
    assert "Uw vraag ligt bij Stimenz" in browser.send(to)[2]
    with psycopg.connect(site.database) as connection:
        waiting = "SELECT count(*) FROM notifications_message WHERE template = 'question_new'"
        assert connection.execute(waiting).fetchone() == (1,)
