"""One id for a request, on each of its log lines and on those of the tasks that it starts.

Who reports a fault can name it (the header X-Request-ID of the answer); a proxy that sends one
decides it, so that its lines and ours belong together.
"""

import re
from collections.abc import Callable
from contextvars import ContextVar
from typing import Any
from uuid import uuid4

from celery.signals import before_task_publish, task_postrun, task_prerun
from django.core.signals import request_finished
from django.http import HttpRequest, HttpResponse

HEADER = "X-Request-ID"
# A UUID, or 32 hexadecimal digits as nginx makes them. Anything freer could hold a name.
_WELL_FORMED = re.compile(
    r"[0-9a-f]{32}|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.IGNORECASE
)
_IN_TASK = "voordeur_request_id"  # the header of a Celery message

_request_id: ContextVar[str] = ContextVar("request_id", default="")
_task: ContextVar[tuple[str, str]] = ContextVar("task", default=("", ""))


def current() -> str:
    """Return the id of the request that is being handled, or that started this task, or ""."""
    return _request_id.get()


def current_task() -> tuple[str, str]:
    """Return the name and the id of the Celery task that runs; two empty texts outside one."""
    return _task.get()


def accepted(given: str) -> str:
    """Return an id as sent by a proxy if it is well-formed, else a new one."""
    return given.lower() if _WELL_FORMED.fullmatch(given) else uuid4().hex


class RequestIdMiddleware:
    """Give each request its id. Comes first, so that every line and every answer has it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # Not reset here: Django logs what went wrong after the last middleware.
        _request_id.set(accepted(request.headers.get(HEADER, "")))
        response = self.get_response(request)
        response[HEADER] = current()
        return response


def _end_request(**_: Any) -> None:
    _request_id.set("")


def _send_along(headers: dict[str, Any] | None = None, **_: Any) -> None:
    if headers is not None and current():
        headers[_IN_TASK] = current()


def _begin_task(task_id: str = "", task: Any = None, **_: Any) -> None:
    given = task.request.get(_IN_TASK)
    _request_id.set(accepted(given) if isinstance(given, str) else "")
    _task.set((task.name, task_id))


def _end_task(**_: Any) -> None:
    _request_id.set("")
    _task.set(("", ""))


def connect() -> None:
    """Follow requests and tasks of this process; twice is the same as once."""
    request_finished.connect(_end_request, dispatch_uid="request_ids")
    for signal, receiver in (
        (before_task_publish, _send_along),
        (task_prerun, _begin_task),
        (task_postrun, _end_task),
    ):
        signal.connect(receiver, weak=False, dispatch_uid="request_ids")
