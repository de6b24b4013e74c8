"""Configure gunicorn, in the demo and in production: `-c python:welzijn.config.gunicorn`.

Do not use --preload: workers would share the parent's database connection and mix up results.
"""

import gc
import os
from pathlib import Path
from typing import Any

from django.conf import settings

from welzijn.config.environment import exit_in_one_sentence, names, number
from welzijn.monitoring import multiprocess

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "welzijn.settings")
# A worker has threads of its own; numpy's would only wait for each other.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ.setdefault("OMP_NUM_THREADS", "1")
multiprocess.begin()
with exit_in_one_sentence():
    # Here rather than in each worker, which would end with a traceback and be started again.
    hosts = settings.ALLOWED_HOSTS

wsgi_app = "welzijn.wsgi:application"
bind = names("WEB_BIND")
workers = number("WEB_CONCURRENCY")
worker_class = "welzijn.config.gunicorn_worker.OwnPagesWorker"
limit_request_line = 8190  # a longer address than LONGEST_ADDRESS gets a page in its own frame
threads = number("WEB_THREADS")
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
# Where somebody turns it on: the moment, method, page without its query, status, size, time and the
# request's id; with LOG_FORMAT=json the same as fields (gunicorn_log.py).
access_log_format = '%(t)s "%(m)s %(U)s" %(s)s %(B)s %(L)s %({x-request-id}o)s'
errorlog = "-"
logger_class = "welzijn.config.gunicorn_log.QuietLogger"
loglevel = "warning"


def when_ready(server: Any) -> None:
    """Load the listener before the workers are forked: they share its arrays.

    Only that: it opens no connection and needs no app of Django's.
    """
    from organisations.triage_hints import model

    if not model.preload():
        server.log.warning(
            "The listener's model is not there: nothing is proposed, and only the plainest words of"
            " danger are heard. Run manage.py learn, and start again."
        )
    # What the collector never looks at, it doesn't copy into each worker.
    gc.collect()
    gc.freeze()


def child_exit(_server: Any, worker: Any) -> None:
    """Forget what only a living process can say."""
    multiprocess.ended(worker.pid)


def post_worker_init(_worker: Any) -> None:
    """Cache the desks' phone numbers for the error page of a database that is down."""
    from organisations.front_door.middleware import remember_partnerships

    remember_partnerships()
