"""Logs as JSON lines with trace ids; spans and numbers to a collector if there is one."""

import logging
from collections.abc import MutableMapping
from typing import Any, Final

import structlog
from fastapi import FastAPI, Response
from fastapi.telemetry import TelemetryConfig
from opentelemetry import metrics, trace
from opentelemetry.exporter.otlp.proto.http.metric_exporter import OTLPMetricExporter
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.exporter.prometheus import PrometheusMetricReader
from opentelemetry.sdk.metrics import MeterProvider, TraceBasedExemplarFilter
from opentelemetry.sdk.metrics.export import MetricReader, PeriodicExportingMetricReader
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from structlog.processors import ExceptionRenderer
from structlog.tracebacks import ExceptionDictTransformer

from kit.sampling import WholeJourneys

PUSH_MILLISECONDS: Final = 10_000
LEAVE_SECONDS: Final = 3
"""How long a push may take: a collector that is away holds up the end of a service no longer."""
PROBES: Final = frozenset({"/livez", "/readyz", "/metrics"})


def _is_probe(scope: MutableMapping[str, Any]) -> bool:
    return scope.get("path") in PROBES


OF_REQUESTS: Final = TelemetryConfig(
    # One span and one measurement per request; FastAPI would add spans for each step inside.
    operation_spans=False,
    # Its log records would hold messages and stack traces of errors; ours leave out the values.
    logs=False,
    auto_configure=False,
    exclude=_is_probe,
)


def set_up(service: str, otlp_endpoint: str | None, trace_ratio: float = 1.0) -> None:
    """Configure logs, spans and numbers of this process, once. After a fork, not before."""
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
    resource = Resource.create({"service.name": service})
    # Without a collector nothing is recorded, but ids are still made: logs name them.
    tracers = TracerProvider(WholeJourneys(trace_ratio if otlp_endpoint else 0.0), resource)
    readers: list[MetricReader] = [PrometheusMetricReader()]
    if otlp_endpoint:
        spans = OTLPSpanExporter(f"{otlp_endpoint}/v1/traces", timeout=LEAVE_SECONDS)
        tracers.add_span_processor(BatchSpanProcessor(spans))
        numbers = OTLPMetricExporter(f"{otlp_endpoint}/v1/metrics", timeout=LEAVE_SECONDS)
        readers.append(PeriodicExportingMetricReader(numbers, PUSH_MILLISECONDS))
    trace.set_tracer_provider(tracers)
    # A number that looks odd points to a trace that is.
    metrics.set_meter_provider(MeterProvider(readers, resource, TraceBasedExemplarFilter()))


def send_the_last() -> None:
    """Push what is not pushed yet; a process may end without saying goodbye."""
    for provider in (trace.get_tracer_provider(), metrics.get_meter_provider()):
        if isinstance(provider, TracerProvider | MeterProvider):
            provider.force_flush(LEAVE_SECONDS * 1000)


def add_metrics(app: FastAPI) -> None:
    """Answer with the numbers of this process, as Prometheus reads them."""

    @app.get("/metrics", include_in_schema=False)
    async def numbers() -> Response:
        return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)


def _add_trace(_: Any, __: str, record: structlog.typing.EventDict) -> structlog.typing.EventDict:
    span = trace.get_current_span().get_span_context()
    if span.is_valid:
        record["trace_id"] = trace.format_trace_id(span.trace_id)
    return record
