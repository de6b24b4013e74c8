"""The embedded PostgreSQL and Redis: who starts them, keeps them and when they stop."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from tests.platform.processes import CHECKOUT, eventually, pid_of, processes_of, runs
from tests.platform.users import User


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def use(data: Path) -> Iterator[Callable[..., User]]:
    """Starts processes that use the services; none is left at the end."""
    users: list[User] = []

    def start(*options: str) -> User:
        users.append(User(data, *options))
        return users[-1]

    yield start
    for user in users:
        user.kill()
        user.communicate()
    assert eventually(lambda: not processes_of(data)), processes_of(data)


def answers(url: str) -> bool:
    try:
        with psycopg.connect(url, connect_timeout=2) as connection:
            return connection.execute("SELECT 1").fetchone() == (1,)
    except psycopg.OperationalError:
        return False


def test_reading_the_urls_starts_nothing_and_gives_the_same_every_time(data: Path) -> None:
    shown = [
        subprocess.run(
            [
                sys.executable,
                "-c",
                "from welzijn.devtools.local_services import database_url as u; print(u())",
            ],
            cwd=CHECKOUT,
            env={**os.environ, "WELZIJN_DATA": str(data)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for _ in range(2)
    ]
    assert shown[0] == shown[1]
    assert shown[0].startswith("postgresql://welzijn:")
    assert processes_of(data) == {}
    assert data.stat().st_mode & 0o777 == 0o700


def test_of_three_starts_at_once_one_wins_and_all_are_served(
    data: Path, use: Callable[..., User]
) -> None:
    users = [use() for _ in range(3)]
    urls = [user.urls() for user in users]
    assert urls[0] == urls[1] == urls[2]
    assert answers(urls[0][0])
    assert pid_of(data, "bin/postgres")
    assert pid_of(data, "bin/redis-server")


def test_the_services_stay_while_anybody_uses_them_and_go_with_the_last(
    data: Path, use: Callable[..., User]
) -> None:
    starter, other = use(), use()
    url = starter.urls()[0]
    other.urls()
    starter.leave()
    assert answers(url)
    other.leave()
    assert eventually(lambda: not processes_of(data))
    assert not answers(url)


def test_a_user_that_is_killed_leaves_no_process(data: Path, use: Callable[..., User]) -> None:
    user = use()
    user.urls()
    user.kill()
    assert eventually(lambda: not processes_of(data))


def test_a_supervisor_that_is_killed_takes_its_server_along(
    data: Path, use: Callable[..., User]
) -> None:
    user = use()
    url = user.urls()[0]
    for supervisor in runs(data, "supervisor.py"):
        os.kill(supervisor, signal.SIGKILL)
    assert eventually(lambda: list(processes_of(data)) == [user.pid])
    assert use().urls()[0] == url
    assert answers(url)


def test_data_survive_a_killed_server(data: Path, use: Callable[..., User]) -> None:
    url = use("--durable").urls()[0]
    with psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE kept (word text)")
        connection.execute("INSERT INTO kept VALUES ('bewaard')")
    os.kill(pid_of(data, "bin/postgres"), signal.SIGKILL)
    assert eventually(lambda: not runs(data, "bin/postgres"))
    again = use().urls()[0]
    with psycopg.connect(again) as connection:
        assert connection.execute("SELECT word FROM kept").fetchone() == ("bewaard",)


def test_with_only_redis_down_the_next_start_brings_only_redis_back(
    data: Path, use: Callable[..., User]
) -> None:
    use().urls()
    postgres = pid_of(data, "bin/postgres")
    os.kill(pid_of(data, "bin/redis-server"), signal.SIGKILL)
    assert eventually(lambda: not runs(data, "redis-server"))
    use().urls()
    assert pid_of(data, "bin/postgres") == postgres
    assert pid_of(data, "bin/redis-server")


def test_a_port_that_another_program_took_is_exchanged(
    data: Path, use: Callable[..., User]
) -> None:
    first = use()
    url = first.urls()[0]
    port = int(url.rsplit(":", 1)[1].split("/")[0])
    first.leave()
    assert eventually(lambda: not processes_of(data))
    with socket.create_server(("127.0.0.1", port)):
        moved = use().urls()[0]
        assert f":{port}/" not in moved
        assert answers(moved)


def test_a_wrong_password_is_refused(use: Callable[..., User]) -> None:
    url = use().urls()[0]
    password = url.split(":")[2].split("@")[0]
    assert not answers(url.replace(password, "wrong"))


def test_a_cluster_that_was_interrupted_while_it_was_made_is_made_anew(
    data: Path, use: Callable[..., User]
) -> None:
    half = data / "postgres.new"
    half.mkdir(parents=True)
    (half / "PG_VERSION").write_text("18\n")
    assert answers(use().urls()[0])


def test_a_process_id_that_now_belongs_to_another_program_does_not_stop_the_start(
    data: Path, use: Callable[..., User]
) -> None:
    first = use()
    first.urls()
    first.leave()
    assert eventually(lambda: not processes_of(data))
    (data / "postgres" / "postmaster.pid").write_text(f"{os.getpid()}\n{data}/postgres\n")
    assert answers(use().urls()[0])


def test_a_data_folder_that_cannot_be_created_gives_a_one_sentence_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    notified = subprocess.run(
        [sys.executable, "manage.py", "migrate"],
        cwd=CHECKOUT,
        env={**os.environ, "WELZIJN_DATA": str(tmp_path / "file" / "data")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert notified.returncode == 1
    assert "WELZIJN_DATA" in notified.stderr
    assert len(notified.stderr.strip().splitlines()) == 1
