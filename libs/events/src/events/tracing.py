"""Which event caused which: for people in traces, for machines in headers."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime, timedelta
from typing import Final

from opentelemetry import trace
from opentelemetry.context import Context
from opentelemetry.trace import Link, Span, SpanKind, StatusCode, get_current_span
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

from events.base import Event
from events.envelope import Envelope

SAME_TRACE: Final = timedelta(minutes=5)
"""A journey lasts days and a trace should not: what is heard later begins a new one."""

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
    with _tracer.start_as_current_span(
        f"create {event.topic}",
        kind=SpanKind.PRODUCER,
        attributes={
            "messaging.system": "kafka",
            "messaging.operation.name": "create",
            "messaging.operation.type": "create",
            "messaging.destination.name": event.topic,
            "messaging.message.id": str(event.event_id),
            "event.type": event.topic,
            **_journey(event),
        },
    ):
        _w3c.inject(headers)
    return headers


@contextmanager
def processing(envelope: Envelope, event: Event, consumer: str, *, again: bool) -> Iterator[None]:
    """Make what is stated inside the block an effect of this event."""
    attributes: dict[str, str | int] = {
        "messaging.system": "kafka",
        "messaging.operation.name": "process",
        "messaging.operation.type": "process",
        "messaging.destination.name": envelope.topic,
        "messaging.consumer.group.name": consumer,
        "messaging.message.id": str(envelope.event_id),
        "event.type": envelope.topic,
        **_journey(event),
    }
    if envelope.partition is not None and envelope.offset is not None:
        attributes["messaging.destination.partition.id"] = str(envelope.partition)
        attributes["messaging.kafka.offset"] = envelope.offset
    origin = _w3c.extract(envelope.headers, context=Context())
    created = get_current_span(origin).get_span_context()
    fresh = not again and datetime.now(UTC) - event.occurred_at < SAME_TRACE
    token = _handled.set(envelope)
    try:
        with (
            _tracer.start_as_current_span(
                f"process {envelope.topic}",
                context=origin if fresh else Context(),
                kind=SpanKind.CONSUMER,
                attributes=attributes,
                links=[Link(created)] if created.is_valid and not fresh else None,
                record_exception=False,
                set_status_on_exception=False,
            ) as span,
            _telling_why(span),
        ):
            yield
    finally:
        _handled.reset(token)


@contextmanager
def _telling_why(span: Span) -> Iterator[None]:
    try:
        yield
    except Exception as error:
        # The kind of failure only: its words may hold what a person has typed.
        span.set_attribute("error.type", type(error).__qualname__)
        span.set_status(StatusCode.ERROR)
        raise


def _journey(event: Event) -> dict[str, str]:
    hold_id = getattr(event, "hold_id", None)
    return {"journey.id": str(hold_id)} if hold_id else {}
