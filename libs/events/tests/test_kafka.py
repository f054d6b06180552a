"""Both ends of a service on a real Kafka, and the topics between them."""

from collections.abc import Callable, Collection
from uuid import UUID

import pytest
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from events import HoldConfirmed
from events.ids import uuid7
from events.transport import Subscriptions, outbox, running
from events.transport.testing import Listener, send, until
from events.transport.topics import WrongTopic, ensure, wait_for_broker

Sessions = async_sessionmaker[AsyncSession]
Confirmed = Callable[[UUID], HoldConfirmed]
Listen = Callable[[Collection[UUID]], Listener]


async def test_what_is_published_is_consumed_by_the_others_in_order(
    kafka: str, sessions: Sessions, listen: Listen, confirmed: Confirmed
) -> None:
    holds = [uuid7() for _ in range(20)]
    listener = listen(holds)

    async with running(listener.subscriptions, sessions.begin, kafka) as health:
        for _ in range(3):
            async with sessions.begin() as session:
                await outbox.append(session, *map(confirmed, holds))
        await until(lambda: len(listener.consumed) >= 60)
        ready = health.ready

    assert ready
    assert health.late_rows == 0
    assert len(listener.consumed) == 60
    assert all(ids == sorted(ids) for ids in listener.consumed_by_key().values())


async def test_an_event_that_is_on_the_topic_twice_is_acted_on_once(
    kafka: str, listen: Listen, confirmed: Confirmed
) -> None:
    hold_id = uuid7()
    twice, last = confirmed(hold_id), confirmed(hold_id)
    listener = listen([hold_id])

    await send(kafka, [twice, twice])
    await send(kafka, [twice, last])
    async with listener.member(kafka):
        await until(lambda: last in listener.consumed)

    assert listener.consumed == [twice, last]


async def test_a_service_that_listens_to_nothing_still_speaks(
    kafka: str, sessions: Sessions, listen: Listen, confirmed: Confirmed
) -> None:
    hold_id = uuid7()
    listener, mute = listen([hold_id]), Subscriptions[AsyncSession]("mute")

    async with listener.member(kafka), running(mute, sessions.begin, kafka) as health:
        await until(lambda: health.ready)
        async with sessions.begin() as session:
            await outbox.append(session, confirmed(hold_id))
        await until(lambda: len(listener.consumed) == 1)


async def test_topics_are_made_once_and_never_with_another_number_of_partitions(
    kafka: str,
) -> None:
    name = f"made-{uuid7().hex[-8:]}"

    await ensure(kafka, [name], partitions=3)
    await ensure(kafka, [name], partitions=3)

    with pytest.raises(WrongTopic, match=f"{name} has 3 partitions, but all topics need 6"):
        await ensure(kafka, [name], partitions=6)
    with pytest.raises(WrongTopic, match="Kafka did not make"):
        await ensure(kafka, [f"{name}-2"], replication=3)


async def test_a_broker_that_does_not_come_is_not_waited_for_without_end() -> None:
    with pytest.raises(TimeoutError, match="No Kafka at nowhere"):
        await wait_for_broker("nowhere.invalid:1", 0.3)
