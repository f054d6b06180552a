"""Spans and metrics that a test causes, and none of those before."""

from collections import Counter as TotalOf
from collections.abc import Iterator
from typing import Any, NamedTuple, cast

from opentelemetry import metrics, trace
from opentelemetry.sdk.metrics import Counter, Histogram, MeterProvider, UpDownCounter
from opentelemetry.sdk.metrics.export import (
    AggregationTemporality,
    InMemoryMetricReader,
    MetricsData,
)
from opentelemetry.sdk.trace import ReadableSpan, SpanProcessor, TracerProvider
from opentelemetry.trace import SpanContext

from kit.sampling import LinkedTraceSampler


class Spans(SpanProcessor):
    """Keeps the spans that end while `looking`."""

    def __init__(self) -> None:
        self.kept: list[ReadableSpan] = []
        self.looking = False

    def on_end(self, span: ReadableSpan) -> None:
        """Keep a span that has ended."""
        if self.looking:
            self.kept.append(span)

    def named(self, name: str) -> list[ReadableSpan]:
        """Find spans, in the order in which they ended."""
        return [span for span in self.kept if span.name == name]

    def parent_of(self, name: str) -> str | None:
        """Name the span above the only one of this name; nothing if it begins a trace."""
        [span] = self.named(name)
        names = {context_of(other).span_id: other.name for other in self.kept}
        return names[span.parent.span_id] if span.parent else None


class Point(NamedTuple):
    """One number with what tells it from others of its name."""

    unit: str | None
    attributes: dict[str, Any]
    value: float
    """The value, or of a histogram the number of measurements."""
    total: float
    """The sum of a histogram's measurements."""


class Numbers:
    """Reads the changes of metrics since the reading before."""

    def __init__(self) -> None:
        kinds: tuple[type, ...] = (Counter, Histogram, UpDownCounter)
        changes = dict.fromkeys(kinds, AggregationTemporality.DELTA)
        self.reader = InMemoryMetricReader(preferred_temporality=changes)
        self.totals: TotalOf[str] = TotalOf()
        """By name, what all readings since the last `begin` add up to."""

    def begin(self) -> None:
        """Forget earlier measurements."""
        self.read()
        self.totals.clear()

    def read(self) -> dict[str, list[Point]]:
        """Give all points by the name of their metric."""
        data = self.reader.get_metrics_data()
        now = {name: points for name, *points in _points(data)} if data else {}
        for name, points in now.items():
            self.totals[name] += sum(int(point.value) for point in points)
        return now


def context_of(span: ReadableSpan) -> SpanContext:
    """Give the ids of a span."""
    return cast("SpanContext", span.get_span_context())


def links_of(span: ReadableSpan) -> list[int]:
    """Give the ids of the spans it points to."""
    return [link.context.span_id for link in span.links]


def record() -> tuple[Spans, Numbers]:
    """Become this process's providers, before an application would set up its own."""
    spans, numbers = Spans(), Numbers()
    tracers = TracerProvider(LinkedTraceSampler(1.0))
    tracers.add_span_processor(spans)
    trace.set_tracer_provider(tracers)
    metrics.set_meter_provider(MeterProvider([numbers.reader]))
    return spans, numbers


def _points(data: MetricsData) -> Iterator[tuple[Any, ...]]:
    for of_resource in data.resource_metrics:
        for of_scope in of_resource.scope_metrics:
            for metric in of_scope.metrics:
                yield (metric.name, *(_point(metric.unit, p) for p in metric.data.data_points))


def _point(unit: str | None, point: Any) -> Point:
    value = point.count if hasattr(point, "count") else point.value
    return Point(unit, dict(point.attributes), value, getattr(point, "sum", 0))
