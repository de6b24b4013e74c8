"""Every log of every process after a marked person went through journeys and faults: no trace."""

import contextlib
import json
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
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest

from tests.platform.plain_browser import HOST, Browser, Fields
from tests.platform.processes import CHECKOUT, eventually, pid_of, processes_of, runs
from tests.platform.users import User
from tests.support import template

NAME, PHONE, MAIL = "Quirina Zwaluwstaart", "06 48765432", "quirina@zwaluwstaart.example"
WORDS = "Het servies is verkocht en ik durf niet meer naar de bank"
AGENT = f"browser of {NAME}"
MARKS = ("quirina", "zwaluwstaart", "48765432", "servies", "durf niet")


@dataclass
class Site:
    """All processes of an installation, each with its log below one folder."""

    folder: Path
    database: str
    browser: Browser
    users: list[User]
    form: str

    def logs(self) -> dict[str, str]:
        """What every process has written, by file."""
        return {
            str(path.relative_to(self.folder)): path.read_text("utf-8", "replace")
            for path in self.folder.rglob("*.log")
        }


@pytest.fixture(scope="module", params=["text", "json"])
def site(
    tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Iterator[Site]:
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
        "LOG_FORMAT": request.param,
        "WEB_BIND": f"127.0.0.1:{port}",
    }
    template.fill(database)
    for command in (
        ["load_partnership", "organisations/partnerships/putten.toml", "--verbosity=0"],
        ["demo_people", "--staff-only", "--verbosity=0"],
    ):
        subprocess.run([sys.executable, "manage.py", *command], cwd=CHECKOUT, env=given, check=True)
    programs = {
        "web": ["gunicorn", "-c", "python:welzijn.config.gunicorn", "--access-logfile", "-"],
        "worker": ["celery", "--quiet", "--app", "welzijn.celery", "worker", "-c", "1"],
        "beat": [
            *("celery", "--quiet", "--app", "welzijn.celery", "beat", "--pidfile", ""),
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
    browser = Browser(port, AGENT)
    site = Site(folder, database, browser, [holder], request.param)

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
    browser.post("/vraag/bereiken/", ("ways", "phone"), ("ways", "email"))
    browser.post("/vraag/nummer/", ("phone", PHONE))
    browser.post("/vraag/mail/", ("email", MAIL))
    status, _page = browser.post("/vraag/naam/", ("name", NAME))
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
    twins = [Browser(browser.port, AGENT, dict(browser.cookies)) for _number in range(4)]
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
        staff = Browser(browser.port, AGENT)
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
    requested = urllib.parse.urlencode({"naam": NAME, "woorden": WORDS})
    browser.send(f"/niets/{urllib.parse.quote(NAME)}/?{requested}")
    browser.send("/", host=f"{NAME.replace(' ', '.')}.example")
    browser.send("/volg/", [("reference", NAME), ("code", PHONE)])
    browser.send(f"/overdracht/{link}/", [("code", WORDS)])
    browser.send(f"/volg/hoe-gaat-het/{link}/")
    browser.post("/accounts/login/", ("login", MAIL), ("password", WORDS))
    with contextlib.suppress(OSError):  # answered before all of it is read
        browser.send("/vraag/bel-mij/", [("words", WORDS * 100_000)])
    browser.send(f"/?{requested}{'x' * 5000}")
    browser.raw(f"GET /?{requested}{'x' * 9000} HTTP/1.1\r\nHost: {HOST}\r\n\r\n".encode())
    browser.raw(f"GEEN {requested} BRIEF\r\n{NAME}\r\n\r\n".encode())
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

    assert eventually(tried_to_mail)
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
    if site.form == "json":
        _has_objects_only(logs)


def _has_objects_only(logs: dict[str, str]) -> None:
    """Every line of our own processes is a JSON object, and an id leads from web to worker."""
    ids: dict[str, set[str]] = {}
    for name in ("web.log", "worker.log", "beat.log"):
        written = [line for line in logs[name].splitlines() if line.strip()]
        assert [(name, line) for line in written if not line.startswith("{")] == []
        lines = [json.loads(line) for line in written]
        assert all({"time", "level", "logger", "message"} <= set(line) for line in lines)
        ids[name] = {line["request_id"] for line in lines if "request_id" in line}
    assert len(ids["web.log"]) > 20
    assert ids["worker.log"] <= ids["web.log"]
    assert ids["worker.log"]
    access = [line for line in map(json.loads, logs["web.log"].splitlines()) if "bytes" in line]
    assert {"GET /vraag/", "POST /vraag/controle/"} <= {line["message"] for line in access}
    assert all(line["request_id"] and line["status"] for line in access)
