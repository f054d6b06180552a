"""Stating a fact: what is refused at once, and what travels with it."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, cast
from uuid import UUID

import pytest
from opentelemetry import trace
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from events import CATALOGUE, HoldConfirmed, HoldReleased, outbox, tables
from events.envelope import Envelope
from events.ids import uuid7
from events.inbox import Inbox
from events.subscriptions import Subscriptions

Sessions = async_sessionmaker[AsyncSession]


@pytest.fixture(scope="module")
def exporter() -> InMemorySpanExporter:
    exporter = InMemorySpanExporter()
    provider = trace.get_tracer_provider()
    if not isinstance(provider, TracerProvider):
        provider = TracerProvider()
        trace.set_tracer_provider(provider)
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    return exporter


@pytest.fixture
def spans(exporter: InMemorySpanExporter) -> Iterator[InMemorySpanExporter]:
    exporter.clear()
    yield exporter
    exporter.clear()


def confirmed(hold_id: UUID, occurred_at: datetime | None = None) -> HoldConfirmed:
    return HoldConfirmed(
        occurred_at=occurred_at or datetime.now(UTC),
        hold_id=hold_id,
        number_id=uuid7(),
        because="PAID",
    )


def released(hold_id: UUID) -> HoldReleased:
    return HoldReleased(
        occurred_at=datetime.now(UTC), hold_id=hold_id, number_id=uuid7(), reason_code="CUSTOMER"
    )


async def envelopes(sessions: Sessions) -> list[Envelope]:
    c = tables.outbox.c
    columns = (c.event_id, c.topic, c.key, c.headers, c.payload)
    async with sessions() as session:
        rows = await session.execute(select(*columns).order_by(c.id))
        return [Envelope(*row) for row in rows]


async def test_a_fact_nobody_knows_is_refused(sessions: Sessions) -> None:
    class Impostor(HoldConfirmed):
        """Looks like an event, but has not been published."""

    del CATALOGUE["Impostor"]
    fact = Impostor.model_validate(confirmed(uuid7()).model_dump())

    async with sessions.begin() as session:
        with pytest.raises(outbox.CannotBeSent, match="Impostor is not an event"):
            await outbox.append(session, fact)


async def test_a_fact_without_a_key_is_refused(sessions: Sessions) -> None:
    keyless = confirmed(uuid7()).model_copy(update={"hold_id": None})

    async with sessions.begin() as session:
        with pytest.raises(outbox.CannotBeSent, match="HoldConfirmed has no hold_id"):
            await outbox.append(session, keyless)


async def test_a_fact_that_does_not_fit_is_refused(sessions: Sessions) -> None:
    vast = released(uuid7()).model_copy(update={"reason_code": "X" * 900_000})

    async with sessions.begin() as session:
        with pytest.raises(outbox.CannotBeSent, match="bytes, 900000 fit"):
            await outbox.append(session, vast)


async def test_an_event_says_which_event_led_to_it(sessions: Sessions) -> None:
    hold_id = uuid7()
    first = confirmed(hold_id)
    service = Subscriptions[AsyncSession]("listener")

    @service.on(HoldConfirmed)
    async def release(fact: HoldConfirmed, tx: AsyncSession) -> None:
        await outbox.append(tx, released(fact.hold_id))

    async with sessions.begin() as session:
        await outbox.append(session, first)
    [cause] = await envelopes(sessions)
    await Inbox(service, sessions.begin).take([cause])
    _, effect = await envelopes(sessions)

    assert "ce_causationid" not in cause.headers
    assert cause.headers["ce_correlationid"] == str(hold_id)
    assert effect.headers["ce_causationid"] == str(first.event_id)
    assert effect.headers["ce_correlationid"] == str(hold_id)


async def test_a_trace_goes_on_from_one_service_to_the_next(
    sessions: Sessions, spans: InMemorySpanExporter
) -> None:
    hold_id = uuid7()
    service = Subscriptions[AsyncSession]("listener")

    @service.on(HoldConfirmed)
    async def release(fact: HoldConfirmed, tx: AsyncSession) -> None:
        await outbox.append(tx, released(fact.hold_id))

    with trace.get_tracer("test").start_as_current_span("request"):
        async with sessions.begin() as session:
            await outbox.append(session, confirmed(hold_id))
    [cause] = await envelopes(sessions)
    await Inbox(service, sessions.begin).take([cause])

    by_name = {span.name: span for span in spans.get_finished_spans()}
    chain = ["request", "create HoldConfirmed", "process HoldConfirmed", "create HoldReleased"]
    assert [parent_of(by_name, name) for name in chain] == [None, *chain[:-1]]
    assert all(attributes(by_name[n])["journey.id"] == str(hold_id) for n in chain[1:])
    process = attributes(by_name["process HoldConfirmed"])
    assert process["messaging.system"] == "kafka"
    assert process["messaging.consumer.group.name"] == "listener"
    assert cause.headers["traceparent"].startswith("00-")


async def test_what_is_heard_late_begins_a_trace_of_its_own_and_points_back(
    sessions: Sessions, spans: InMemorySpanExporter
) -> None:
    service = Subscriptions[AsyncSession]("listener")

    @service.on(HoldConfirmed)
    async def look(_: HoldConfirmed, __: AsyncSession) -> None: ...

    async with sessions.begin() as session:
        old = datetime.now(UTC) - timedelta(minutes=6)
        await outbox.append(session, confirmed(uuid7(), old))
    await Inbox(service, sessions.begin).take(await envelopes(sessions))

    create, process = spans.get_finished_spans()
    assert process.parent is None
    assert [link.context.span_id for link in process.links] == [context_of(create).span_id]


async def test_a_failure_is_in_the_trace_without_its_words(
    sessions: Sessions, spans: InMemorySpanExporter
) -> None:
    service = Subscriptions[AsyncSession]("listener")

    @service.on(HoldConfirmed)
    async def fail(_: HoldConfirmed, __: AsyncSession) -> None:
        raise ValueError("Nguyễn Văn A")

    await Inbox(service, sessions.begin).take([Envelope.around(confirmed(uuid7()))])

    for span in spans.get_finished_spans():
        assert attributes(span)["error.type"] == "ValueError"
        assert "Nguyễn" not in span.to_json()


def parent_of(spans: dict[str, ReadableSpan], name: str) -> str | None:
    parent = spans[name].parent
    names = {context_of(span).span_id: span.name for span in spans.values()}
    return names[parent.span_id] if parent else None


def context_of(span: ReadableSpan) -> trace.SpanContext:
    return cast("trace.SpanContext", span.get_span_context())


def attributes(span: ReadableSpan) -> dict[str, Any]:
    return dict(span.attributes or {})
