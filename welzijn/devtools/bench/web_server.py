"""A gunicorn with the product, for benchmarks that send requests to it."""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Mapping

from welzijn.devtools.bench import server as bench_server
from welzijn.devtools.bench.environment import SLUG
from welzijn.devtools.local_services.data_folder import CHECKOUT

HOST_NAME = f"{SLUG}.localhost"


def start(port: int, more: Mapping[str, str] | None = None) -> "subprocess.Popen[bytes]":
    """Start gunicorn with the product and the baselines on a port of this machine."""
    environment = (
        os.environ | (more or {}) | {"WEB_BIND": f"127.0.0.1:{port}", "WEB_CONCURRENCY": "2"}
    )
    return subprocess.Popen(
        [
            sys.executable,
            "-m",
            "gunicorn",
            "-c",
            "python:welzijn.config.gunicorn",
            f"{bench_server.__name__}:application",
        ],
        cwd=CHECKOUT,
        env=environment,
        stdout=sys.stderr,
    )


def wait_for(port: int) -> None:
    """Wait until it answers. Raises TimeoutError."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            link = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            link.request("GET", "/gezond/leeft/", headers={"Host": HOST_NAME})
            if link.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError("gunicorn did not start")


def free_port() -> int:
    """Return a port that nobody uses."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
