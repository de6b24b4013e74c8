"""manage.py starts the embedded services only for commands that need them."""

import os
import secrets
import subprocess
import sys
from pathlib import Path

import pytest

import manage
from tests.platform.processes import CHECKOUT, eventually, processes_of


@pytest.mark.parametrize(
    ("command", "needed"),
    [
        ("migrate", True),
        ("runserver 8001", True),
        ("load_partnership putten.toml", True),
        ("makemigrations --check", True),
        ("check --database default", True),
        ("--traceback migrate", True),
        ("check --deploy", False),
        ("collectstatic --noinput", False),
        ("build_assets", False),
        ("prepare", True),
        ("prepare --database", True),
        ("prepare --assets", False),
        ("migrate --help", False),
        ("--version", False),
        ("help migrate", False),
        ("", False),
    ],
)
def test_which_commands_need_the_database(command: str, needed: bool) -> None:
    assert manage.needs_database(command.split()) is needed


def run(data: Path, *arguments: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    """Run manage.py as a person does in a fresh checkout: nothing is configured."""
    unset = {"WELZIJN_TEST", "DJANGO_SETTINGS_MODULE", "DATABASE_URL", "REDIS_URL"}
    given = {name: value for name, value in os.environ.items() if name not in unset}
    return subprocess.run(
        [sys.executable, str(CHECKOUT / "manage.py"), *arguments],
        cwd=data.parent,
        env={**given, "WELZIJN_DATA": str(data), **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_command_without_database_starts_nothing(tmp_path: Path) -> None:
    data = tmp_path / "data"
    done = run(data, "check")
    assert done.returncode == 0, done.stderr
    assert not (data / "postgres").exists()


def test_a_command_with_database_starts_it_and_leaves_nothing_running(tmp_path: Path) -> None:
    data = tmp_path / "data"
    done = run(data, "showmigrations", "accounts")
    assert done.returncode == 0, done.stderr
    assert "0001_initial" in done.stdout
    assert (data / "postgres").exists()
    assert eventually(lambda: not processes_of(data))


def test_a_configured_database_is_used_and_none_is_started(tmp_path: Path) -> None:
    data = tmp_path / "data"
    done = run(
        data,
        "showmigrations",
        DATABASE_URL="postgresql://nobody:wrong@127.0.0.1:9/nothing",
        REDIS_URL="redis://127.0.0.1:9/0",
        SECRET_KEY=secrets.token_urlsafe(50),
        ALLOWED_HOSTS="putten.example",
        DEFAULT_FROM_EMAIL="noreply@putten.example",
    )
    assert done.returncode == 1
    assert "127.0.0.1" in done.stderr
    assert not data.exists()


@pytest.mark.parametrize("missing", ["SECRET_KEY", "ALLOWED_HOSTS", "REDIS_URL"])
def test_production_does_not_start_without_what_makes_it_safe(tmp_path: Path, missing: str) -> None:
    given = {
        "DATABASE_URL": "postgresql://somebody:secret@127.0.0.1:9/welzijn",
        "REDIS_URL": "redis://127.0.0.1:9/0",
        "SECRET_KEY": secrets.token_urlsafe(50),
        "ALLOWED_HOSTS": "putten.example",
    }
    del given[missing]
    done = run(tmp_path / "data", "check", **given)
    assert done.returncode == 1
    assert done.stderr.startswith(f"{missing} is not set")
    assert len(done.stderr.strip().splitlines()) == 1
