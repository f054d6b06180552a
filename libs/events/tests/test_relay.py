"""Committed events are sent: all of them, and in the order of publication."""

import asyncio
from datetime import UTC, datetime
from typing import Any, cast
from unittest.mock import AsyncMock
from uuid import UUID

import pytest
from aiokafka.errors import KafkaTimeoutError, OutOfOrderSequenceNumber
from sqlalchemy import func, select, text
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from events import HoldConfirmed, HoldReleased
from events.ids import uuid7
from events.transport import Health, Inbox, Subscriptions, outbox, relay, running, tables
from events.transport.relay import Relay, UnusableProducer
from events.transport.testing import FakeProducer, until
from events.transport.timer import Timer

NOWHERE = "127.0.0.1:1"
Sessions = async_sessionmaker[AsyncSession]


@pytest.fixture
def wire() -> Any:
    return FakeProducer()


def neighbours(count: int) -> list[UUID]:
    """Name holds that share a shard."""
    return [i for i in (uuid7() for _ in range(200)) if outbox.shard_of(str(i)) == 0][:count]


def confirmed(hold_id: UUID) -> HoldConfirmed:
    return HoldConfirmed(
        occurred_at=datetime.now(UTC), hold_id=hold_id, number_id=uuid7(), because="PAID"
    )


def released(hold_id: UUID) -> HoldReleased:
    return HoldReleased(
        occurred_at=datetime.now(UTC), hold_id=hold_id, number_id=uuid7(), reason_code="CUSTOMER"
    )


async def change_something(session: AsyncSession) -> None:
    await session.execute(text("select pg_current_xact_id()"))


async def publish(sessions: Sessions, *facts: HoldConfirmed | HoldReleased) -> None:
    async with sessions.begin() as session:
        await outbox.append(session, *facts)


async def waiting(sessions: Sessions) -> int:
    async with sessions() as session:
        return (await session.scalars(select(func.count()).select_from(tables.outbox))).one()


async def test_what_is_rolled_back_is_never_sent(sessions: Sessions, wire: Any) -> None:
    [hold_id] = neighbours(1)
    async with sessions() as session:
        await outbox.append(session, confirmed(hold_id))
        await session.rollback()
    await publish(sessions, released(hold_id))

    await Relay(sessions.begin, NOWHERE).send_some(wire)

    assert wire.sent == [("HoldReleased", str(hold_id))]


async def test_what_a_slow_transaction_states_still_leaves_before_what_follows_it(
    sessions: Sessions, wire: Any
) -> None:
    slow_id, quick_id = neighbours(2)
    relay = Relay(sessions.begin, NOWHERE)
    async with sessions() as quick, sessions() as slow:
        await change_something(quick)
        await change_something(slow)
        await outbox.append(slow, confirmed(slow_id))
        await outbox.append(quick, confirmed(quick_id))
        await quick.commit()
        await relay.send_some(wire)
        await publish(sessions, released(quick_id))
        await relay.send_some(wire)
        await slow.commit()
    await publish(sessions, released(slow_id))

    await relay.send_some(wire)

    about_slow = [topic for topic, key in wire.sent if key == str(slow_id)]
    assert about_slow == ["HoldConfirmed", "HoldReleased"]


async def test_more_than_a_batch_from_a_slow_transaction_is_not_passed_half_way(
    sessions: Sessions, wire: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(relay, "BATCH", 2)
    slow_id, quick_id = neighbours(2)
    health = Health()
    reader = Relay(sessions.begin, NOWHERE, health)
    async with sessions() as slow:
        await change_something(slow)
        await outbox.append(slow, *(confirmed(slow_id) for _ in range(3)))
        await publish(sessions, confirmed(quick_id))
        await reader.send_some(wire)
        await slow.commit()

    sent = [await reader.send_some(wire) for _ in range(2)]

    assert sent == [2, 1]
    assert health.late_rows == 0


async def test_the_dead_rows_of_the_past_are_not_read_again(sessions: Sessions, wire: Any) -> None:
    [hold_id] = neighbours(1)
    relay = Relay(sessions.begin, NOWHERE)
    for _ in range(3):
        await publish(sessions, confirmed(hold_id))
        await relay.send_some(wire)

    assert relay.marks_now()[0] > 0


async def test_a_fact_below_the_watermark_is_counted_and_sent_with_the_next_full_scan(
    sessions: Sessions, wire: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    [hold_id] = neighbours(1)
    health = Health()
    relay_ = Relay(sessions.begin, NOWHERE, health)
    for _ in range(3):
        await publish(sessions, confirmed(hold_id))
        await relay_.send_some(wire)
    async with sessions.begin() as session:  # what the rule makes impossible
        await outbox.append(session, released(hold_id))
        await session.execute(text("update outbox set id = 1"))

    await relay_.send_some(wire)
    late = len(wire.sent)
    monkeypatch.setattr(relay, "FULL_SCAN_SECONDS", 0)
    relay_.scan_everything_next()
    await relay_.send_some(wire)

    assert (late, len(wire.sent), health.late_rows) == (3, 4, 1)


async def test_what_the_broker_did_not_take_is_sent_again(sessions: Sessions, wire: Any) -> None:
    [hold_id] = neighbours(1)
    await publish(sessions, confirmed(hold_id), released(hold_id))
    wire.refusals = [KafkaTimeoutError()]
    relay = Relay(sessions.begin, NOWHERE)

    with pytest.raises(KafkaTimeoutError):
        await relay.send_some(wire)
    await relay.send_some(wire)

    assert wire.sent == [("HoldConfirmed", str(hold_id)), ("HoldReleased", str(hold_id))]


async def test_a_producer_that_lost_one_is_not_used_again(sessions: Sessions, wire: Any) -> None:
    [hold_id] = neighbours(1)
    await publish(sessions, confirmed(hold_id))
    answer = asyncio.get_running_loop().create_future()
    answer.set_exception(OutOfOrderSequenceNumber())
    wire.answers = [answer]

    with pytest.raises(UnusableProducer):
        await Relay(sessions.begin, NOWHERE).send_some(wire)

    assert await waiting(sessions) == 1


async def test_a_broker_that_takes_its_time_keeps_neither_the_shards_nor_the_order(
    sessions: Sessions, wire: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(relay, "SEND_SECONDS", 0.1)
    [hold_id] = neighbours(1)
    await publish(sessions, confirmed(hold_id))
    answer = asyncio.get_running_loop().create_future()
    wire.answers = [answer]
    slow, other = Relay(sessions.begin, NOWHERE), Relay(sessions.begin, NOWHERE)

    sending = asyncio.create_task(slow.send_some(wire))
    await until(lambda: bool(wire.sent))
    elsewhere = FakeProducer()
    async with asyncio.timeout(5):
        # Its 0.1 s are over when the other finds the shard free.
        while not await other.send_some(cast("Any", elsewhere)):  # noqa: ASYNC110
            await asyncio.sleep(0.01)
    still_waits = not sending.done()
    answer.set_result(None)

    with pytest.raises(TimeoutError):
        await sending
    assert still_waits  # for what it had handed over, outside the transaction


async def test_a_shard_has_one_reader_at_a_time(sessions: Sessions, wire: Any) -> None:
    [hold_id] = neighbours(1)
    await publish(sessions, confirmed(hold_id))
    relay = Relay(sessions.begin, NOWHERE)
    async with sessions.begin() as another:
        await another.execute(text("select pg_advisory_xact_lock(hashtext('outbox'), 0)"))
        assert await relay.send_some(wire) == 0
        assert relay.locked_elsewhere  # so it looks again in a moment

    assert await relay.send_some(wire) == 1


async def test_a_service_whose_broker_is_away_goes_on_serving_and_can_be_stopped(
    sessions: Sessions,
) -> None:
    deaf = Subscriptions[AsyncSession]("deaf", {"HoldConfirmed": AsyncMock()})
    began = asyncio.get_running_loop().time()

    async with running(deaf, sessions.begin, NOWHERE) as health:
        await asyncio.sleep(0.1)
        await publish(sessions, confirmed(uuid7()))
        assert health.missing() == ["no partitions assigned"]
        assert health.alive()

    assert asyncio.get_running_loop().time() - began < 5
    assert await waiting(sessions) == 1


async def test_the_age_of_the_oldest_fact_is_known(sessions: Sessions) -> None:
    health = Health()
    nobody = Inbox(Subscriptions[AsyncSession]("nobody"), sessions.begin)
    timer = Timer(nobody, sessions.begin, health)
    await publish(sessions, confirmed(uuid7()), confirmed(uuid7()))
    async with sessions.begin() as session:
        first = select(func.min(tables.outbox.c.id)).scalar_subquery()
        past = UUID(int=uuid7().int - (90_000 << 80))
        await session.execute(
            tables.outbox.update().where(tables.outbox.c.id == first).values(event_id=past)
        )

    await timer.look()

    assert 90 <= health.outbox_age_seconds < 100
    assert health.outbox_pending == 2
