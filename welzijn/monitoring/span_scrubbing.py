"""What of a span leaves this machine: an allow-list of attributes, each in a known form."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import urlsplit

from opentelemetry.context import Context
from opentelemetry.sdk.trace import ReadableSpan
from opentelemetry.sdk.trace.export import SpanExporter, SpanExportResult
from opentelemetry.sdk.trace.sampling import (
    Decision,
    ParentBased,
    Sampler,
    SamplingResult,
    TraceIdRatioBased,
)
from opentelemetry.trace import SpanContext, SpanKind, Status
from opentelemetry.util.types import AttributeValue

_METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}
# Table and column names, operators, placeholders. Whatever stands between quotes goes.
_VERB = re.compile(r"[A-Z]{1,20}")
_TASK = re.compile(r"[a-z_]{1,60}(?:\.[a-z_]{1,60}){1,8}")
_MOST_OF_A_STATEMENT = 2_000


def _method(value: object) -> str | None:
    return value if isinstance(value, str) and value in _METHODS else None


def _number(value: object) -> int | None:
    return value if isinstance(value, int) else None


def _route(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _verb(value: object) -> str | None:
    return value if isinstance(value, str) and _VERB.fullmatch(value) else None


def _task(value: object) -> str | None:
    return value if isinstance(value, str) and _TASK.fullmatch(value) else None


def statement(value: object) -> str | None:
    """Return SQL without anything quoted: its parameters are not in it, a literal may be."""
    if not isinstance(value, str) or "$$" in value:
        return None
    first, last = value.find("'"), value.rfind("'")
    if first != -1:
        value = f"{value[:first]}?{value[last + 1 :]}"
    return re.sub(r"\b\d+\b", "?", value[:_MOST_OF_A_STATEMENT])


def _host(value: object) -> str | None:
    return urlsplit(value).hostname if isinstance(value, str) else None


# Old and new names of the semantic conventions. `http.route` is the pattern, without its values.
_SENT: dict[str, Callable[[object], AttributeValue | None]] = {
    "http.method": _method,
    "http.request.method": _method,
    "http.status_code": _number,
    "http.response.status_code": _number,
    "http.route": _route,
    "db.system": _route,
    "db.system.name": _route,
    "db.statement": statement,
    "db.query.text": statement,
    "db.operation": _verb,
    "voordeur.request_id": _route,
    "celery.action": _route,
    "celery.state": _verb,
    "celery.task_name": _task,
}
# The host of a call to another server; its path and query may hold a key.
_ADDRESSES = ("http.url", "url.full")


def scrubbed(span: ReadableSpan) -> ReadableSpan:
    """Return a copy with its times, kind, ids and allowed attributes, and nothing else.

    No links, no events (an exception's text quotes rows), no description of a status, and no
    trace state, which a client can fill.
    """
    given = span.attributes or {}
    attributes: dict[str, AttributeValue] = {}
    for name, value in given.items():
        if name in _SENT and (kept := _SENT[name](value)) is not None:
            attributes[name] = kept
        elif name in _ADDRESSES and span.kind is SpanKind.CLIENT and (host := _host(value)):
            attributes["server.address"] = host
    error = _class_of_error(span)
    if error:
        attributes["error.type"] = error
    return ReadableSpan(
        name=_name(span, attributes),
        context=_without_state(span.context),
        parent=_without_state(span.parent),
        resource=span.resource,
        attributes=attributes,
        kind=span.kind,
        status=Status(span.status.status_code),
        start_time=span.start_time,
        end_time=span.end_time,
        instrumentation_scope=span.instrumentation_scope,
    )


def _name(span: ReadableSpan, attributes: dict[str, AttributeValue]) -> str:
    """Build the name from what is sent anyway."""
    if "db.system" in attributes or "db.system.name" in attributes:
        return _verb(span.name) or "SQL"
    if "celery.task_name" in attributes:
        return str(attributes["celery.task_name"])
    parts = (
        attributes.get("http.method") or attributes.get("http.request.method") or "HTTP",
        attributes.get("http.route") or attributes.get("server.address") or "",
    )
    return " ".join(str(part) for part in parts if part)


def _class_of_error(span: ReadableSpan) -> str:
    for event in span.events:
        kind = (event.attributes or {}).get("exception.type", "")
        if isinstance(kind, str) and re.fullmatch(r"[\w.]{1,200}", kind):
            return kind
    return ""


def _without_state(context: SpanContext | None) -> SpanContext | None:
    if context is None:
        return None
    return SpanContext(context.trace_id, context.span_id, context.is_remote, context.trace_flags)


class ScrubbingExporter(SpanExporter):
    """Hand scrubbed copies to another exporter."""

    def __init__(self, inner: SpanExporter) -> None:
        self._inner = inner

    def export(self, spans: Sequence[ReadableSpan]) -> SpanExportResult:
        """Export what is left of the spans."""
        return self._inner.export([scrubbed(span) for span in spans])

    def shutdown(self) -> None:
        """End the exporter."""
        self._inner.shutdown()

    def force_flush(self, timeout_millis: int = 30_000) -> bool:
        """Send what waits."""
        return self._inner.force_flush(timeout_millis)


class _RequestsAndTasks(Sampler):
    """A share of requests and tasks; no statement outside of them (commands, migrations)."""

    def __init__(self, share: float) -> None:
        self._share = TraceIdRatioBased(share)

    def should_sample(
        self,
        parent_context: Context | None,
        trace_id: int,
        name: str,
        kind: SpanKind | None = None,
        *rest: Any,
        **more: Any,
    ) -> SamplingResult:
        if kind in {SpanKind.CLIENT, SpanKind.INTERNAL}:
            return SamplingResult(Decision.DROP)
        return self._share.should_sample(parent_context, trace_id, name, kind, *rest, **more)

    def get_description(self) -> str:
        return f"RequestsAndTasks({self._share.get_description()})"


def sampler(share: float) -> Sampler:
    """Return what decides by the trace's id alone, also where a client claims to have decided."""
    ours = _RequestsAndTasks(share)
    return ParentBased(ours, remote_parent_sampled=ours, remote_parent_not_sampled=ours)
