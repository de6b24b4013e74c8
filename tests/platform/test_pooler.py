"""PgBouncer in transaction mode in front of PostgreSQL: pages, writes and sweeps work through it.

In the suite where PgBouncer is installed, or can be (`find_or_install`). Elsewhere, what PgBouncer
refuses is looked at: options in the startup packet.
"""

import os
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
from django.db import connection

from tests.platform.processes import CHECKOUT, eventually
from tests.referrals.backups.databases import Database, empty_database
from tests.support import template
from welzijn.devtools import local_services

_CONFIGURATION = """
[databases]
* = host=127.0.0.1 port={server_port}

[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {port}
unix_socket_dir =
auth_type = plain
auth_file = {folder}/users
pool_mode = transaction
# Fewer connections than the processes hold: they have to be shared.
default_pool_size = 2
logfile =
pidfile = {folder}/pid
"""
SCRIPT = """
import threading
from django.db import connection, connections
from django.test import Client
from django.test.utils import setup_test_environment
from organisations.partnerships.models import Partnership
from referrals.reminders.tasks import sweep_follow_ups
from welzijn.notifications.tasks import sweep_messages
from referrals.reports.tasks import publish_figures
from referrals.retention.tasks import retain_what_is_due

setup_test_environment()
# Loads the middleware once, as a server does.
Client().get("/", headers={"host": "putten.localhost"})
seen = []
def visit():
    for path in ("/", "/vraag/", "/volg/", "/aanbod/", "/gezond/"):
        answer = Client().get(path, headers={"host": "putten.localhost"})
        with connection.cursor() as cursor:
            cursor.execute("SHOW timezone")
            seen.append((path, answer.status_code, cursor.fetchone()[0]))
    connections.close_all()
threads = [threading.Thread(target=visit) for _ in range(6)]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
for task in (sweep_follow_ups, sweep_messages, publish_figures, retain_what_is_due):
    task()
wrong = [one for one in seen if one[1] != 200 or one[2] != "UTC"]
print("visits", len(seen), "wrong", wrong)
"""


def find_or_install() -> str | None:
    """Give PgBouncer's program; None where it is not here and can't be installed."""
    path = os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin"])
    found = shutil.which("pgbouncer", path=path)
    if found is None and os.geteuid() == 0 and shutil.which("apt-get"):
        subprocess.run(
            ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "pgbouncer"],
            env={**os.environ, "DEBIAN_FRONTEND": "noninteractive", "RUNLEVEL": "1"},
            capture_output=True,
            stdin=subprocess.DEVNULL,
            check=False,
        )
        found = shutil.which("pgbouncer", path=path)
    return found


@pytest.fixture
def pooled(tmp_path: Path) -> Iterator[Database | None]:
    program = find_or_install()
    if program is None:
        yield None
        return
    server = urlsplit(local_services.database_url())
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = int(probe.getsockname()[1])
    # Outside pytest's own folder, which nobody else may enter.
    folder = Path(tempfile.mkdtemp(prefix="voordeur-pooler-"))
    (folder / "users").write_text(f'"{server.username}" "{server.password}"\n')
    (folder / "ini").write_text(
        _CONFIGURATION.format(server_port=server.port, port=port, folder=folder)
    )
    command = [program, str(folder / "ini")]
    if os.geteuid() == 0:  # it refuses to run as root
        os.chown(folder, 65534, 65534)
        command = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", *command]
    with (tmp_path / "pooler.log").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log)
    with empty_database("pooled") as database:
        template.fill(database.url)
        url = server._replace(
            netloc=f"{server.username}:{server.password}@127.0.0.1:{port}", path=f"/{database.name}"
        ).geturl()

        def answers() -> bool:
            try:
                psycopg.connect(url).close()
            except psycopg.OperationalError:
                return False
            return True

        assert eventually(answers), (tmp_path / "pooler.log").read_text()
        yield Database(
            database.name,
            {
                "DATABASE_URL": url,
                "WELZIJN_TEST": "",
                "DJANGO_ALLOW_ASYNC_UNSAFE": "",  # set by the browser journeys
                "ALLOWED_HOSTS": "putten.localhost",
                "SECRET_KEY": secrets.token_urlsafe(60),
                "DEFAULT_FROM_EMAIL": "noreply@putten.example",
                "PROXY_REDIRECTS_TO_HTTPS": "1",
                "LOG_LEVEL": "ERROR",
            },
        )
        process.terminate()
        process.wait(timeout=30)
    shutil.rmtree(folder)


def test_pages_writes_and_sweeps_work_through_a_pooler(pooled: Database | None) -> None:
    if pooled is None:
        assert "options" not in connection.get_connection_params()
        return
    for command in (
        ("prepare", "--database"),
        ("load_partnership", "organisations/partnerships/putten.toml"),
        ("check_rules", "--partnership", "putten"),
    ):
        done = pooled.manage(*command)
        assert done.returncode == 0, done.stderr
    done = pooled.manage("shell", "--no-imports", "--command", SCRIPT)
    assert done.returncode == 0, done.stderr
    assert "visits 30 wrong []" in done.stdout, done.stdout + done.stderr


def test_no_option_is_sent_when_connecting() -> None:
    given = connection.get_connection_params()
    assert "options" not in given
    assert given["connect_timeout"] == 5
    code = "from welzijn.settings import DATABASES as d; print(d['default']['OPTIONS'])"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=CHECKOUT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "{'connect_timeout': 5}"
