"""Reports of errors to a service that speaks Sentry's protocol, where SENTRY_DSN is set.

Off by default, and then the library isn't imported. What leaves is put together anew from class,
place and code (`report_of`): no text of an exception or a log line, no local variable, no request.
"""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from welzijn.monitoring import request_ids

if TYPE_CHECKING:
    from sentry_sdk.transport import Transport
    from sentry_sdk.types import Event, Hint

# What the library gathers by itself: nothing of a person (the former `send_default_pii=False` keeps
# headers, query and bodies). Whatever it gathers all the same doesn't pass `report_of`.
_OFF: dict[str, Any] = {"mode": "off"}
_COLLECTED: Any = {
    "provided_by_user": False,
    "user_info": False,
    "cookies": _OFF,
    "http_headers": {"request": _OFF},
    "http_bodies": [],
    "url_query_params": _OFF,
    "database_query_data": False,
    "queues": False,
    "stack_frame_variables": False,
}
_IN_THE_LOG = "The rest is in the log, under the same request_id or task_id."
_FRAME = (
    *("filename", "abs_path", "function", "module", "lineno", "in_app"),
    *("pre_context", "context_line", "post_context"),
)
_EVENT = ("event_id", "timestamp", "platform", "level", "release", "environment", "sdk")
# Names of code. Where no page was found, the library would send the address instead.
_SOURCES = {"route", "component", "task"}
_NAME = re.compile(r"[\w.\[\]<>:-]{1,200}")


def start_if_configured(transport: type[Transport] | None = None) -> None:
    """Report errors of this process to SENTRY_DSN; do nothing without one.

    Raises ImproperlyConfigured.
    """
    if not settings.SENTRY_DSN:
        return
    try:
        import sentry_sdk
        from sentry_sdk.integrations.celery import CeleryIntegration
        from sentry_sdk.integrations.dedupe import DedupeIntegration
        from sentry_sdk.integrations.django import DjangoIntegration
        from sentry_sdk.integrations.logging import LoggingIntegration
        from sentry_sdk.utils import BadDsn
    except ImportError as error:
        raise ImproperlyConfigured(
            "SENTRY_DSN is set, but requirements/observe.txt is not installed."
        ) from error
    try:
        sentry_sdk.init(
            dsn=settings.SENTRY_DSN,
            environment=settings.SENTRY_ENVIRONMENT or "production",
            # Only what is named here: the library's own choice also follows every outgoing call.
            default_integrations=False,
            auto_enabling_integrations=False,
            integrations=[
                DjangoIntegration(transaction_style="function_name"),
                CeleryIntegration(propagate_traces=False),
                LoggingIntegration(level=None, event_level=logging.ERROR),
                DedupeIntegration(),
            ],
            data_collection=_COLLECTED,
            max_request_body_size="never",
            max_breadcrumbs=0,
            auto_session_tracking=False,
            send_client_reports=False,
            trace_propagation_targets=[],
            server_name="",
            before_send=report_of,
            before_send_transaction=_nothing,
            transport=transport,
        )
    except BadDsn as error:
        raise ImproperlyConfigured(
            "SENTRY_DSN has to be https://key@host/number (docs/settings.md)."
        ) from error


def _nothing(_event: Event, _hint: Hint) -> None:
    return None


def report_of(event: Event, hint: Hint) -> Event:
    """Return the report that may be sent: classes, places and code of an error, and ids."""
    given: dict[str, Any] = dict(event)
    report: dict[str, Any] = {name: given[name] for name in _EVENT if name in given}
    report["tags"] = _tags(given)
    if _is_name(given.get("logger")):
        report["logger"] = given["logger"]
    source = (given.get("transaction_info") or {}).get("source")
    if source in _SOURCES and _is_name(given.get("transaction")):
        report["transaction"] = given["transaction"]
        report["transaction_info"] = {"source": source}
    errors = (given.get("exception") or {}).get("values") or []
    if errors:
        report["exception"] = {"values": [_error(one) for one in errors]}
    else:
        report["logentry"] = {"message": _IN_THE_LOG}
        report["fingerprint"] = [str(report.get("logger", "")), *_place(hint)]
    return report  # type: ignore[return-value]


def _is_name(value: object) -> bool:
    return isinstance(value, str) and bool(_NAME.fullmatch(value))


def _tags(given: dict[str, Any]) -> dict[str, str]:
    task, task_id = request_ids.current_task()
    known = {"request_id": request_ids.current(), "task": task, "task_id": task_id}
    return {name: value for name, value in known.items() if value}


def _error(given: dict[str, Any]) -> dict[str, Any]:
    frames = (given.get("stacktrace") or {}).get("frames") or []
    mechanism = given.get("mechanism") or {}
    return {
        "type": given.get("type") if _is_name(given.get("type")) else "Exception",
        "module": given.get("module") if _is_name(given.get("module")) else None,
        "value": _IN_THE_LOG,
        "mechanism": {
            name: mechanism[name]
            for name in ("type", "handled", "exception_id", "parent_id")
            if name in mechanism
        },
        "stacktrace": {
            "frames": [{name: one[name] for name in _FRAME if name in one} for one in frames]
        },
    }


def _place(hint: Hint) -> list[str]:
    """Return where a line of the log was written, so that reports of one place belong together."""
    record = hint.get("log_record")
    return [f"{record.module}:{record.lineno}"] if isinstance(record, logging.LogRecord) else []
