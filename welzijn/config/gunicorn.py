"""Configure gunicorn, in the demo and in production: `-c python:welzijn.config.gunicorn`.

Never with --preload: workers that share the parent's database connection mix up their answers.
"""

import os
from pathlib import Path
from typing import Any

wsgi_app = "welzijn.wsgi:application"
bind = os.environ.get("WEB_BIND", "0.0.0.0:8000").split(",")
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
worker_class = "gthread"
threads = int(os.environ.get("WEB_THREADS", "4"))
timeout = 30
graceful_timeout = 10
# A worker that has grown is replaced, not all at the same moment.
max_requests = 5000
max_requests_jitter = 500
# The workers' heartbeat is a file: in memory, where a slow disk can't make them look dead.
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108
control_socket_disable = True
# No access log: the addresses of residents stay out of every log.
accesslog = None
errorlog = "-"
loglevel = "warning"


def post_worker_init(_worker: Any) -> None:
    """Learn the desks' phone numbers, for the page that says that the database is down."""
    from organisations.front_door.middleware import learn_desks

    learn_desks()
