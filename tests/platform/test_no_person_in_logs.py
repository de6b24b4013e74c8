"""Every log of every process after a marked person went through journeys and faults: no trace."""

import contextlib
import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import urllib.parse
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
import pytest

from tests.platform.processes import CHECKOUT, eventually, pid_of, processes_of, runs
from tests.platform.users import User

HOST = "putten.localhost"
NAME, PHONE, MAIL = "Quirina Zwaluwstaart", "06 48765432", "quirina@zwaluwstaart.example"
WORDS = "Het servies is verkocht en ik durf niet meer naar de bank"
MARKS = ("quirina", "zwaluwstaart", "48765432", "servies", "durf niet")
Fields = list[tuple[str, str]]


@dataclass
class Browser:
    """A browser behind the proxy; keeps cookies, follows nothing."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)

    def send(self, path: str, data: Fields | None = None, host: str = HOST) -> tuple[int, str]:
        """GET, or POST with `data`; gives the status and the page."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        with contextlib.closing(connection):
            connection.request(
                "GET" if data is None else "POST",
                path,
                body=None if data is None else urllib.parse.urlencode(data),
                headers={
                    "Host": host,
                    "X-Forwarded-For": "203.0.113.77",
                    "Referer": f"http://{host}{path}",
                    "User-Agent": f"browser of {NAME}",
                    "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
                    "Content-Type": "application/x-www-form-urlencoded",
                },
            )
            answer = connection.getresponse()
            for cookie in answer.headers.get_all("Set-Cookie") or []:
                name, _, value = cookie.partition(";")[0].partition("=")
                self.cookies[name] = value
            return answer.status, answer.read().decode("utf-8", "replace")

    def token(self, path: str) -> str:
        """The CSRF token of a page."""
        found = re.search(r'name="csrfmiddlewaretoken"\s+value="([^"]+)"', self.send(path)[1])
        return found.group(1) if found else ""

    def post(self, path: str, *data: tuple[str, str], page: str = "") -> tuple[int, str]:
        """Send the form of `page` (the same address if left out)."""
        return self.send(path, [("csrfmiddlewaretoken", self.token(page or path)), *data])

    def raw(self, request: bytes) -> bytes:
        """Send bytes as they are."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=10) as connection:
            connection.sendall(request)
            with contextlib.suppress(OSError):
                return connection.recv(65536)
        return b""


@dataclass
class Site:
    """All processes of an installation, each with its log below one folder."""

    folder: Path
    database: str
    browser: Browser
    users: list[User]

    def logs(self) -> dict[str, str]:
        """What every process has written, by file."""
        return {
            str(path.relative_to(self.folder)): path.read_text("utf-8", "replace")
            for path in self.folder.rglob("*.log")
        }


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Putten's demo with web server, worker, beat, PostgreSQL and Redis, and no mail server."""
    folder = tmp_path_factory.mktemp("logs")
    data = folder / "data"
    holder = User(data)
    database, _broker = holder.urls()
    unset = {"WELZIJN_TEST", "DJANGO_SETTINGS_MODULE", "DATABASE_URL", "REDIS_URL", "SECRET_KEY"}
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = int(probe.getsockname()[1])
    given = {name: value for name, value in os.environ.items() if name not in unset} | {
        "WELZIJN_DEMO": "1",
        "WELZIJN_DATA": str(data),
        "BEHIND_PROXY": "1",
        "EMAIL_PORT": "1",
        "LOG_LEVEL": "DEBUG",
        "WEB_BIND": f"127.0.0.1:{port}",
    }
    for command in (
        ["migrate", "--noinput", "--verbosity=0"],
        ["load_partnership", "organisations/partnerships/putten.toml", "--verbosity=0"],
        ["demo_people", "--staff-only", "--verbosity=0"],
    ):
        subprocess.run([sys.executable, "manage.py", *command], cwd=CHECKOUT, env=given, check=True)
    programs = {
        "web": ["gunicorn", "-c", "python:welzijn.config.gunicorn", "--access-logfile", "-"],
        "worker": ["celery", "--app", "welzijn.celery", "worker", "--loglevel", "DEBUG", "-c", "1"],
        "beat": [
            *("celery", "--app", "welzijn.celery", "beat", "--loglevel", "DEBUG", "--pidfile", ""),
            *("--schedule", str(folder / "beat")),
        ],
    }
    running = []
    for name, command in programs.items():
        with (folder / f"{name}.log").open("wb") as log:
            running.append(
                subprocess.Popen(
                    [sys.executable, "-m", *command],
                    cwd=CHECKOUT,
                    env=given,
                    stdout=log,
                    stderr=log,
                )
            )
    browser = Browser(port)
    site = Site(folder, database, browser, [holder])

    def answers() -> bool:
        try:
            return browser.send("/gezond/leeft/")[0] == 200
        except OSError:
            return False

    assert eventually(answers), (folder / "web.log").read_text()
    yield site
    for process in running:
        process.terminate()
        process.wait()
    for user in site.users:
        user.kill()
        user.communicate()
    assert eventually(lambda: not processes_of(data))


def _asks(browser: Browser) -> None:
    """A whole question, sent twice at the same moment and a third time after it."""
    browser.post("/vraag/")
    browser.post("/vraag/woorden/", ("words", WORDS))
    browser.post("/vraag/over-wie/", ("about", "self"))
    browser.post("/vraag/onderwerp/", ("domains", "geld"))
    browser.post("/vraag/leeftijd-en-postcode/", ("age_band", "27-66"), ("postcode", "3881 AB"))
    status, _page = browser.post(
        "/vraag/bereiken/",
        *(("ways", "phone"), ("ways", "email")),
        *(("phone", PHONE), ("email", MAIL), ("name", NAME)),
    )
    assert status == 302
    check = browser.send("/vraag/controle/")[1]
    named = re.search(r'name="named"\s+value="([^"]*)"', check)
    assert named is not None
    token = browser.token("/vraag/controle/")
    sent: Fields = [
        ("csrfmiddlewaretoken", token),
        ("shares", "yes"),
        ("named", named.group(1)),
    ]
    twins = [Browser(browser.port, dict(browser.cookies)) for _number in range(4)]
    hands = [threading.Thread(target=b.send, args=("/vraag/controle/", sent)) for b in twins]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    browser.cookies = twins[0].cookies
    browser.send("/vraag/controle/", sent)


def _staff_look_and_write(browser: Browser, question: str) -> None:
    """Each colleague of the demo opens, searches and writes, right and wrong."""
    page = browser.send("/accounts/demo/")[1]
    for user in re.findall(r'name="user"\s+value="([^"]+)"', page)[:12]:
        staff = Browser(browser.port)
        staff.post("/accounts/demo/", ("user", user))
        search = urllib.parse.urlencode({"zoek": NAME})
        for path in (
            *("/werk/", f"/vraagstuk/{question}/", f"/caseload/?{search}", "/balie/"),
            *(f"/werk/?{search}", "/rapportage/", "/accounts/password/reset/"),
        ):
            staff.send(path)
        for path in ("oppakken", "contact", "vooruit", "overdragen"):
            staff.post(
                f"/vraagstuk/{question}/{path}/",
                *(("text", WORDS), ("note", WORDS), ("name", NAME), ("summary", f"{NAME} {WORDS}")),
                page=f"/vraagstuk/{question}/",
            )
        staff.post("/balie/", ("words", WORDS), ("name", NAME), ("phone", PHONE), ("email", MAIL))
        staff.post("/accounts/password/reset/", ("email", MAIL))


def _faults(site: Site, question: str, link: str) -> None:
    browser = site.browser
    asked = urllib.parse.urlencode({"naam": NAME, "woorden": WORDS})
    browser.send(f"/niets/{urllib.parse.quote(NAME)}/?{asked}")
    browser.send("/", host=f"{NAME.replace(' ', '.')}.example")
    browser.send("/volg/", [("reference", NAME), ("code", PHONE)])
    browser.send(f"/overdracht/{link}/", [("code", WORDS)])
    browser.send(f"/volg/hoe-gaat-het/{link}/")
    browser.post("/accounts/login/", ("login", MAIL), ("password", WORDS))
    with contextlib.suppress(OSError):  # answered before all of it is read
        browser.send("/vraag/bel-mij/", [("words", WORDS * 100_000)])
    browser.send(f"/?{asked}{'x' * 5000}")
    browser.raw(f"GET /?{asked}{'x' * 9000} HTTP/1.1\r\nHost: {HOST}\r\n\r\n".encode())
    browser.raw(f"GEEN {asked} BRIEF\r\n{NAME}\r\n\r\n".encode())
    browser.raw(f"GET / HTTP/1.1\r\nHost: {HOST}\r\nX Naam: {NAME}\r\n\r\n".encode())
    # Each kind of error that a statement with a person in it can end with.
    with psycopg.connect(site.database, autocommit=True) as database:
        for statement in (
            "INSERT INTO intake_question SELECT * FROM intake_question WHERE id = %s",
            "SELECT id FROM intake_question WHERE id = %s AND words = '{words}'::int::text",
            "UPDATE intake_person SET age_band = repeat('{name}', 9) WHERE %s IS NOT NULL",
            "UPDATE intake_question SET lead_id = NULL WHERE id = %s",
            "SELECT '{words}' FROM no_such_table WHERE id = %s",
        ):
            filled = statement.replace("{words}", WORDS).replace("{name}", NAME)
            with pytest.raises(psycopg.Error):
                database.execute(filled.encode(), [uuid.UUID(question)])
    os.kill(pid_of(site.folder / "data", "bin/redis-server"), signal.SIGKILL)
    browser.post("/vraag/bel-mij/", ("words", WORDS), ("name", NAME), ("phone", PHONE))
    token = browser.token("/vraag/bel-mij/")
    os.kill(pid_of(site.folder / "data", "bin/postgres"), signal.SIGKILL)
    assert eventually(lambda: not runs(site.folder / "data", "bin/postgres"))
    typed: Fields = [("csrfmiddlewaretoken", token), ("words", WORDS), ("name", NAME)]
    status, page = browser.send("/vraag/bel-mij/", typed)
    assert status == 503
    assert WORDS in page


def test_no_log_of_any_process_holds_the_person(site: Site) -> None:
    _asks(site.browser)
    with psycopg.connect(site.database) as database:
        rows = database.execute("SELECT id FROM intake_question WHERE words = %s", [WORDS])
        ((question,),) = rows.fetchall()
    _staff_look_and_write(site.browser, str(question))
    link = str(uuid.uuid4())

    def tried_to_mail() -> bool:
        with psycopg.connect(site.database) as open_database:
            row = open_database.execute(
                "SELECT count(*) FROM notifications_message WHERE attempts > 0 OR sent_at NOTNULL"
            ).fetchone()
        return row is not None and row[0] > 0

    assert eventually(tried_to_mail, seconds=90)
    _faults(site, str(question), link)
    site.users.append(User(site.folder / "data"))
    site.users[-1].urls()
    logs = site.logs()
    written = {name: len(text) for name, text in logs.items()}
    assert {Path(name).name for name in logs} >= {
        *("web.log", "worker.log", "beat.log", "postgres.log", "redis.log")
    }, written
    assert written["web.log"] > 1000
    found = {
        (name, mark): next(line for line in text.splitlines() if mark in line.lower())[:200]
        for name, text in logs.items()
        for mark in (*MARKS, link, "203.0.113.77")
        if mark in text.lower()
    }
    assert found == {}
