"""By one at a time, whoever dies, stops or changes their mind."""

import asyncio
from datetime import timedelta
from uuid import UUID

import pytest
from libs.feed.tests.news_for_tests import TERMS, Sessions, as_it_is, numbers_at, tell_numbered
from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from feed import endpoints
from feed.deliverer import Deliverer
from feed.endpoints import Because, Webhook
from feed.outside import Answer
from feed.signing import Keys, Seal
from feed.tables import webhooks
from feed.testing import Receiver
from kit import clock


async def test_many_deliverers_call_an_endpoint_one_at_a_time(
    sessions: Sessions,
    partner: UUID,
    webhook: tuple[Webhook, Keys],
    receiver: Receiver,
    deliverer: Deliverer[AsyncSession],
) -> None:
    await tell_numbered(sessions, partner, 20)

    done = await asyncio.gather(*(deliverer.deliver_some(now=clock.now()) for _ in range(8)))

    assert sorted(done) == [0] * 7 + [20]
    assert numbers_at(receiver) == list(range(1, 21))
    assert (await as_it_is(sessions, webhook[0])).cursor == 20


async def test_the_endpoint_of_a_deliverer_that_died_is_taken_over_after_its_lease(
    sessions: Sessions,
    partner: UUID,
    webhook: tuple[Webhook, Keys],
    receiver: Receiver,
    deliverer: Deliverer[AsyncSession],
) -> None:
    await tell_numbered(sessions, partner, 1)
    await _lease_it_for(sessions, webhook[0], timedelta(seconds=30))
    assert await deliverer.deliver_some(now=clock.now()) == 0

    await _lease_it_for(sessions, webhook[0], timedelta(seconds=-1))
    assert await deliverer.deliver_some(now=clock.now()) == 1
    assert numbers_at(receiver) == [1]


@pytest.mark.usefixtures("webhook")
async def test_who_stops_in_the_middle_keeps_nobody_waiting(
    sessions: Sessions,
    partner: UUID,
    seal: Seal,
    receiver: Receiver,
    deliverer: Deliverer[AsyncSession],
) -> None:
    await tell_numbered(sessions, partner, 2)
    posting = asyncio.Event()

    async def never_answers(_: str, __: dict[str, str], ___: bytes) -> Answer:
        posting.set()
        await asyncio.sleep(60)
        return Answer(200)

    stopping = Deliverer(sessions.begin, seal, never_answers, TERMS)
    delivery = asyncio.create_task(stopping.deliver_some(now=clock.now()))
    await posting.wait()
    assert await deliverer.deliver_some(now=clock.now()) == 0
    delivery.cancel()
    with pytest.raises(asyncio.CancelledError):
        await delivery

    assert await deliverer.deliver_some(now=clock.now()) == 2
    assert numbers_at(receiver) == [1, 2]


@pytest.mark.parametrize("what", ["replayed", "taken over", "moved", "disabled", "removed"])
async def test_what_changes_while_a_receiver_answers_prevails(
    sessions: Sessions, partner: UUID, webhook: tuple[Webhook, Keys], seal: Seal, what: str
) -> None:
    await tell_numbered(sessions, partner, 3)
    posted: list[str] = []

    async def post(url: str, headers: dict[str, str], body: bytes) -> Answer:
        posted.append(f"{url} {headers['webhook-id']} {len(body)}")
        if len(posted) == 2:
            await _meanwhile(sessions, webhook[0], what)
        return Answer(200)

    tried = await Deliverer(sessions.begin, seal, post, TERMS).deliver_some(now=clock.now())

    assert tried == len(posted) == 2
    if what != "removed":
        after = await as_it_is(sessions, webhook[0])
        assert after.cursor == (0 if what == "replayed" else 1)


async def _meanwhile(sessions: Sessions, webhook: Webhook, what: str) -> None:
    now = clock.now()
    async with sessions.begin() as tx:
        if what == "replayed":
            await endpoints.replay(tx, webhook, after=0, now=now)
        elif what == "moved":
            await endpoints.move(tx, webhook, "https://example.com/elsewhere")
        elif what == "disabled":
            await endpoints.disable(tx, webhook.id, Because.PARTNER, now=now)
        elif what == "removed":
            await endpoints.remove(tx, webhook)
    if what == "taken over":
        await _lease_it_for(sessions, webhook, timedelta(seconds=30))


async def _lease_it_for(sessions: Sessions, webhook: Webhook, length: timedelta) -> None:
    async with sessions.begin() as tx:
        until = clock.now() + length
        await tx.execute(
            update(webhooks)
            .where(webhooks.c.id == webhook.id)
            .values(lease=UUID(int=1), leased_until=until)
        )
