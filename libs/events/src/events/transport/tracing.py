"""Which event caused which: for people in traces, for machines in headers."""

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
from events.ids import born
from events.transport import telemetry
from events.transport.envelope import Envelope

SAME_TRACE_SECONDS: Final = 300
"""A journey lasts days and a trace should not: what is heard later begins a new one."""
MOST_LINKS: Final = 128
"""A span keeps no more of them."""

Headers = Mapping[str, str]
_TRACEPARENT: Final = f"00-{0:032}-{0:016}-00"

_KEPT: Final = "13579bdf"
_DROPPED: Final = "02468ace"

_tracer: Final = trace.get_tracer("events")
_w3c: Final = TraceContextTextMapPropagator()
_handled: Final[ContextVar[Envelope | None]] = ContextVar("handled", default=None)


def headers_for(event: Event) -> dict[str, str]:
    """Say where an event comes from: the trace, the journey and the event that led to it."""
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
def sending(facts: Iterable[tuple[str, Headers]]) -> Iterator[None]:
    """Note that these facts, each a topic and its headers, are sent together inside the block."""
    by_topic: dict[str, list[Headers]] = {}
    for topic, headers in facts:
        by_topic.setdefault(topic, []).append(headers)
    spans = [span for topic, all_of_it in by_topic.items() for span in _send(topic, all_of_it)]
    began, error = time.perf_counter(), None
    try:
        yield
    except BaseException as failure:
        error = failure
        raise
    finally:
        for span in spans:
            _end(span, error)
        sizes = {topic: len(all_of_it) for topic, all_of_it in by_topic.items()}
        telemetry.sent(sizes, time.perf_counter() - began, error)


class Processing:
    """Makes what is stated inside the block an effect of an event.

    A class, for one is made for every event, and a generator takes twice as long.
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
        """Say how many seconds it has taken, and in which trace, if that is recorded."""
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


def _send(topic: str, all_of_it: Collection[Headers]) -> Iterator[Span]:
    sampled = islice(filter(_is_sampled, all_of_it), MOST_LINKS)
    origins = [_origin(headers) for headers in sampled]
    if not origins:
        return
    # What one request or handler has stated stays in its trace; a mixture belongs to none, and
    # what is told again belongs to no trace that ended long ago.
    one = len({origin.trace_id for origin in origins}) == 1 and not any(map(_is_repeat, all_of_it))
    span = _tracer.start_span(
        f"send {topic}",
        context=_below(origins[0]) if one else Context(),
        kind=SpanKind.PRODUCER,
        links=[Link(origin) for origin in origins],
    )
    if span.is_recording():
        span.set_attributes(_doing("send", topic))
        span.set_attribute(messaging.MESSAGING_BATCH_MESSAGE_COUNT, len(all_of_it))
        span.set_attribute(messaging.MESSAGING_CLIENT_ID, telemetry.client_id())
    yield span


def _process(envelope: Envelope, *, again: bool) -> Span | None:
    """Begin a span, unless nobody would record it: this is asked for every event."""
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
    birth = born(envelope.event_id)
    return birth is not None and time.time() - birth > SAME_TRACE_SECONDS


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
    hold_id = getattr(event, "hold_id", None)
    return {"journey.id": str(hold_id)} if hold_id else {}
