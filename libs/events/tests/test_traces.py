"""Traces: as long as a journey goes on by itself, with links over its pauses."""

import re
from collections.abc import Callable
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta
from uuid import UUID

import httpx
import pytest
from fastapi import FastAPI
from opentelemetry import trace
from opentelemetry.sdk.trace import ReadableSpan
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from events import HoldConfirmed, HoldReleased
from events.ids import uuid7
from events.transport import Envelope, Inbox, Subscriptions, outbox, running, tables
from events.transport.relay import Relay
from events.transport.testing import FakeProducer, Listener, begin_at_the_end, make_all_due, until
from kit.telemetry import OF_REQUESTS
from kit.testing.signals import Spans, context_of, links_of

Sessions = async_sessionmaker[AsyncSession]
Wrapped = Callable[[UUID], Envelope]
STRETCH = [
    "POST /v1/holds/{hold_id}",
    "create HoldConfirmed",
    "process HoldConfirmed",
    "create HoldReleased",
    "process HoldReleased",
]
SAID = re.compile(
    r"messaging\..*|event\.type|journey\.id|error\.type|http\.re(quest|sponse)\..*|http\.route"
    r"|network\.protocol\.version|server\.(address|port)|url\.scheme"
)


def confirmed(hold_id: UUID, event_id: UUID | None = None) -> HoldConfirmed:
    return HoldConfirmed(
        event_id=event_id or uuid7(),
        occurred_at=datetime.now(UTC),
        hold_id=hold_id,
        number_id=uuid7(),
        because="PAID",
    )


def made(ago: timedelta) -> UUID:
    """Make an id as it was made some time ago."""
    return UUID(int=uuid7().int - (int(ago.total_seconds() * 1000) << 80))


class TwoServices:
    """Two services: one releases confirmed holds, the other consumes that; a route begins it."""

    def __init__(self, sessions: Sessions, servers: str) -> None:
        self.sessions, self.servers, self.consumed = sessions, servers, list[UUID]()
        self.app = FastAPI(telemetry=OF_REQUESTS)
        self.app.post("/v1/holds/{hold_id}")(self.confirm)
        self.first = Subscriptions[AsyncSession](f"first-{uuid7().hex[-12:]}")
        self.second = Subscriptions[AsyncSession](f"second-{uuid7().hex[-12:]}")
        self.first.on(HoldConfirmed)(self.release)
        self.second.on(HoldReleased)(self.note)
        self.holds = set[UUID]()

    async def confirm(self, hold_id: UUID) -> None:
        async with self.sessions.begin() as session:
            await outbox.append(session, confirmed(hold_id))

    async def release(self, fact: HoldConfirmed, session: AsyncSession) -> None:
        if fact.hold_id in self.holds:
            released = HoldReleased(
                occurred_at=datetime.now(UTC),
                hold_id=fact.hold_id,
                number_id=fact.number_id,
                reason_code="CUSTOMER",
            )
            await outbox.append(session, released)

    async def note(self, fact: HoldReleased, _: AsyncSession) -> None:
        if fact.hold_id in self.holds:
            self.consumed.append(fact.hold_id)

    async def are_up(self, stack: AsyncExitStack) -> None:
        for service in (self.first, self.second):
            await begin_at_the_end(self.servers, service.service, service.handlers)
            up = running(service, self.sessions.begin, self.servers)
            health = await stack.enter_async_context(up)
            await until(lambda health=health: health.ready)  # type: ignore[misc]

    async def play(self, *facts: HoldConfirmed) -> None:
        """Publish facts, or else make a request, and wait until the other end has consumed them."""
        self.holds = {fact.hold_id for fact in facts} or {uuid7()}
        async with AsyncExitStack() as stack:
            await self.are_up(stack)
            async with self.sessions.begin() as session:
                await outbox.append(session, *facts)
            if not facts:
                door = httpx.ASGITransport(self.app)
                async with httpx.AsyncClient(transport=door, base_url="http://service") as client:
                    [hold_id] = self.holds
                    await client.post(f"/v1/holds/{hold_id}", params={"phone": "84901234567"})
            await until(lambda: len(self.consumed) == len(self.holds))


@pytest.fixture
def services(sessions: Sessions, broker: str) -> TwoServices:
    return TwoServices(sessions, broker)


async def test_what_goes_on_by_itself_is_one_trace_from_the_request_to_the_last_handler(
    services: TwoServices, spans: Spans
) -> None:
    await services.play()

    [request] = spans.named(STRETCH[0])
    trace_id = context_of(request).trace_id
    of_it = [span for span in spans.kept if context_of(span).trace_id == trace_id]
    assert [spans.parent_of(name) for name in STRETCH] == [None, *STRETCH[:-1]]
    assert {span.name for span in of_it} == {*STRETCH, "send HoldConfirmed", "send HoldReleased"}
    [hold_id] = services.holds
    journey = [span for span in of_it if said(span).get("journey.id") == str(hold_id)]
    assert sorted(span.name for span in journey) == sorted(STRETCH[1:])


async def test_no_span_says_more_than_ids_and_kinds(services: TwoServices, spans: Spans) -> None:
    await services.play()

    assert [name for span in spans.kept for name in said(span) if not SAID.fullmatch(name)] == []
    assert [span.name for span in spans.kept if "84901234567" in span.to_json()] == []


async def test_a_pause_of_more_than_five_minutes_begins_a_trace_that_points_back(
    services: TwoServices, spans: Spans
) -> None:
    hold_id = uuid7()
    await services.play(confirmed(hold_id, made(timedelta(minutes=6))))

    [create], [process] = spans.named(STRETCH[1]), spans.named(STRETCH[2])
    assert process.parent is None
    assert links_of(process) == [context_of(create).span_id]
    assert spans.parent_of(STRETCH[4]) == STRETCH[3]
    both = {context_of(s).trace_id for s in spans.kept if said(s).get("journey.id") == str(hold_id)}
    assert both == {context_of(create).trace_id, context_of(process).trace_id}


async def test_a_handler_is_given_less_than_five_minutes_to_be_in_the_same_trace(
    services: TwoServices, spans: Spans
) -> None:
    await services.play(confirmed(uuid7(), made(timedelta(minutes=4))))

    assert spans.parent_of(STRETCH[2]) == STRETCH[1]


async def test_what_is_tried_again_later_points_back_to_where_it_came_from(
    listener: Listener, inbox: Inbox[AsyncSession], sessions: Sessions, spans: Spans
) -> None:
    hold_id = uuid7()
    listener.failures["HoldConfirmed", hold_id] = [ValueError("Nguyễn Văn A")] * 3
    async with sessions.begin() as session:
        await outbox.append(session, confirmed(hold_id))
    await is_consumed(sessions, inbox)

    await make_all_due(sessions.begin)
    await inbox.retrying.retry_due()

    *tries, again = spans.named("process HoldConfirmed")
    [create] = spans.named("create HoldConfirmed")
    assert [said(span).get("error.type") for span in (*tries, again)] == ["ValueError"] * 3 + [None]
    assert {span.parent.span_id for span in tries if span.parent} == {context_of(create).span_id}
    assert (again.parent, links_of(again)) == (None, [context_of(create).span_id])
    assert not any("Nguyễn" in span.to_json() for span in spans.kept)


async def test_a_batch_of_many_journeys_has_one_span_per_topic_that_points_to_all(
    sessions: Sessions, spans: Spans, wrapped_released: Wrapped
) -> None:
    for _ in range(3):
        async with sessions.begin() as session:
            released = wrapped_released(uuid7()).open()
            await outbox.append(session, confirmed(uuid7()), released)

    await Relay(sessions.begin, "nowhere").send_some(FakeProducer())  # type: ignore[arg-type]

    creates = [context_of(span).span_id for span in spans.named("create HoldConfirmed")]
    [send] = spans.named("send HoldConfirmed")
    assert (send.parent, sorted(links_of(send))) == (None, sorted(creates))
    assert send.kind is trace.SpanKind.PRODUCER
    assert said(send)["messaging.batch.message_count"] == 3
    assert len(spans.named("send HoldReleased")) == 1


async def test_nothing_is_recorded_below_a_cause_that_is_not(
    inbox: Inbox[AsyncSession], sessions: Sessions, spans: Spans
) -> None:
    unrecorded = trace.NonRecordingSpan(trace.SpanContext(1, 2, is_remote=True))
    with trace.use_span(unrecorded):
        async with sessions.begin() as session:
            old = confirmed(uuid7(), made(timedelta(minutes=6)))
            await outbox.append(session, confirmed(uuid7()), old)

    await is_consumed(sessions, inbox)

    assert [span.name for span in spans.kept] == []


@pytest.mark.parametrize(
    ("parent", "is_ours"),
    [
        (f"00-{1:032x}-{2:016x}-01", True),
        (f"cc-{1:032x}-{2:016x}-01-what-comes-one-day", True),
        (f"00-{0:032x}-{2:016x}-01", False),
        ("nonsense", False),
    ],
)
async def test_whoever_began_the_trace_it_goes_on_if_it_can_be_read(
    parent: str,
    *,
    is_ours: bool,
    inbox: Inbox[AsyncSession],
    spans: Spans,
    wrapped_confirmed: Wrapped,
) -> None:
    envelope = wrapped_confirmed(uuid7())
    headers = envelope.headers | {"traceparent": parent}

    await inbox.take([envelope._replace(headers=headers)])

    [process] = spans.named("process HoldConfirmed")
    assert (context_of(process).trace_id == 1) is is_ours


async def is_consumed(sessions: Sessions, inbox: Inbox[AsyncSession]) -> None:
    """Carry what the outbox holds to a service."""
    c = tables.outbox.c
    columns = (c.event_id, c.topic, c.key, c.headers, c.payload)
    async with sessions() as session:
        rows = await session.execute(select(*columns).order_by(c.id))
    await inbox.take([Envelope(*row) for row in rows])


def said(span: ReadableSpan) -> dict[str, object]:
    return dict(span.attributes or {})
