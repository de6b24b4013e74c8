"""README's production section, followed as it is written: from nothing to a restored backup.

Every line of its code block is run by one bash. In place of a bare Debian stand: a folder as the
machine's root, the PostgreSQL and Redis of the wheels, and processes started from the units' own
lines. Packages that production doesn't install are hidden; nothing was built beforehand but the
listener's model.
"""

import os
import re
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.platform import bare_machine, image, production_only
from tests.platform.bare_machine import Machine
from tests.platform.processes import CHECKOUT, eventually
from tests.platform.test_compose import production_packages
from tests.platform.users import User
from welzijn.config.postgres_log import QUIET
from welzijn.devtools.local_services import postgres

HOST = "voorbeeld.voordeur.example"
UNITS = ("voordeur-web", "voordeur-worker", "voordeur-beat")


def production_lines() -> str:
    """The code block of the section, as bash gets it."""
    section = (CHECKOUT / "README.md").read_text("utf-8").split("\n## Production\n")[1]
    (block,) = re.findall(
        r"^```bash\n(.*?)^```", section.split("\n## ")[0], re.MULTILINE | re.DOTALL
    )
    return str(block)


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machine]:
    root = tmp_path_factory.mktemp("machine")
    holder = User(root / "data")
    database, broker = map(urlsplit, holder.urls())
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = int(probe.getsockname()[1])
    addresses = {
        "127.0.0.1:5432": f"127.0.0.1:{database.port}",
        "redis://127.0.0.1:6379/0": broker.geturl(),
        "127.0.0.1:8000": f"127.0.0.1:{port}",
    }
    programs = postgres.installation() / "bin"
    psql = [str(programs / "psql"), database._replace(path="/postgres").geturl()]
    path = os.pathsep.join([str(programs), os.environ["PATH"]])
    made = bare_machine.make(root, addresses, port=port, programs=path, psql=psql)
    (root / "opt/voordeur").mkdir(parents=True)
    bare_machine.checkout(root / "opt/voordeur")
    image.give_model(root / "opt/voordeur")
    hide_what_production_has_not(root)
    yield made
    made.leave()
    holder.leave()


def hide_what_production_has_not(root: Path) -> None:
    """A virtual environment of this session's packages, with those of production alone."""
    hooks = root / "hooks"
    hooks.mkdir()
    hidden = production_only.hidden_modules(production_packages())
    source = CHECKOUT / "tests/platform/production_only.py"
    (hooks / "sitecustomize.py").write_bytes(source.read_bytes())
    # In place of `python3 -m venv` and pip, which the image's and the installer's tests cover.
    for name, body in {
        "python3": "mkdir -p .venv/bin; for p in python celery gunicorn pip; do "
        'printf \'#!/bin/sh\\nexec "%s" "$@"\\n\' "$SHIMS/$p" > .venv/bin/$p; '
        "chmod +x .venv/bin/$p; done",
        "python": f'PYTHONPATH={hooks} {production_only.VARIABLE}="{hidden}" '
        f'exec {sys.executable} "$@"',
        "celery": 'exec "$(dirname "$0")/python" -m celery "$@"',
        "gunicorn": 'exec "$(dirname "$0")/python" -m gunicorn "$@"',
        "pip": 'test -f requirements/base.txt && test "$*" = '
        '"install --no-deps --require-hashes -r requirements/base.txt"',
        # npm's own download is what the installer's test covers.
        "npm": f"ln -s {CHECKOUT / 'node_modules'} node_modules",
        "node": "exit 0",
        "systemctl": f'echo "$@" >> {root}/systemctl; read answer < {root}/answers',
    }.items():
        shim = root / "shims" / name
        shim.write_text(f"#!/bin/sh\n{body}\n")
        shim.chmod(0o755)


def follow(machine: Machine) -> "subprocess.CompletedProcess[str]":
    """Run the block in one bash, playing systemd whenever it calls systemctl."""
    os.mkfifo(machine.root / "answers")
    calls = machine.root / "systemctl"
    calls.touch()
    log = machine.root / "bash.log"
    given = {
        "PATH": machine.path,
        "HOME": str(machine.root),
        "SHIMS": str(machine.root / "shims"),
    }
    with log.open("w") as output:
        running = subprocess.Popen(
            ["bash", "-eu", "-c", machine.here(production_lines())],
            env=given,
            cwd=machine.root,
            stdout=output,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        done = 0
        try:
            while running.poll() is None:
                lines = calls.read_text().splitlines()
                if len(lines) > done:
                    play_systemd(machine, lines[done])
                    (machine.root / "answers").write_text("done\n")
                    done += 1
                eventually(lambda: running.poll() is not None, 0.1)
        finally:
            if running.poll() is None:
                os.killpg(running.pid, signal.SIGKILL)
            running.wait()
    return subprocess.CompletedProcess("bash", running.returncode, log.read_text())


def play_systemd(machine: Machine, call: str) -> None:
    verb, *words = call.split()
    for unit in [word for word in words if word.startswith("voordeur-")]:
        if verb == "stop":
            machine.stop(unit)
        else:
            machine.start(unit)
    if verb in {"enable", "start"}:
        assert eventually(partial(answers, machine)), machine.shown("voordeur-web")


def answers(machine: Machine) -> bool:
    try:
        return get(machine, "/gezond/")[0] == 200
    except OSError:
        return False


def get(machine: Machine, path: str) -> tuple[int, str]:
    request = urllib.request.Request(
        f"http://127.0.0.1:{machine.port}{path}",
        headers={"Host": HOST, "X-Forwarded-Proto": "https", "X-Forwarded-For": "192.0.2.7"},
    )
    try:
        with urllib.request.urlopen(request, timeout=120) as answer:  # noqa: S310 (our own server)
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


@pytest.fixture(scope="module")
def followed(machine: Machine) -> "subprocess.CompletedProcess[str]":
    done = follow(machine)
    assert done.returncode == 0, done.stdout
    return done


def test_every_line_works_from_nothing_to_a_restored_backup(
    machine: Machine, followed: "subprocess.CompletedProcess[str]"
) -> None:
    shown = followed.stdout
    assert "Ready: pages can be served." in shown
    assert f"https://{HOST}/" in shown  # the first administrator's link
    assert '"ready": true' in shown
    assert "Restored: 0 questions" in shown
    assert (machine.root / "systemctl").read_text().splitlines() == [
        "restart postgresql",
        "daemon-reload",
        f"enable --now {' '.join(UNITS)}",
        f"stop {' '.join(UNITS)}",
        f"start {' '.join(UNITS)}",
    ]
    for secret in ("voordeur.env", "owner.env"):
        assert (machine.root / "etc/voordeur" / secret).stat().st_mode & 0o077 == 0


def test_real_pages_are_served_with_their_style_sheets(
    machine: Machine, followed: "subprocess.CompletedProcess[str]"
) -> None:
    for path in ("/", "/vraag/", "/volg/", "/accounts/login/", "/gezond/leeft/"):
        status, page = get(machine, path)
        assert status == 200, (path, machine.shown("voordeur-web"))
        for sheet in re.findall(r'href="(/static/[^"]+\.css)"', page):
            assert get(machine, sheet)[0] == 200, sheet
    link = re.search(rf"https://{HOST}(/\S+)", followed.stdout)
    assert link
    assert get(machine, link[1])[0] == 200
    assert [unit for unit in UNITS if machine.running[unit].poll() is not None] == []


def test_an_operator_can_ask_whether_worker_and_beat_are_well(
    machine: Machine, followed: "subprocess.CompletedProcess[str]"
) -> None:
    for process in ("worker", "beat"):
        check = f".venv/bin/python -m welzijn.config.healthcheck {process}"
        asked = f"cd /opt/voordeur; set -a; . /etc/voordeur/voordeur.env; set +a; {check}"
        done = subprocess.run(
            ["bash", "-c", machine.here(asked)],
            env={"PATH": machine.path, "HOME": str(machine.root)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, (process, done.stderr)


def test_nothing_is_restored_while_the_processes_run(
    machine: Machine, followed: "subprocess.CompletedProcess[str]"
) -> None:
    assert get(machine, "/")[0] == 200  # its connection stays open
    settings = "set -a; . /etc/voordeur/voordeur.env; . /etc/voordeur/owner.env; set +a; "
    restore = ".venv/bin/python manage.py restore --replace /var/backups/voordeur/first"
    done = subprocess.run(
        ["bash", "-c", machine.here(f"cd /opt/voordeur; {settings}{restore}")],
        env={"PATH": machine.path, "HOME": str(machine.root)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    # The owner of the tables is no superuser, and sees little of others' connections.
    assert "stop web, worker and beat first" in done.stderr


def test_the_processes_run_as_a_role_that_owns_nothing(
    machine: Machine, followed: "subprocess.CompletedProcess[str]"
) -> None:
    given = (machine.root / "etc/voordeur/voordeur.env").read_text("utf-8")
    assert "voordeur_owner" not in given
    assert "BACKUP_KEY" not in given


def test_postgresql_is_told_to_keep_questions_out_of_its_log(
    machine: Machine, followed: "subprocess.CompletedProcess[str]"
) -> None:
    file = machine.root / "etc/postgresql/15/main/conf.d/postgresql-log.conf"
    assert dict(re.findall(r"^(\w+) = (\S+)$", file.read_text("utf-8"), re.MULTILINE)) == QUIET


def test_the_lines_name_no_stand_in() -> None:
    for word in ("WELZIJN_", "127.0.0.1:5433", "example.org"):
        assert word not in production_lines()
