"""`make demo` stopped from a terminal in several ways, and without a network."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.platform.processes import CHECKOUT, eventually, processes_of
from tests.platform.test_demo import read_until
from tests.platform.users import User
from tests.support import template
from welzijn.devtools.demo import content

Make = subprocess.Popen[str]


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of a demo that was loaded before: this is the second start, of seconds."""
    folder = tmp_path_factory.mktemp("make")
    maker = User(folder)
    template.fill(maker.urls()[0])
    maker.leave()
    done = {step.name: step.mark for step in content.LoadLog(folder).missing()}
    (folder / "demo.json").write_text(json.dumps(done))
    return folder


@pytest.fixture
def make(data: Path) -> Iterator[Callable[[], Make]]:
    """Runs `make demo` as a terminal does: in a process group of its own."""
    running: list[Make] = []

    def start() -> Make:
        with socket.create_server(("127.0.0.1", 0)) as probe:
            port = int(probe.getsockname()[1])
        unset = {"WELZIJN_TEST", "DJANGO_SETTINGS_MODULE", "MAKEFLAGS", "MAKELEVEL", "PORT"}
        given = {name: value for name, value in os.environ.items() if name not in unset}
        running.append(
            subprocess.Popen(
                ["make", "demo", f"PORT={port}"],
                cwd=CHECKOUT,
                env={**given, "WELZIJN_DATA": str(data)},
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
                start_new_session=True,
            )
        )
        return running[-1]

    yield start
    for one in running:
        if one.poll() is None:
            os.killpg(one.pid, signal.SIGKILL)
        one.communicate()
    assert eventually(lambda: not processes_of(data)), processes_of(data)


def ctrl_c(demo: Make) -> None:
    """The terminal sends it to everything that runs in it."""
    os.killpg(demo.pid, signal.SIGINT)


def hang_up(demo: Make) -> None:
    """The window is closed."""
    os.killpg(demo.pid, signal.SIGHUP)


def end_make(demo: Make) -> None:
    """Only `make` is ended."""
    demo.terminate()


def kill_make(demo: Make) -> None:
    """Only `make` is killed, and can tell nobody."""
    demo.kill()


@pytest.mark.parametrize("stop", [ctrl_c, hang_up, end_make, kill_make])
def test_however_it_is_stopped_no_process_is_left(
    make: Callable[[], Make], data: Path, stop: Callable[[Make], None]
) -> None:
    demo = make()
    read_until(demo, "Ctrl-C stops all")
    assert len(processes_of(data)) > 6
    stop(demo)
    _out, err = demo.communicate(timeout=300)
    assert "Traceback" not in err
    assert eventually(lambda: not processes_of(data)), processes_of(data)


@pytest.mark.parametrize("line", ["PostgreSQL and Redis", "Web, worker and beat"])
def test_ctrl_c_while_it_starts_leaves_no_process_either(
    make: Callable[[], Make], data: Path, line: str
) -> None:
    demo = make()
    read_until(demo, line)
    ctrl_c(demo)
    _out, err = demo.communicate(timeout=300)
    assert "Traceback" not in err
    assert eventually(lambda: not processes_of(data)), processes_of(data)


def test_without_a_network_it_is_one_sentence(tmp_path: Path) -> None:
    """A fresh checkout, the system's Python, and an index that nobody answers for."""
    for name in ("package.json", "package-lock.json", ".npmrc", "manage.py"):
        shutil.copy(CHECKOUT / name, tmp_path)
    tools = Path("welzijn", "devtools")
    (tmp_path / tools).mkdir(parents=True)
    for name in ("install.py", "install_errors.py", "progress.py"):
        shutil.copy(CHECKOUT / tools / name, tmp_path / tools)
    (tmp_path / "requirements").mkdir()
    for name in ("base", "demo", "node", "dev"):
        text = f"voordeur-{name}==1 --hash=sha256:{'0' * 64}\n"
        (tmp_path / "requirements" / f"{name}.txt").write_text(text)
    proxies = ("http_proxy", "https_proxy", "all_proxy")
    given = {n: v for n, v in os.environ.items() if n.lower() not in proxies and n[:4] != "PIP_"}
    nowhere = {"PIP_INDEX_URL": "http://127.0.0.1:9/simple", "PIP_CONFIG_FILE": os.devnull}
    tried = subprocess.run(
        [sys.executable, "welzijn/devtools/install.py"],
        cwd=tmp_path,
        env={**given, **nowhere},
        capture_output=True,
        text=True,
        check=False,
    )
    assert tried.returncode == 1
    assert tried.stderr.strip() == (
        "The packages can't be fetched: is there a network? "
        "Run this again when there is; it goes on where it stopped."
    )
