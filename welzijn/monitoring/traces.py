"""OpenTelemetry traces of requests, tasks and statements, where a collector is configured.

Off by default, and then none of the libraries is imported. What leaves is an allow-list
(`span_scrubbing`), whatever the instrumentations record.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from welzijn.monitoring import request_ids

if TYPE_CHECKING:
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import SpanExporter
    from opentelemetry.trace import Span

# Probes and figures, every few seconds: nobody looks for them in a trace.
_NOT_TRACED = "gezond/,static/"


def start_if_configured() -> None:
    """Send traces to the collector of OTEL_EXPORTER_OTLP_ENDPOINT; do nothing without one."""
    if not settings.TRACES_ENDPOINT:
        return
    try:
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
        from opentelemetry.sdk.trace.export import BatchSpanProcessor
    except ImportError as error:
        raise ImproperlyConfigured(
            "OTEL_EXPORTER_OTLP_ENDPOINT is set, but requirements/observe.txt is not installed."
        ) from error
    headers = dict(one.split("=", 1) for one in settings.TRACES_HEADERS if "=" in one)
    exporter = OTLPSpanExporter(
        endpoint=f"{settings.TRACES_ENDPOINT.rstrip('/')}/v1/traces", headers=headers
    )
    instrument(provider(exporter, BatchSpanProcessor))


def provider(
    exporter: SpanExporter, processor: type, *, percent: int | None = None
) -> TracerProvider:
    """Return what makes spans and hands them to `exporter`, scrubbed."""
    from opentelemetry.sdk.resources import Resource
    from opentelemetry.sdk.trace import TracerProvider

    from welzijn.monitoring.span_scrubbing import ScrubbingExporter, sampler

    share = settings.TRACES_PERCENT if percent is None else percent
    made = TracerProvider(
        resource=Resource.create({"service.name": settings.TRACES_SERVICE_NAME}),
        sampler=sampler(share / 100),
    )
    made.add_span_processor(processor(ScrubbingExporter(exporter)))
    return made


def instrument(made: TracerProvider) -> None:
    """Let Django, psycopg, Celery and requests make spans."""
    from opentelemetry.instrumentation.celery import CeleryInstrumentor
    from opentelemetry.instrumentation.django import DjangoInstrumentor
    from opentelemetry.instrumentation.psycopg import PsycopgInstrumentor
    from opentelemetry.instrumentation.requests import RequestsInstrumentor
    from opentelemetry.propagate import set_global_textmap
    from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

    # No baggage: what a client sends along is not carried to tasks and other servers.
    set_global_textmap(TraceContextTextMapPropagator())
    DjangoInstrumentor().instrument(
        tracer_provider=made,
        excluded_urls=_NOT_TRACED,
        is_sql_commentor_enabled=False,
        response_hook=_name_request,
    )
    # The binary package has another name than the one that it asks for.
    PsycopgInstrumentor().instrument(
        tracer_provider=made, enable_commenter=False, skip_dep_check=True
    )
    CeleryInstrumentor().instrument(tracer_provider=made)  # type: ignore[no-untyped-call]
    RequestsInstrumentor().instrument(tracer_provider=made)


def _name_request(span: Span, _request: object, _response: object) -> None:
    """Let a trace and the log lines of its request find each other."""
    span.set_attribute("voordeur.request_id", request_ids.current())


def stop() -> None:
    """Undo `instrument`, for tests."""
    from opentelemetry.instrumentation.celery import CeleryInstrumentor
    from opentelemetry.instrumentation.django import DjangoInstrumentor
    from opentelemetry.instrumentation.psycopg import PsycopgInstrumentor
    from opentelemetry.instrumentation.requests import RequestsInstrumentor

    for one in (DjangoInstrumentor, PsycopgInstrumentor, CeleryInstrumentor, RequestsInstrumentor):
        one().uninstrument()
