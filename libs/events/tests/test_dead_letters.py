"""Redriving and dropping dead events, and the other events of their key."""

import asyncio
from collections.abc import Callable
from functools import partial
from uuid import UUID

import pytest
from sqlalchemy import select, text, update
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from events.ids import uuid7
from events.transport import Envelope, Inbox, Policy, parking
from events.transport.blocked_keys import lock_key
from events.transport.dead_letter_queue import DeadLetterQueue
from events.transport.dead_letters import Letter, ParkedFilter, last_decision, page
from events.transport.tables import dead_letter_decision, parked
from events.transport.testing import Listener, make_all_due, parked_events

Sessions = async_sessionmaker[AsyncSession]
Wrapped = Callable[[UUID], Envelope]

WAITING_FOR_A_KEY = text("""
    select count(*) from pg_locks join pg_database on pg_database.oid = database
    where datname = current_database() and locktype = 'advisory' and not granted
""")
UNTIL_DEAD = 4
"""Three tries in the lane and one by the clock: so often an event fails under this policy."""


@pytest.fixture
def service(listener: Listener, sessions: Sessions) -> Inbox[AsyncSession]:
    return Inbox(listener.subscriptions, sessions.begin, Policy(max_attempts=2))


@pytest.fixture
def desk(sessions: Sessions) -> DeadLetterQueue[AsyncSession]:
    return DeadLetterQueue(sessions.begin, "operator-7")


@pytest.fixture
def second_person(sessions: Sessions) -> DeadLetterQueue[AsyncSession]:
    return DeadLetterQueue(sessions.begin, "operator-8")


async def dies(
    service: Inbox[AsyncSession], sessions: Sessions, listener: Listener, *of_key: Envelope
) -> None:
    """Let the first event fail until it is dead; it would not fail again."""
    first = of_key[0]
    listener.failures[first.topic, UUID(first.key)] = [ValueError()] * UNTIL_DEAD
    for envelope in of_key:
        await service.take([envelope])
    await make_all_due(sessions.begin)
    await service.retrying.retry_due()
    assert (await parked_events(sessions.begin))[0] == (first.topic, "DEAD", 2)


async def rows(sessions: Sessions, criteria: ParkedFilter) -> list[Letter]:
    async with sessions() as session:
        return await page(session, criteria)


async def test_a_redriven_event_is_handled_first_and_what_stood_behind_it_follows(
    service: Inbox[AsyncSession],
    desk: DeadLetterQueue[AsyncSession],
    listener: Listener,
    sessions: Sessions,
    wrapped_confirmed: Wrapped,
    wrapped_released: Wrapped,
) -> None:
    hold_id = uuid7()
    line = [wrapped_confirmed(hold_id), wrapped_released(hold_id), wrapped_confirmed(hold_id)]
    await dies(service, sessions, listener, *line)

    done = await desk.redrive(ParkedFilter(key=str(hold_id)))
    await service.retrying.retry_due()

    assert (done.event_ids, done.more) == ([line[0].event_id], False)
    assert [fact.event_id for fact in listener.consumed] == [e.event_id for e in line]
    assert await parked_events(sessions.begin) == []


async def test_a_redriven_event_is_given_the_patience_of_a_new_one(
    service: Inbox[AsyncSession],
    desk: DeadLetterQueue[AsyncSession],
    listener: Listener,
    sessions: Sessions,
    wrapped_confirmed: Wrapped,
) -> None:
    hold_id = uuid7()
    await dies(service, sessions, listener, wrapped_confirmed(hold_id))
    listener.failures["HoldConfirmed", hold_id] = [ValueError()]

    await desk.redrive(ParkedFilter())
    await service.retrying.retry_due()

    assert await parked_events(sessions.begin) == [("HoldConfirmed", "FAILING", 1)]


async def test_what_is_redriven_behind_a_dead_one_of_its_key_does_not_overtake_it(
    service: Inbox[AsyncSession],
    desk: DeadLetterQueue[AsyncSession],
    listener: Listener,
    sessions: Sessions,
    wrapped_confirmed: Wrapped,
) -> None:
    hold_id, consumer = uuid7(), service.service
    first, second = wrapped_confirmed(hold_id), wrapped_confirmed(hold_id)
    async with sessions.begin() as session:
        for envelope in (first, second):
            await parking.park(session, consumer, envelope, "DEAD", "a bug")

    await desk.redrive(ParkedFilter(event_ids=[second.event_id]))
    async with sessions() as session:
        due = await parking.due_keys(session, consumer)
    await service.retrying.retry_due()
    before = list(listener.consumed)
    await desk.redrive(ParkedFilter(event_ids=[first.event_id]))
    await service.retrying.retry_due()

    assert due == []  # or the clock would come back for it twice a second
    assert before == []
    assert [f.event_id for f in listener.consumed] == [first.event_id, second.event_id]


async def test_what_stood_behind_a_dropped_event_goes_on_without_it(
    service: Inbox[AsyncSession],
    desk: DeadLetterQueue[AsyncSession],
    second_person: DeadLetterQueue[AsyncSession],
    listener: Listener,
    sessions: Sessions,
    wrapped_confirmed: Wrapped,
    wrapped_released: Wrapped,
) -> None:
    hold_id = uuid7()
    dead, follower = wrapped_confirmed(hold_id), wrapped_released(hold_id)
    await dies(service, sessions, listener, dead, follower)

    await desk.ask_drop(ParkedFilter(event_ids=[dead.event_id]), "TEST_DATA")
    done = await second_person.approve_drop(ParkedFilter(event_ids=[dead.event_id]))
    await service.retrying.retry_due()

    assert done.event_ids == [dead.event_id]
    assert [fact.event_id for fact in listener.consumed] == [follower.event_id]
    assert await parked_events(sessions.begin) == []


async def test_what_waits_behind_a_dropped_event_for_another_topic_lets_the_rest_pass(
    service: Inbox[AsyncSession],
    desk: DeadLetterQueue[AsyncSession],
    second_person: DeadLetterQueue[AsyncSession],
    listener: Listener,
    sessions: Sessions,
    wrapped_confirmed: Wrapped,
    wrapped_released: Wrapped,
) -> None:
    hold_id, consumer = uuid7(), service.service
    early, dead, follower = (
        wrapped_confirmed(hold_id),
        wrapped_released(hold_id),
        wrapped_released(hold_id),
    )
    async with sessions.begin() as session:
        await parking.park(session, consumer, early, "WAITING", "early", needs="It", delay=60)
        await parking.park(session, consumer, dead, "DEAD", "a bug")
        await parking.park(session, consumer, follower, "QUEUED", "behind a parked event")

    await desk.ask_drop(ParkedFilter(event_ids=[dead.event_id]), "TEST_DATA")
    await second_person.approve_drop(ParkedFilter(event_ids=[dead.event_id]))
    await service.retrying.retry_due()

    assert listener.consumed[0].event_id == follower.event_id


async def test_every_decision_is_written_down_with_who_and_why(
    desk: DeadLetterQueue[AsyncSession],
    second_person: DeadLetterQueue[AsyncSession],
    sessions: Sessions,
    wrapped_confirmed: Wrapped,
) -> None:
    event = wrapped_confirmed(uuid7())._replace(partition=2, offset=31)
    async with sessions.begin() as session:
        await parking.park(session, "hold", event, "DEAD", "a bug", attempts=10)

    await desk.redrive(ParkedFilter("hold"))
    async with sessions.begin() as session:
        await session.execute(update(parked).values(state="DEAD", reason="the same bug"))
    await desk.ask_drop(ParkedFilter("hold"), "SUPERSEDED")
    await second_person.approve_drop(ParkedFilter("hold"))

    table = dead_letter_decision
    names = ("event_id", "topic", "key", "partition", "offset", "reason", "attempts")
    columns = [*(table.c[name] for name in names), table.c.decision, table.c.reason_code]
    columns += [table.c.asked_by]
    async with sessions() as session:
        noted = await session.execute(select(*columns, table.c.decided_by).order_by(table.c.id))
        last = await last_decision(session, "hold", event.event_id)
    place = (event.event_id, "HoldConfirmed", event.key, 2, 31)
    assert [tuple(row) for row in noted] == [
        (*place, "a bug", 10, "REDRIVEN", None, None, "operator-7"),
        (*place, "the same bug", 0, "DROPPED", "SUPERSEDED", "operator-7", "operator-8"),
    ]
    assert last
    assert (last.decision, last.asked_by, last.decided_by) == (
        "DROPPED",
        "operator-7",
        "operator-8",
    )


async def test_of_many_who_redrive_the_same_event_one_does(
    desk: DeadLetterQueue[AsyncSession], sessions: Sessions, wrapped_confirmed: Wrapped
) -> None:
    event = wrapped_confirmed(uuid7())
    async with sessions.begin() as session:
        await parking.park(session, "hold", event, "DEAD", "a bug")

    async with asyncio.timeout(20), asyncio.TaskGroup() as group, sessions.begin() as session:
        await lock_key(session, "hold", event.key)  # so that all of them begin
        redrive = partial(desk.redrive, ParkedFilter(event_ids=[event.event_id]))
        racers = [group.create_task(redrive()) for _ in range(10)]
        while await session.scalar(WAITING_FOR_A_KEY) < 10:  # noqa: ASYNC110, no event says it
            await asyncio.sleep(0.01)
    done = [racer.result() for racer in racers]

    assert [i for one in done for i in one.event_ids] == [event.event_id]
    async with sessions() as session:
        assert len((await session.execute(select(dead_letter_decision))).all()) == 1


@pytest.mark.parametrize("state", ["FAILING", "WAITING", "QUEUED"])
async def test_what_is_not_dead_is_left_alone(
    desk: DeadLetterQueue[AsyncSession],
    second_person: DeadLetterQueue[AsyncSession],
    sessions: Sessions,
    wrapped_confirmed: Wrapped,
    state: parking.ParkedState,
) -> None:
    event = wrapped_confirmed(uuid7())
    async with sessions.begin() as session:
        await parking.park(session, "hold", event, state, "not yet", needs="HoldCreated")

    redriven = await desk.redrive(ParkedFilter(event_ids=[event.event_id], state=None))
    await desk.ask_drop(ParkedFilter(event_ids=[event.event_id], state=None), "TEST_DATA")
    dropped = await second_person.approve_drop(ParkedFilter(event_ids=[event.event_id], state=None))

    assert redriven.event_ids == dropped.event_ids == []
    [letter] = await rows(sessions, ParkedFilter(state=None))
    assert (letter.event_id, letter.state) == (event.event_id, state)
