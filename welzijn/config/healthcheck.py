"""Health checks of the processes in docker-compose.yml.

    python -m welzijn.config.healthcheck web|worker|beat

Exits with 0, or with 1 and one sentence. Does not check other services: while the database is
down the web server is unready but not dead, and a restart would not help.
"""

import json
import socket
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from welzijn.config.environment import names, text

SCHEDULE = Path(text("BEAT_SCHEDULE"))
# Beat writes its schedule after each task it sends, the most frequent one every 30 seconds.
_SECONDS_OF_SILENCE = 180


class UnhealthyError(RuntimeError):
    """The process does not respond; the message says how that was observed."""


def web() -> None:
    """Request `/gezond/leeft/` from the web server, with an allowed host."""
    bind = names("WEB_BIND")[0]
    host = next(iter(names("ALLOWED_HOSTS")), "localhost").lstrip(".")
    request = urllib.request.Request(
        f"http://127.0.0.1:{bind.rsplit(':', 1)[1]}/gezond/leeft/", headers={"Host": host}
    )
    try:
        with urllib.request.urlopen(request, timeout=5) as answer:  # noqa: S310 (our own server)
            health = json.load(answer)
    except (OSError, ValueError) as error:
        raise UnhealthyError(f"the web server gave no answer: {error}") from error
    if health.get("live") is not True:
        raise UnhealthyError(f"the web server answered {health}")


def worker() -> None:
    """Ping this host's worker through the broker."""
    from celery.app.control import Inspect

    from welzijn.celery import app

    name = f"celery@{socket.gethostname()}"
    answers = Inspect(app=app, destination=[name], timeout=5).ping() or {}
    if name not in answers:
        raise UnhealthyError(f"the worker {name} gave no answer through the broker")


def beat() -> None:
    """Check when beat last wrote its schedule."""
    # The file's suffix depends on the dbm module that Python has.
    written = [file.stat().st_mtime for file in SCHEDULE.parent.glob(SCHEDULE.name + "*")]
    silent = time.time() - max(written, default=0)
    if silent > _SECONDS_OF_SILENCE:
        raise UnhealthyError("beat has sent nothing for some minutes")


def main() -> int:
    """Check the process that the first argument names."""
    checks = {"web": web, "worker": worker, "beat": beat}
    try:
        checks[sys.argv[1]]()
    except UnhealthyError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
