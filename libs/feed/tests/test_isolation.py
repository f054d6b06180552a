"""A partner's bad endpoint, long list or slow receiver keeps no other's news back."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from libs.feed.tests.news_for_tests import (
    TERMS,
    Sessions,
    as_it_is,
    numbers_at,
    tell_many,
    tell_numbered,
)
from sqlalchemy import func, select, text
from sqlalchemy.exc import DataError
from sqlalchemy.ext.asyncio import AsyncSession

from events.ids import uuid7
from feed.deliverer import Deliverer
from feed.endpoints import Webhook, create
from feed.journal import number_all
from feed.leases import claim
from feed.outside import Answer
from feed.signing import Keys, Seal
from feed.tables import partner_events
from feed.testing import Receiver
from kit import clock

Endpoint = Callable[..., Awaitable[Webhook]]


@pytest.fixture
def endpoint(sessions: Sessions, seal: Seal) -> Endpoint:
    """Register one more endpoint, due a minute ago: `endpoint(partner_id)`."""

    async def register(partner_id: UUID | None = None, url: str | None = None) -> Webhook:
        due = clock.now() - timedelta(minutes=1)
        async with sessions.begin() as tx:
            address = url or f"https://{uuid7()}.example/in"
            made = await create(tx, partner_id or uuid7(), address, after=None, seal=seal, now=due)
        return made[0]

    return register


class Breaking:
    """Raises what nobody has thought of, except at one address."""

    def __init__(self, good: str = "") -> None:
        self.good, self.called = good, list[str]()

    async def __call__(self, url: str, _: dict[str, str], __: bytes) -> Answer:
        self.called.append(url)
        if url != self.good:
            raise TypeError(url)
        return Answer(200)


async def test_an_endpoint_that_breaks_the_deliverer_rests_and_the_others_are_told(
    sessions: Sessions, seal: Seal, endpoint: Endpoint
) -> None:
    bad = [await endpoint() for _ in range(5)]
    good = await endpoint()
    post = Breaking(good.url)
    deliverer = Deliverer(sessions.begin, seal, post, TERMS)
    for one in [*bad, good]:
        await tell_numbered(sessions, one.partner_id, 1)
    now = clock.now()

    tried = [await deliverer.deliver_some(now=now) for _ in range(7)]

    assert tried == [1, 1, 1, 1, 1, 1, 0]  # then all rest, or have it
    assert (await as_it_is(sessions, good)).cursor == 1
    for one in bad:
        resting = await as_it_is(sessions, one)
        assert (resting.failures, resting.cursor) == (1, 0)
        assert resting.next_try_at > now + timedelta(seconds=5)


async def test_a_list_that_cannot_be_read_rests_and_the_others_are_told(
    sessions: Sessions,
    webhook: tuple[Webhook, Keys],
    receiver: Receiver,
    deliverer: Deliverer[AsyncSession],
    endpoint: Endpoint,
) -> None:
    unreadable = await endpoint()
    for one in (unreadable, webhook[0]):
        await tell_numbered(sessions, one.partner_id, 1)
    async with sessions.begin() as tx:
        spoilt = "update partner_event set timestamp = '0044-03-15 BC' where partner_id = :its"
        await tx.execute(text(spoilt), {"its": unreadable.partner_id})
    now = clock.now()

    with pytest.raises(DataError):
        await deliverer.deliver_some(now=now)
    assert await deliverer.deliver_some(now=now) == 1
    assert await deliverer.deliver_some(now=now) == 0

    assert numbers_at(receiver) == [1]
    assert (await as_it_is(sessions, unreadable)).failures == 1


async def test_news_that_cannot_be_read_keep_nobody_elses_back(sessions: Sessions) -> None:
    bad, good = uuid7(), uuid7()
    await tell_many(sessions, bad, 1)
    await tell_many(sessions, good, 1)
    async with sessions.begin() as tx:
        spoilt = "update partner_news set timestamp = '0044-03-15 BC' where partner_id = :its"
        await tx.execute(text(spoilt), {"its": bad})

    assert await number_all(sessions.begin) == 1

    async with sessions.begin() as tx:
        assert await tx.scalar(select(func.count()).select_from(partner_events)) == 1


async def test_a_long_list_goes_to_the_end_of_the_line_after_its_turn(
    sessions: Sessions,
    webhook: tuple[Webhook, Keys],
    receiver: Receiver,
    seal: Seal,
    endpoint: Endpoint,
) -> None:
    long = await endpoint()
    post = Breaking(long.url)
    deliverer = Deliverer(sessions.begin, seal, post, replace(TERMS, turn=2))
    await tell_numbered(sessions, long.partner_id, 7)
    await tell_numbered(sessions, webhook[0].partner_id, 1)

    for _ in range(3):
        await deliverer.deliver_some(now=clock.now())

    assert post.called == [long.url, long.url, receiver.url, long.url, long.url]


async def test_a_slow_receiver_gives_its_turn_up_after_some_seconds(
    sessions: Sessions, seal: Seal, endpoint: Endpoint
) -> None:
    slow = await endpoint()
    deliverer = Deliverer(
        sessions.begin, seal, Breaking(slow.url), replace(TERMS, turn_seconds=0.0)
    )
    await tell_numbered(sessions, slow.partner_id, 3)

    assert await deliverer.deliver_some(now=clock.now()) == 1
    assert (await as_it_is(sessions, slow)).cursor == 1


async def test_a_partner_with_many_endpoints_has_two_of_them_called_at_once(
    sessions: Sessions, partner: UUID, endpoint: Endpoint, webhook: tuple[Webhook, Keys]
) -> None:
    other = uuid7()
    for _ in range(5):
        await endpoint(other)
    await tell_numbered(sessions, other, 1)
    await tell_numbered(sessions, partner, 1)

    async def claimed() -> UUID | None:
        async with sessions.begin() as tx:
            endpoint = await claim(tx, uuid7(), TERMS.lease, at_once=2, now=clock.now())
        return endpoint.partner_id if endpoint else None

    assert [await claimed() for _ in range(4)] == [other, other, webhook[0].partner_id, None]
