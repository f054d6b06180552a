"""Tracing as a service in production has it, but with a collector that is infinitely fast."""

from collections.abc import Sequence

from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor, SpanExporter, SpanExportResult
from opentelemetry.sdk.trace.sampling import TraceIdRatioBased
from opentelemetry.trace import Tracer, get_tracer, set_tracer_provider


def trace(share: float) -> Tracer:
    """Trace this share of the journeys from now on."""
    provider = TracerProvider(sampler=TraceIdRatioBased(share))
    provider.add_span_processor(BatchSpanProcessor(_Discard()))
    set_tracer_provider(provider)
    return get_tracer("bench")


class _Discard(SpanExporter):
    def export(self, spans: Sequence[ReadableSpan]) -> SpanExportResult:
        assert spans
        return SpanExportResult.SUCCESS
