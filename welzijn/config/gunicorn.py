"""Configure gunicorn, in the demo and in production: `-c python:welzijn.config.gunicorn`.

Do not use --preload: workers would share the parent's database connection and mix up results.
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
# Replace workers regularly against memory growth, not all at once.
max_requests = 5000
max_requests_jitter = 500
# Heartbeat files in memory, where a slow disk can't delay them.
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108
control_socket_disable = True
# No access log: residents' addresses must not be logged.
accesslog = None
errorlog = "-"
loglevel = "warning"


def post_worker_init(_worker: Any) -> None:
    """Cache the desks' phone numbers for the error page of a database that is down."""
    from organisations.front_door.middleware import remember_partnerships

    remember_partnerships()
