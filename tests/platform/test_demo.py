"""The runner of the demo: real processes that start and stop together."""

import json
import os
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.platform.processes import CHECKOUT, eventually, processes_of, runs
from tests.platform.users import User
from tests.support import template
from welzijn.devtools.demo import run

Start = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One data folder for all: the tables are made once, and each test is a next start."""
    folder = tmp_path_factory.mktemp("demo")
    maker = User(folder)
    template.fill(maker.urls()[0])
    maker.leave()
    return folder


@pytest.fixture
def port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


@pytest.fixture
def start(data: Path, port: int) -> Iterator[Start]:
    """Start the runner as make does; stop all of it at the end."""
    runners: list[subprocess.Popen[str]] = []

    def start_one(**given: str) -> "subprocess.Popen[str]":
        environment = {
            name: value
            for name, value in os.environ.items()
            if name not in {"WELZIJN_TEST", "DJANGO_SETTINGS_MODULE"}
        }
        runner = subprocess.Popen(
            [sys.executable, "-m", "welzijn.devtools.demo.run", "--port", str(port), "--empty"],
            cwd=CHECKOUT,
            env={**environment, "WELZIJN_DATA": str(data), **given},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        runners.append(runner)
        return runner

    yield start_one
    for runner in runners:
        runner.kill()
        runner.communicate(timeout=300)
    assert eventually(lambda: not processes_of(data)), processes_of(data)


def read_until(runner: "subprocess.Popen[str]", words: str) -> str:
    """Read what the runner prints until a line with `words`; give all of it."""
    assert runner.stdout
    shown = ""
    for line in runner.stdout:
        shown += line
        if words in line:
            return shown
    raise AssertionError(shown + (runner.stderr.read() if runner.stderr else ""))


def health(port: int) -> Any:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/gezond/", timeout=5) as answer:
            return json.load(answer)
    except OSError:
        return {}


def servers(data: Path) -> set[int]:
    """The ids of the Redis servers of this data folder."""
    found = processes_of(data).items()
    return {pid for pid, command in found if command[0].endswith("bin/redis-server")}


def test_ctrl_c_stops_all_of_it_and_a_next_start_goes_on(
    start: Start, port: int, data: Path
) -> None:
    for _ in range(2):
        runner = start()
        shown = read_until(runner, "Ctrl-C stops all")
        assert f"http://localhost:{port}/" in shown
        assert health(port) == dict.fromkeys(
            ("live", "ready", "database", "broker", "writable", "migrations", "static", "listener"),
            True,
        )
        assert runs(data, "gunicorn")
        assert runs(data, "worker")
        assert runs(data, "beat")
        runner.send_signal(signal.SIGINT)
        out, err = runner.communicate(timeout=300)
        assert (runner.returncode, err) == (0, "")
        assert "Everything is kept" in out
        assert not processes_of(data)


def test_a_runner_that_is_killed_leaves_no_process(start: Start, data: Path) -> None:
    runner = start()
    read_until(runner, "Ctrl-C stops all")
    runner.kill()
    runner.communicate(timeout=300)
    assert eventually(lambda: not processes_of(data)), processes_of(data)


def test_a_worker_in_the_middle_of_a_task_ends_with_the_runner(start: Start, data: Path) -> None:
    runner = start()
    read_until(runner, "Ctrl-C stops all")
    holder = User(data)  # keeps PostgreSQL running, so that the task goes on waiting
    database, _broker = holder.urls()
    waits = "SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
    try:
        with (
            psycopg.connect(database) as lock,
            psycopg.connect(database, autocommit=True) as look,
        ):
            lock.execute("LOCK TABLE notifications_message")
            assert eventually(lambda: look.execute(waits).fetchone())
            runner.kill()
            runner.communicate(timeout=300)
            assert eventually(lambda: not runs(data, "celery")), processes_of(data)
    finally:
        holder.leave()


def test_a_process_that_dies_is_restarted(start: Start, port: int, data: Path) -> None:
    runner = start()
    read_until(runner, "Ctrl-C stops all")
    (beat,) = runs(data, "celerybeat")
    os.kill(beat, signal.SIGKILL)
    read_until(runner, "The beat had ended and was started again")
    before = servers(data)
    for server in before:
        os.kill(server, signal.SIGKILL)
    assert eventually(lambda: servers(data) and not servers(data) & before)
    assert eventually(lambda: health(port).get("broker"))


def test_a_second_demo_on_the_same_data_is_refused_in_one_sentence(
    start: Start, data: Path
) -> None:
    read_until(start(), "Ctrl-C stops all")
    second = start()
    _, err = second.communicate(timeout=300)
    assert second.returncode == 1
    assert "in use" in err
    assert len(err.strip().splitlines()) == 1


def test_a_port_in_use_gives_a_one_sentence_error(start: Start, port: int) -> None:
    with socket.create_server(("127.0.0.1", port)):
        runner = start()
        out, err = runner.communicate(timeout=300)
    assert (runner.returncode, out) == (1, "")
    assert err.strip() == (
        f"Port {port} is in use by another program: stop that, "
        f"or choose another port with `make demo PORT={port + 1}`."
    )


def test_a_demo_at_a_real_front_door_is_refused_in_one_sentence(start: Start) -> None:
    runner = start(ALLOWED_HOSTS="putten.example")
    _, err = runner.communicate(timeout=300)
    assert runner.returncode == 1
    assert "ALLOWED_HOSTS" in err
    assert len(err.strip().splitlines()) == 1


def test_a_dropped_interrupt_takes_effect_at_the_next_wait(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(run, "_asked_to_stop", [])
    run._wait(0)
    with pytest.raises(run._Stopped):
        run._stop(signal.SIGINT, None)
    with pytest.raises(run._Stopped):
        run._wait(0)


def test_a_dropped_interrupt_is_not_printed_but_other_errors_are(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "unraisablehook", run._ignore_stop)

    class Ends:
        def __init__(self, error: BaseException) -> None:
            self.error = error

        def __del__(self) -> None:
            raise self.error

    Ends(run._Stopped())
    assert capsys.readouterr().err == ""
    Ends(ValueError("wrong"))
    assert "ValueError: wrong" in capsys.readouterr().err
