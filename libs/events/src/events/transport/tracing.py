"""Causes of events: for people in traces, for programs in headers."""

import time
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar, Token
from itertools import islice
from typing import Final, Self

from opentelemetry import context, trace
from opentelemetry.context import Context
from opentelemetry.semconv._incubating.attributes import messaging_attributes as messaging
from opentelemetry.semconv.attributes.error_attributes import ERROR_TYPE
from opentelemetry.trace import (
    INVALID_SPAN_CONTEXT,
    Link,
    NonRecordingSpan,
    ProxyTracerProvider,
    Span,
    SpanContext,
    SpanKind,
    StatusCode,
    TraceFlags,
    get_current_span,
    set_span_in_context,
)
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

from events.facts.base import Event
from events.ids import timestamp_of
from events.transport import telemetry
from events.transport.envelope import Envelope

SAME_TRACE_SECONDS: Final = 300
"""A journey lasts days and a trace should not: what is handled later begins a new one."""
MOST_LINKS: Final = 128
"""The most links that a span keeps."""

Headers = Mapping[str, str]
_TRACEPARENT: Final = f"00-{0:032}-{0:016}-00"

_KEPT: Final = "13579bdf"
_DROPPED: Final = "02468ace"

_tracer: Final = trace.get_tracer("events")
_w3c: Final = TraceContextTextMapPropagator()
_handled: Final[ContextVar[Envelope | None]] = ContextVar("handled", default=None)


def headers_for(event: Event) -> dict[str, str]:
    """Make the headers for the origin of an event: its trace, its journey and its cause."""
    cause = _handled.get()
    headers = {"ce_correlationid": event.key}
    if cause:
        headers["ce_causationid"] = str(cause.event_id)
        headers["ce_correlationid"] = cause.headers.get("ce_correlationid") or cause.key
    above = None
    if cause and not get_current_span().get_span_context().is_valid:
        # Its processing has no span, for nobody records it; what it causes is of its trace anyhow.
        above = _below(_origin(cause.headers))
    span = _tracer.start_span(f"create {event.topic}", above, SpanKind.PRODUCER)
    if span.is_recording():
        span.set_attributes(
            _doing("create", event.topic)
            | {messaging.MESSAGING_MESSAGE_ID: str(event.event_id), "event.type": event.topic}
            | _journey(event)
        )
    _w3c.inject(headers, set_span_in_context(span))
    span.end()
    return headers


@contextmanager
def sending(batch: Iterable[tuple[str, Headers]]) -> Iterator[None]:
    """Record the sending of a batch inside the block; each event is given as topic and headers."""
    by_topic: dict[str, list[Headers]] = {}
    for topic, headers in batch:
        by_topic.setdefault(topic, []).append(headers)
    spans = [span for topic, of_topic in by_topic.items() for span in _send(topic, of_topic)]
    began, error = time.perf_counter(), None
    try:
        yield
    except BaseException as failure:
        error = failure
        raise
    finally:
        for span in spans:
            _end(span, error)
        sizes = {topic: len(of_topic) for topic, of_topic in by_topic.items()}
        telemetry.sent(sizes, time.perf_counter() - began, error)


class Processing:
    """Makes events that are published inside the block effects of the handled one.

    It is a class, since it is made for every event, and a generator takes twice as long.
    """

    __slots__ = ("_before", "_began", "_cause", "_consumer", "_envelope", "_span")

    def __init__(self, envelope: Envelope, event: Event, consumer: str, *, again: bool) -> None:
        self._envelope, self._consumer = envelope, consumer
        self._before: Token[Context] | None = None
        self._span = _process(envelope, again=again)
        if self._span and self._span.is_recording():
            self._span.set_attributes(_of_processing(envelope, event, consumer))

    def __enter__(self) -> Self:
        self._cause = _handled.set(self._envelope)
        if self._span:
            self._before = context.attach(set_span_in_context(self._span, Context()))
        self._began = time.perf_counter()
        return self

    def so_far(self) -> tuple[float, Context | None]:
        """Return the seconds since the block began, and its trace if that is recorded."""
        recorded = self._span is not None and self._span.is_recording()
        took = time.perf_counter() - self._began
        return took, context.get_current() if recorded else None

    def __exit__(self, _: object, error: BaseException | None, __: object) -> None:
        if isinstance(error, Exception):
            took = time.perf_counter() - self._began
            telemetry.failed(self._consumer, self._envelope.topic, took, error)
        if self._span and self._before:
            context.detach(self._before)
            _end(self._span, error)
        _handled.reset(self._cause)


def _send(topic: str, of_topic: Collection[Headers]) -> Iterator[Span]:
    sampled = islice(filter(_is_sampled, of_topic), MOST_LINKS)
    origins = [_origin(headers) for headers in sampled]
    if not origins:
        return
    # What one request or handler has published stays in its trace; a mixture belongs to none, and
    # what is replayed belongs to no trace that ended long ago.
    one = len({origin.trace_id for origin in origins}) == 1 and not any(map(_is_repeat, of_topic))
    span = _tracer.start_span(
        f"send {topic}",
        context=_below(origins[0]) if one else Context(),
        kind=SpanKind.PRODUCER,
        links=[Link(origin) for origin in origins],
    )
    if span.is_recording():
        span.set_attributes(_doing("send", topic))
        span.set_attribute(messaging.MESSAGING_BATCH_MESSAGE_COUNT, len(of_topic))
        span.set_attribute(messaging.MESSAGING_CLIENT_ID, telemetry.client_id())
    yield span


def _process(envelope: Envelope, *, again: bool) -> Span | None:
    """Begin a span if it would be recorded; called for every event."""
    if isinstance(trace.get_tracer_provider(), ProxyTracerProvider):
        return None
    if _flag(envelope.headers) in _DROPPED:
        return None
    name, origin = f"process {envelope.topic}", _origin(envelope.headers)
    if again or _is_old(envelope):
        links = [Link(origin)] if origin.is_valid else []
        return _tracer.start_span(name, Context(), SpanKind.CONSUMER, links=links)
    above = _below(origin) if origin.is_valid else Context()
    return _tracer.start_span(name, above, SpanKind.CONSUMER)


def _is_old(envelope: Envelope) -> bool:
    published_at = timestamp_of(envelope.event_id)
    return published_at is not None and time.time() - published_at > SAME_TRACE_SECONDS


def _is_repeat(headers: Headers) -> bool:
    return "replayfor" in headers or "dlq-reason" in headers


def _is_sampled(headers: Headers) -> bool:
    return _flag(headers) in _KEPT


def _flag(headers: Headers) -> str:
    # Of "00-<32 digits>-<16 digits>-<flags>" the last digit, whose last bit says whether somebody
    # records: looked at for each event of a batch. What is no such text says nothing.
    return headers.get("traceparent", "")[54:55] or "?"


def _origin(headers: Headers) -> SpanContext:
    text = headers.get("traceparent", "")
    if "tracestate" not in headers and len(text) == len(_TRACEPARENT) and text.startswith("00-"):
        # What our own relay writes, read by its places: the general reader takes four times as
        # long, and this is done for every event.
        try:
            flags = TraceFlags(int(text[53:], 16))
            return SpanContext(int(text[3:35], 16), int(text[36:52], 16), True, flags)  # noqa: FBT003
        except ValueError:
            return INVALID_SPAN_CONTEXT
    if not text:
        return INVALID_SPAN_CONTEXT
    return get_current_span(_w3c.extract(headers, context=Context())).get_span_context()


def _below(origin: SpanContext) -> Context:
    return set_span_in_context(NonRecordingSpan(origin), Context())


def _end(span: Span, error: BaseException | None) -> None:
    if isinstance(error, Exception):
        # The kind of failure only: its words may hold what a person has typed.
        span.set_attribute(ERROR_TYPE, type(error).__qualname__)
        span.set_status(StatusCode.ERROR)
    span.end()


def _of_processing(envelope: Envelope, event: Event, consumer: str) -> dict[str, str | int]:
    attributes: dict[str, str | int] = {
        **_doing("process", envelope.topic),
        messaging.MESSAGING_CONSUMER_GROUP_NAME: consumer,
        messaging.MESSAGING_CLIENT_ID: telemetry.client_id(),
        messaging.MESSAGING_MESSAGE_ID: str(envelope.event_id),
        "event.type": envelope.topic,
        **_journey(event),
    }
    if envelope.partition is not None and envelope.offset is not None:
        attributes[messaging.MESSAGING_DESTINATION_PARTITION_ID] = str(envelope.partition)
        attributes[messaging.MESSAGING_KAFKA_OFFSET] = envelope.offset
    return attributes


def _doing(operation: str, topic: str) -> dict[str, str]:
    return {
        messaging.MESSAGING_SYSTEM: "kafka",
        messaging.MESSAGING_OPERATION_NAME: operation,
        messaging.MESSAGING_OPERATION_TYPE: operation,
        messaging.MESSAGING_DESTINATION_NAME: topic,
    }


def _journey(event: Event) -> dict[str, str]:
    return {"journey.id": event.journey} if event.journey else {}
