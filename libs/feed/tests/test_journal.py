"""A partner's list has no gap, no repeat and no hole that closes later."""

import asyncio
import random
from datetime import timedelta
from uuid import UUID

import pytest
from libs.feed.tests.news_for_tests import Sessions, listed, news, numbers, tell, tell_many

from events.ids import uuid7
from feed import journal
from feed.entries import Span
from feed.journal import note
from kit import clock


async def test_each_partner_has_its_own_numbers(sessions: Sessions, partner: UUID) -> None:
    other = uuid7()

    await tell(sessions, news(partner), news(other), news(partner))

    assert await numbers(sessions, partner) == [1, 2]
    assert await numbers(sessions, other) == [1]


async def test_what_is_rolled_back_leaves_no_gap(sessions: Sessions, partner: UUID) -> None:
    await tell(sessions, news(partner))
    async with sessions() as tx:
        await note(tx, news(partner))
        await journal.number(tx, partner)
        await tx.rollback()

    await tell(sessions, news(partner))

    assert await numbers(sessions, partner) == [1, 2]


@pytest.mark.parametrize("numbered_between", [True, False])
async def test_one_event_is_listed_once(
    sessions: Sessions, partner: UUID, *, numbered_between: bool
) -> None:
    event_id = uuid7()
    await tell(sessions, news(partner, event_id))
    if numbered_between:
        await numbers(sessions, partner)

    await tell(sessions, news(partner, event_id), news(partner), news(partner, event_id))

    events = await listed(sessions, partner)
    assert [event.sequence for event in events] == [1, 2]
    assert events[0].event_id == event_id


async def test_who_commits_late_is_not_passed_over(sessions: Sessions, partner: UUID) -> None:
    """A cursor on numbers given at the insert would be at 2 by now, and never see 1."""
    async with sessions.begin() as slow:
        await note(slow, late := news(partner))
        await tell(sessions, news(partner))
        assert await numbers(sessions, partner) == [1]

    [following] = await listed(sessions, partner, after=1)
    assert (following.sequence, following.event_id) == (2, late.event_id)


async def test_many_writers_and_many_readers_at_once(sessions: Sessions) -> None:
    partners = [uuid7() for _ in range(3)]
    told: dict[UUID, set[UUID]] = {partner: set() for partner in partners}

    async def writes() -> None:
        for _ in range(20):
            facts = [news(partner) for partner in random.sample(partners, k=2)]
            for fact in facts:
                told[fact.partner_id].add(fact.event_id)
            await tell(sessions, *facts)
            await journal.number_all(sessions.begin)

    await asyncio.gather(*(writes() for _ in range(10)))

    for partner in partners:
        events = await listed(sessions, partner)
        assert [event.sequence for event in events] == list(range(1, len(events) + 1))
        assert {event.event_id for event in events} == told[partner]


async def test_what_is_too_old_is_forgotten_from_the_beginning(
    sessions: Sessions, partner: UUID
) -> None:
    await tell_many(sessions, partner, 3)
    await numbers(sessions, partner)
    border = clock.now() + timedelta(seconds=1)
    async with sessions.begin() as tx:
        assert await journal.prune(tx, before=border, batch=2) == 2
    await tell_many(sessions, partner, 1)

    async with sessions.begin() as tx:
        assert await journal.span(tx, partner) == Span(pruned_to=2, newest=4)
    assert await numbers(sessions, partner) == [3, 4]


async def test_nothing_is_forgotten_before_its_time(sessions: Sessions, partner: UUID) -> None:
    await tell_many(sessions, partner, 2)
    await numbers(sessions, partner)

    async with sessions.begin() as tx:
        assert await journal.prune(tx, before=clock.now() - timedelta(days=1)) == 0
        assert await journal.span(tx, partner) == Span(pruned_to=0, newest=2)
