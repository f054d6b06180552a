"""Consumed events are handled once, in order, and good ones in spite of a bad one."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import insert, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from events import HoldConfirmed, HoldReleased, Retry
from events.ids import uuid7
from events.transport import Envelope, Subscriptions, backoff, outbox, tables
from events.transport.inbox import Inbox, PoisonLimitExceeded, Policy
from events.transport.testing import Listener, parked_events

Sessions = async_sessionmaker[AsyncSession]
Wrapped = Callable[[UUID], Envelope]
Service = Inbox[AsyncSession]


async def test_an_event_is_acted_on_once_however_often_it_is_delivered(
    inbox: Service, listener: Listener, wrapped_confirmed: Wrapped, wrapped_released: Wrapped
) -> None:
    hold_id = uuid7()
    facts = [wrapped_confirmed(hold_id), wrapped_released(hold_id)]

    await inbox.take(facts + facts)
    await inbox.take(facts)

    assert listener.consumed_in_short() == [("HoldConfirmed", hold_id), ("HoldReleased", hold_id)]


async def test_the_effects_of_a_batch_that_fails_are_undone_and_done_again_one_by_one(
    sessions: Sessions, wrapped_confirmed: Wrapped, released: Callable[[UUID], HoldReleased]
) -> None:
    events = [wrapped_confirmed(uuid7()) for _ in range(5)]
    bad = events[2].key
    answering = Subscriptions[AsyncSession]("answering")

    @answering.on(HoldConfirmed)
    async def answer(fact: HoldConfirmed, tx: AsyncSession) -> None:
        await outbox.append(tx, released(fact.hold_id))
        if str(fact.hold_id) == bad:
            raise ValueError

    await Inbox(answering, sessions.begin).take(events)

    async with sessions() as session:
        answered = await session.scalars(select(tables.outbox.c.key).order_by(tables.outbox.c.id))
        assert answered.all() == [e.key for e in events if e.key != bad]
    assert await parked_events(sessions.begin) == [("HoldConfirmed", "FAILING", 1)]


async def test_an_event_that_fails_is_tried_again_at_once_before_it_is_parked(
    inbox: Service, listener: Listener, sessions: Sessions, wrapped_confirmed: Wrapped
) -> None:
    lucky, bad = uuid7(), uuid7()
    listener.failures["HoldConfirmed", lucky] = [ValueError()] * 2
    listener.failures["HoldConfirmed", bad] = [ValueError()] * 3

    await inbox.take([wrapped_confirmed(lucky)])
    await inbox.take([wrapped_confirmed(bad)])

    assert listener.consumed_in_short() == [("HoldConfirmed", lucky)]
    assert await parked_events(sessions.begin) == [("HoldConfirmed", "FAILING", 1)]


@pytest.mark.parametrize("cloud", [Retry(), TimeoutError(), OperationalError("", {}, Exception())])
async def test_trouble_that_passes_is_waited_for_and_never_parked(
    inbox: Service,
    listener: Listener,
    sessions: Sessions,
    wrapped_confirmed: Wrapped,
    wrapped_released: Wrapped,
    monkeypatch: pytest.MonkeyPatch,
    cloud: Exception,
) -> None:
    monkeypatch.setattr(backoff, "jittered", lambda _: 0)
    hold_id = uuid7()
    listener.failures["HoldConfirmed", hold_id] = [cloud] * 9

    await inbox.take([wrapped_confirmed(hold_id), wrapped_released(hold_id)])

    assert listener.consumed_in_short() == [("HoldConfirmed", hold_id), ("HoldReleased", hold_id)]
    assert await parked_events(sessions.begin) == []


async def test_when_one_event_after_the_other_fails_the_line_stops(
    listener: Listener, sessions: Sessions, wrapped_confirmed: Wrapped
) -> None:
    inbox = Inbox(listener.subscriptions, sessions.begin, Policy(parks_in_a_row=3))
    events = [wrapped_confirmed(uuid7()) for _ in range(6)]
    for event in events:
        listener.failures["HoldConfirmed", UUID(event.key)] = [ValueError()] * 9

    with pytest.raises(PoisonLimitExceeded):
        await inbox.take(events)

    assert await parked_events(sessions.begin) == [("HoldConfirmed", "FAILING", 1)] * 3


async def test_a_success_in_between_shows_that_the_events_are_bad_and_not_the_service(
    listener: Listener, sessions: Sessions, wrapped_confirmed: Wrapped
) -> None:
    inbox = Inbox(listener.subscriptions, sessions.begin, Policy(parks_in_a_row=3))
    bad = [wrapped_confirmed(uuid7()) for _ in range(4)]
    for event in bad:
        listener.failures["HoldConfirmed", UUID(event.key)] = [ValueError()] * 9

    await inbox.take([*bad[:2], wrapped_confirmed(uuid7()), *bad[2:]])

    assert len(await parked_events(sessions.begin)) == 4


async def test_ids_are_forgotten_after_a_fortnight(
    inbox: Service, listener: Listener, sessions: Sessions
) -> None:
    now = datetime.now(UTC)
    fortnight = now - timedelta(days=15)
    old = UUID(int=int(fortnight.timestamp() * 1000) << 80)
    late = UUID(int=old.int + 1)
    seen = {old: fortnight, late: now, uuid7(): now}  # what was delivered late is kept
    consumer = listener.subscriptions.service
    rows = [{"consumer": consumer, "event_id": i, "seen_at": at} for i, at in seen.items()]
    async with sessions.begin() as session:
        await session.execute(insert(tables.inbox), rows)

    assert await inbox.prune(now=now) == 1
