"""Logs as JSON lines with trace ids; spans and metrics to a collector if there is one."""

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

from kit.sampling import LinkedTraceSampler

PUSH_MILLISECONDS: Final = 10_000
FLUSH_SECONDS: Final = 3
"""Seconds that an export may take: a collector that is away delays the end no longer."""
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
    """Configure logs, spans and metrics of this process, once. After a fork, not before."""
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
    tracers = TracerProvider(LinkedTraceSampler(trace_ratio if otlp_endpoint else 0.0), resource)
    readers: list[MetricReader] = [PrometheusMetricReader()]
    if otlp_endpoint:
        spans = OTLPSpanExporter(f"{otlp_endpoint}/v1/traces", timeout=FLUSH_SECONDS)
        tracers.add_span_processor(BatchSpanProcessor(spans))
        metric_exporter = OTLPMetricExporter(f"{otlp_endpoint}/v1/metrics", timeout=FLUSH_SECONDS)
        readers.append(PeriodicExportingMetricReader(metric_exporter, PUSH_MILLISECONDS))
    trace.set_tracer_provider(tracers)
    # A number that looks odd points to a trace that is.
    metrics.set_meter_provider(MeterProvider(readers, resource, TraceBasedExemplarFilter()))


def flush() -> None:
    """Export spans and metrics that are not exported yet: the process may end without warning."""
    for provider in (trace.get_tracer_provider(), metrics.get_meter_provider()):
        if isinstance(provider, TracerProvider | MeterProvider):
            provider.force_flush(FLUSH_SECONDS * 1000)


def add_metrics(app: FastAPI) -> None:
    """Add the route `/metrics` with this process's metrics in the format of Prometheus."""

    @app.get("/metrics", include_in_schema=False)
    async def metrics_text() -> Response:
        return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)


def _add_trace(_: Any, __: str, record: structlog.typing.EventDict) -> structlog.typing.EventDict:
    span = trace.get_current_span().get_span_context()
    if span.is_valid:
        record["trace_id"] = trace.format_trace_id(span.trace_id)
    return record
