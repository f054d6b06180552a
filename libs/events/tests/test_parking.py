"""Events that could not be handled wait in the order of their key, and are tried again or dead."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from events import Defer
from events.ids import uuid7
from events.transport import Envelope, Inbox, Policy, backoff, tables
from events.transport.retrying import WAITS_AT_MOST
from events.transport.testing import Listener, make_all_due, parked_events

Sessions = async_sessionmaker[AsyncSession]
Wrapped = Callable[[UUID], Envelope]
Service = Inbox[AsyncSession]


async def test_a_parked_event_holds_up_its_own_key_only_and_its_followers_keep_their_order(
    inbox: Service,
    listener: Listener,
    sessions: Sessions,
    wrapped_confirmed: Wrapped,
    wrapped_released: Wrapped,
) -> None:
    bad, good = uuid7(), uuid7()
    listener.failures["HoldConfirmed", bad] = [ValueError()] * 5
    of_bad = [wrapped_confirmed(bad), wrapped_released(bad), wrapped_confirmed(bad)]

    await inbox.take([*of_bad[:2], wrapped_confirmed(good), of_bad[2]])
    await inbox.retrying.retry_due()  # too early: it rests
    await make_all_due(sessions.begin)
    await inbox.retrying.retry_due()  # fails once more
    before = listener.consumed_in_short()
    await make_all_due(sessions.begin)
    await inbox.retrying.retry_due()

    assert before == [("HoldConfirmed", good)]
    assert [f.event_id for f in listener.consumed[1:]] == [e.event_id for e in of_bad]
    assert await parked_events(sessions.begin) == []


async def test_an_event_that_came_too_early_is_done_as_soon_as_its_journey_goes_on(
    inbox: Service,
    listener: Listener,
    sessions: Sessions,
    wrapped_confirmed: Wrapped,
    wrapped_released: Wrapped,
) -> None:
    hold_id, other = uuid7(), uuid7()
    listener.failures["HoldConfirmed", hold_id] = [Defer("HoldReleased")] * 2

    await inbox.take([wrapped_confirmed(hold_id), wrapped_confirmed(hold_id)])
    waiting = await parked_events(sessions.begin)
    await inbox.take([wrapped_released(other)])
    await inbox.take([wrapped_released(hold_id)])

    # The follower on the same topic stays behind it; what it waits for may pass both.
    assert waiting == [("HoldConfirmed", "WAITING", 1), ("HoldConfirmed", "WAITING", 0)]
    assert listener.consumed_in_short() == [
        ("HoldReleased", other),
        ("HoldReleased", hold_id),
        ("HoldConfirmed", hold_id),
        ("HoldConfirmed", hold_id),
    ]
    assert await parked_events(sessions.begin) == []


async def test_what_it_waited_for_may_come_in_the_same_batch(
    inbox: Service, listener: Listener, wrapped_confirmed: Wrapped, wrapped_released: Wrapped
) -> None:
    hold_id = uuid7()
    listener.failures["HoldConfirmed", hold_id] = [Defer("HoldReleased")] * 2

    await inbox.take([wrapped_confirmed(hold_id), wrapped_released(hold_id)])

    assert listener.consumed_in_short() == [("HoldReleased", hold_id), ("HoldConfirmed", hold_id)]


async def test_an_event_that_came_too_early_is_also_tried_by_the_clock(
    inbox: Service, listener: Listener, sessions: Sessions, wrapped_confirmed: Wrapped
) -> None:
    hold_id = uuid7()
    listener.failures["HoldConfirmed", hold_id] = [Defer("HoldCreated")] * 3

    await inbox.take([wrapped_confirmed(hold_id)])
    for _ in range(2):
        await make_all_due(sessions.begin)
        await inbox.retrying.retry_due()
    waiting = await parked_events(sessions.begin)
    await make_all_due(sessions.begin)
    await inbox.retrying.retry_due()

    assert waiting == [("HoldConfirmed", "WAITING", 3)]
    assert listener.consumed_in_short() == [("HoldConfirmed", hold_id)]


async def test_a_follower_whose_rest_ends_first_does_not_overtake(
    inbox: Service, listener: Listener, sessions: Sessions, wrapped_confirmed: Wrapped
) -> None:
    hold_id = uuid7()
    listener.failures["HoldConfirmed", hold_id] = [Defer("HoldReleased")]
    first, second = wrapped_confirmed(hold_id), wrapped_confirmed(hold_id)
    await inbox.take([first])
    async with sessions.begin() as session:
        later = datetime.now(UTC) + timedelta(minutes=1)
        await session.execute(update(tables.parked).values(next_try_at=later))
    await inbox.take([second])
    async with sessions.begin() as session:
        of_second = tables.parked.c.event_id == second.event_id
        await session.execute(update(tables.parked).where(of_second).values(next_try_at=func.now()))

    await inbox.retrying.retry_due()
    before = len(listener.consumed)
    await make_all_due(sessions.begin)
    await inbox.retrying.retry_due()

    assert before == 0
    assert [fact.event_id for fact in listener.consumed] == [first.event_id, second.event_id]


async def test_what_an_event_waits_for_in_vain_is_not_waited_for_without_end(
    inbox: Service, listener: Listener, sessions: Sessions, wrapped_confirmed: Wrapped
) -> None:
    hold_id = uuid7()
    listener.failures["HoldConfirmed", hold_id] = [Defer("HoldCreated")] * 9
    await inbox.take([wrapped_confirmed(hold_id)])
    async with sessions.begin() as session:
        past = datetime.now(UTC) - WAITS_AT_MOST - timedelta(minutes=1)
        await session.execute(update(tables.parked).values(parked_at=past))

    await make_all_due(sessions.begin)
    await inbox.retrying.retry_due()

    assert await parked_events(sessions.begin) == [("HoldConfirmed", "DEAD", 2)]


async def test_a_dead_event_stops_all_that_follows_of_its_key_until_somebody_has_looked(
    inbox: Service,
    listener: Listener,
    sessions: Sessions,
    wrapped_confirmed: Wrapped,
    wrapped_released: Wrapped,
) -> None:
    hold_id = uuid7()
    listener.failures["HoldConfirmed", hold_id] = [Defer("HoldReleased")] * 9
    needed = wrapped_released(hold_id)
    broken = needed._replace(event_id=uuid7())  # another id than in its header

    await inbox.take([wrapped_confirmed(hold_id)])
    await inbox.take([broken])
    await inbox.take([needed])

    states = [state for _, state, _ in await parked_events(sessions.begin)]
    assert states == ["WAITING", "DEAD", "QUEUED"]
    assert listener.consumed == []


async def test_after_enough_failures_an_event_is_dead_and_everybody_may_know(
    listener: Listener,
    sessions: Sessions,
    wrapped_confirmed: Wrapped,
    wrapped_released: Wrapped,
) -> None:
    inbox = Inbox(listener.subscriptions, sessions.begin, Policy(max_attempts=3))
    hold_id = uuid7()
    event = wrapped_confirmed(hold_id)._replace(partition=4, offset=17)
    listener.failures["HoldConfirmed", hold_id] = [ValueError("of a person")] * 99

    await inbox.take([event, wrapped_released(hold_id)])
    for _ in range(5):
        await make_all_due(sessions.begin)
        await inbox.retrying.retry_due()

    assert await parked_events(sessions.begin) == [
        ("HoldConfirmed", "DEAD", 3),
        ("HoldReleased", "QUEUED", 0),
    ]
    async with sessions() as session:
        [letter] = await session.execute(select(tables.outbox))
    assert letter.topic == f"dlq.{listener.subscriptions.service}"
    assert (letter.key, letter.payload) == (str(hold_id), event.payload)
    notes = {
        "dlq-attempts": "3",
        "dlq-topic": "HoldConfirmed",
        "dlq-partition": "4",
        "dlq-offset": "17",
    }
    assert letter.headers.items() >= (event.headers | notes).items()
    assert letter.headers["dlq-reason"].startswith("ValueError in listener.py")  # not its words


async def test_a_retry_rests_longer_each_time_but_an_hour_at_most() -> None:
    rests = [backoff.delay_of_retry(attempts) for attempts in range(1, 11)]
    turns = [backoff.delay_of_waiting(attempts) for attempts in range(1, 11)]

    assert 0.8 <= rests[0] <= 1.2
    assert all(later > earlier for earlier, later in pairwise(rests[:8]))
    assert 2880 <= rests[-1] <= 4320
    assert 0.8 <= turns[0] <= 1.2
    assert 48 <= turns[-1] <= 72
