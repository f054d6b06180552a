"""A dead event is dropped by two persons, whatever races."""

import asyncio
from collections.abc import Callable
from uuid import UUID

import pytest
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from events.ids import uuid7
from events.transport import Envelope, parking
from events.transport.dead_letter_queue import DeadLetterQueue
from events.transport.dead_letters import Letter, ParkedFilter, count_states, page
from events.transport.tables import dead_letter_decision, parked

Sessions = async_sessionmaker[AsyncSession]
Wrapped = Callable[[UUID], Envelope]


@pytest.fixture
def desk(sessions: Sessions) -> DeadLetterQueue[AsyncSession]:
    return DeadLetterQueue(sessions.begin, "operator-7")


@pytest.fixture
def second_person(sessions: Sessions) -> DeadLetterQueue[AsyncSession]:
    return DeadLetterQueue(sessions.begin, "operator-8")


async def rows(sessions: Sessions, criteria: ParkedFilter) -> list[Letter]:
    async with sessions() as session:
        return await page(session, criteria)


async def test_a_drop_needs_a_second_person(
    desk: DeadLetterQueue[AsyncSession],
    second_person: DeadLetterQueue[AsyncSession],
    sessions: Sessions,
    wrapped_confirmed: Wrapped,
) -> None:
    event = wrapped_confirmed(uuid7())
    chosen = ParkedFilter("hold", [event.event_id])
    async with sessions.begin() as session:
        await parking.park(session, "hold", event, "DEAD", "a bug")

    unasked = await second_person.approve_drop(chosen)
    asked = await desk.ask_drop(chosen, "TEST_DATA")
    again = await second_person.ask_drop(chosen, "SUPERSEDED")
    by_the_same = await desk.approve_drop(chosen)
    [letter] = await rows(sessions, chosen)
    async with sessions() as session:
        counts = await count_states(session, "hold")

    assert (unasked.event_ids, by_the_same.event_ids) == ([], [])
    assert (asked, again) == ([event.event_id], [])
    assert (letter.drop_reason_code, letter.drop_asked_by) == ("TEST_DATA", "operator-7")
    assert letter.drop_asked_at
    assert (counts.counts["DEAD"], counts.drops_asked) == (1, 1)
    assert counts.oldest_dead_at == letter.parked_at


@pytest.mark.parametrize("ended_by", ["withdrawn", "redriven"])
async def test_what_was_asked_ends_when_it_is_withdrawn_or_the_event_is_redriven(
    desk: DeadLetterQueue[AsyncSession],
    second_person: DeadLetterQueue[AsyncSession],
    sessions: Sessions,
    wrapped_confirmed: Wrapped,
    ended_by: str,
) -> None:
    event = wrapped_confirmed(uuid7())
    chosen = ParkedFilter("hold", [event.event_id])
    async with sessions.begin() as session:
        await parking.park(session, "hold", event, "DEAD", "a bug")

    await desk.ask_drop(chosen, "TEST_DATA")
    if ended_by == "withdrawn":
        assert await second_person.withdraw_drop(chosen) == [event.event_id]
    else:
        await second_person.redrive(chosen)
        async with sessions.begin() as session:
            await session.execute(update(parked).values(state="DEAD"))

    assert (await second_person.approve_drop(chosen)).event_ids == []
    [letter] = await rows(sessions, chosen)
    assert (letter.drop_asked_by, letter.drop_asked_at) == (None, None)


async def test_of_many_who_approve_withdraw_and_redrive_at_once_one_decides(
    desk: DeadLetterQueue[AsyncSession], sessions: Sessions, wrapped_confirmed: Wrapped
) -> None:
    for _ in range(5):
        event = wrapped_confirmed(uuid7())
        chosen = ParkedFilter("hold", [event.event_id])
        async with sessions.begin() as session:
            await parking.park(session, "hold", event, "DEAD", "a bug")
        await desk.ask_drop(chosen, "TEST_DATA")
        others = [DeadLetterQueue(sessions.begin, f"operator-{i}") for i in range(8)]

        async with asyncio.timeout(20), asyncio.TaskGroup() as group:
            approvals = [group.create_task(other.approve_drop(chosen)) for other in others]
            withdrawals = [group.create_task(other.withdraw_drop(chosen)) for other in others[:2]]
            redriven = group.create_task(desk.redrive(chosen))

        approved = [i for each in approvals for i in each.result().event_ids]
        withdrawn = [i for each in withdrawals for i in each.result()]
        left = await rows(sessions, ParkedFilter("hold", [event.event_id], state=None))
        async with sessions() as session:
            of_event = dead_letter_decision.c.event_id == event.event_id
            noted = (await session.execute(select(dead_letter_decision).where(of_event))).all()
        assert len(approved) + len(redriven.result().event_ids) == len(noted) <= 1
        assert len(approved) + len(withdrawn) <= 1
        assert bool(left) is not bool(approved)
        assert all(letter.drop_asked_by is None for letter in left)
        assert all(row.asked_by != row.decided_by for row in noted)
