"""Whether a process of this container does its work: the health checks of docker-compose.yml.

    python -m welzijn.config.healthcheck web|worker|beat

Ends with 0, or with 1 and one sentence. Asks nothing of the others: a database that is down makes
the web server unready but not dead, and starting it again would mend nothing.
"""

import json
import os
import socket
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

SCHEDULE = Path(os.environ.get("BEAT_SCHEDULE", "/tmp/celerybeat"))  # noqa: S108 (a container's own)
# Beat writes its schedule after each task it sends, the most frequent one every 30 seconds.
_SECONDS_OF_SILENCE = 180


class NotAliveError(RuntimeError):
    """The process doesn't answer; says how that was seen."""


def web() -> None:
    """Ask the web server for `/gezond/leeft/`, under a host name that it serves."""
    bind = os.environ.get("WEB_BIND", "0.0.0.0:8000").split(",")[0]
    host = os.environ.get("ALLOWED_HOSTS", "localhost").split(",")[0].strip().lstrip(".")
    request = urllib.request.Request(
        f"http://127.0.0.1:{bind.rsplit(':', 1)[1]}/gezond/leeft/", headers={"Host": host}
    )
    try:
        with urllib.request.urlopen(request, timeout=5) as answer:  # noqa: S310 (our own server)
            said = json.load(answer)
    except (OSError, ValueError) as error:
        raise NotAliveError(f"the web server gave no answer: {error}") from error
    if said.get("live") is not True:
        raise NotAliveError(f"the web server answered {said}")


def worker() -> None:
    """Ask the worker on this host for a sign of life, through the broker."""
    from celery.app.control import Inspect

    from welzijn.celery import app

    name = f"celery@{socket.gethostname()}"
    answers = Inspect(app=app, destination=[name], timeout=5).ping() or {}
    if name not in answers:
        raise NotAliveError(f"the worker {name} gave no answer through the broker")


def beat() -> None:
    """Look when beat last wrote down what it had sent."""
    # The file's name has an ending that depends on the kind of database Python has.
    written = [file.stat().st_mtime for file in SCHEDULE.parent.glob(SCHEDULE.name + "*")]
    silent = time.time() - max(written, default=0)
    if silent > _SECONDS_OF_SILENCE:
        raise NotAliveError("beat has sent nothing for some minutes")


def main() -> int:
    """Check the process that the first argument names."""
    checks = {"web": web, "worker": worker, "beat": beat}
    try:
        checks[sys.argv[1]]()
    except NotAliveError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
