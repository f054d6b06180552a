"""Logs as JSON lines with trace ids, spans to a collector if there is one."""

import logging
from typing import Any

import structlog
from fastapi import FastAPI
from opentelemetry import trace
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.instrumentation.fastapi import FastAPIInstrumentor
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from structlog.processors import ExceptionRenderer
from structlog.tracebacks import ExceptionDictTransformer


def set_up(service: str, otlp_endpoint: str | None) -> None:
    """Configure logs and spans of this process, once. Call it after a fork, not before."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _add_trace,
            # Without the local variables of each frame: they hold names and documents.
            ExceptionRenderer(ExceptionDictTransformer(show_locals=False)),
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        cache_logger_on_first_use=False,
    )
    structlog.contextvars.bind_contextvars(service=service)
    if isinstance(trace.get_tracer_provider(), TracerProvider):
        return
    provider = TracerProvider(resource=Resource.create({"service.name": service}))
    if otlp_endpoint:
        provider.add_span_processor(
            BatchSpanProcessor(OTLPSpanExporter(endpoint=f"{otlp_endpoint}/v1/traces"))
        )
    trace.set_tracer_provider(provider)


def watch(app: FastAPI) -> None:
    """Start a span per request, child of the caller's."""
    FastAPIInstrumentor.instrument_app(
        app, excluded_urls="livez,readyz", exclude_spans=["receive", "send"]
    )


def _add_trace(_: Any, __: str, record: structlog.typing.EventDict) -> structlog.typing.EventDict:
    span = trace.get_current_span().get_span_context()
    if span.is_valid:
        record["trace_id"] = trace.format_trace_id(span.trace_id)
    return record
