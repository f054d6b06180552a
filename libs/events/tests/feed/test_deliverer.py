"""Pushing: in order, until taken, by one at a time."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from libs.events.tests.feed.told import Sessions, listed, tell_many
from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession
from standardwebhooks import Webhook as Verifier

from events.feed import endpoints, journal
from events.feed.deliverer import Deliverer, Terms
from events.feed.endpoints import Because, State, Webhook
from events.feed.entries import FeedEvent
from events.feed.outside import Answer, Caller
from events.feed.signing import Keys, Seal
from events.feed.tables import webhooks
from events.feed.testing import Receiver
from kit import clock

TERMS = Terms(lease=timedelta(seconds=30), give_up_after=timedelta(days=5), first_rest=10)


@pytest.fixture
async def deliverer(sessions: Sessions, seal: Seal) -> AsyncIterator[Deliverer[AsyncSession]]:
    caller = Caller(seconds=5, private=True)
    yield Deliverer(sessions.begin, seal, caller, TERMS)
    await caller.close()


async def _told(sessions: Sessions, partner: UUID, count: int) -> None:
    await tell_many(sessions, partner, count)
    await journal.number_all(sessions.begin)


async def _now(sessions: Sessions, webhook: Webhook) -> Webhook:
    async with sessions.begin() as tx:
        found = await endpoints.find(tx, webhook.partner_id, webhook.id)
    assert found
    return found


def _numbers(receiver: Receiver) -> list[int]:
    return [FeedEvent.model_validate_json(one.body).sequence for one in receiver.received]


async def test_everything_comes_once_in_order_and_signed(
    sessions: Sessions,
    partner: UUID,
    webhook: tuple[Webhook, Keys],
    receiver: Receiver,
    deliverer: Deliverer[AsyncSession],
) -> None:
    await _told(sessions, partner, 5)

    assert await deliverer.deliver_some(now=clock.now()) == 5
    assert await deliverer.deliver_some(now=clock.now()) == 0

    verifier = Verifier(webhook[1].shared_secret)
    for one, event in zip(receiver.received, await listed(sessions, partner), strict=True):
        assert FeedEvent.model_validate(verifier.verify(one.body, one.headers)) == event
        assert one.headers["webhook-id"] == str(event.event_id)
    assert (await _now(sessions, webhook[0])).cursor == 5


async def test_nothing_overtakes_what_was_refused(
    sessions: Sessions,
    partner: UUID,
    webhook: tuple[Webhook, Keys],
    receiver: Receiver,
    deliverer: Deliverer[AsyncSession],
) -> None:
    await _told(sessions, partner, 3)
    receiver.answers = [200, 503]
    now = clock.now()

    assert await deliverer.deliver_some(now=now) == 2
    assert await deliverer.deliver_some(now=now) == 0  # it rests
    resting = await _now(sessions, webhook[0])
    assert (resting.cursor, resting.failures, resting.failing_since) == (1, 1, now)
    assert timedelta(seconds=8) <= resting.next_try_at - now <= timedelta(seconds=12)

    await deliverer.deliver_some(now=now + timedelta(seconds=12))

    assert _numbers(receiver) == [1, 2, 2, 3]
    well = await _now(sessions, webhook[0])
    assert (well.cursor, well.failures, well.failing_since) == (3, 0, None)


def test_rests_grow_to_an_hour() -> None:
    rests = [replace(TERMS, first_rest=5).rest(n).total_seconds() for n in range(40)]

    assert all(0.8 * 5 * 2**n <= rests[n] <= 1.2 * 5 * 2**n for n in range(9))
    assert all(0.8 * 3600 <= rest <= 1.2 * 3600 for rest in rests[10:])


async def test_who_says_gone_is_called_no_more_and_reads_why(
    sessions: Sessions,
    partner: UUID,
    webhook: tuple[Webhook, Keys],
    receiver: Receiver,
    deliverer: Deliverer[AsyncSession],
) -> None:
    await _told(sessions, partner, 2)
    receiver.answers = [410]

    await deliverer.deliver_some(now=clock.now())

    gone = await _now(sessions, webhook[0])
    assert (gone.state, gone.because, gone.cursor) == (State.DISABLED, Because.GONE, 0)
    assert await deliverer.deliver_some(now=clock.now() + timedelta(days=1)) == 0
    told = (await listed(sessions, partner))[-1]
    assert (told.type, told.data["because"]) == ("WebhookDisabled", "GONE")


async def test_after_days_of_failures_it_is_disabled_and_can_be_enabled(
    sessions: Sessions,
    partner: UUID,
    webhook: tuple[Webhook, Keys],
    receiver: Receiver,
    deliverer: Deliverer[AsyncSession],
) -> None:
    await _told(sessions, partner, 1)
    receiver.answers = [500, 500]
    now = clock.now()

    await deliverer.deliver_some(now=now)
    assert (await _now(sessions, webhook[0])).state is State.ACTIVE
    await deliverer.deliver_some(now=now + TERMS.give_up_after)
    assert (await _now(sessions, webhook[0])).because is Because.FAILING

    async with sessions.begin() as tx:
        await endpoints.enable(tx, webhook[0], now=now)
    await journal.number_all(sessions.begin)
    await deliverer.deliver_some(now=now)

    assert _numbers(receiver) == [1, 1, 1, 2]  # the second tells of the end
    assert (await _now(sessions, webhook[0])).failing_since is None


async def test_many_deliverers_call_an_endpoint_one_at_a_time(
    sessions: Sessions,
    partner: UUID,
    webhook: tuple[Webhook, Keys],
    receiver: Receiver,
    deliverer: Deliverer[AsyncSession],
) -> None:
    await _told(sessions, partner, 20)

    done = await asyncio.gather(*(deliverer.deliver_some(now=clock.now()) for _ in range(8)))

    assert sorted(done) == [0] * 7 + [20]
    assert _numbers(receiver) == list(range(1, 21))
    assert (await _now(sessions, webhook[0])).cursor == 20


async def test_the_endpoint_of_a_deliverer_that_died_is_taken_over_after_its_lease(
    sessions: Sessions,
    partner: UUID,
    webhook: tuple[Webhook, Keys],
    receiver: Receiver,
    deliverer: Deliverer[AsyncSession],
) -> None:
    await _told(sessions, partner, 1)
    await _lease_it_for(sessions, webhook[0], timedelta(seconds=30))
    assert await deliverer.deliver_some(now=clock.now()) == 0

    await _lease_it_for(sessions, webhook[0], timedelta(seconds=-1))
    assert await deliverer.deliver_some(now=clock.now()) == 1
    assert _numbers(receiver) == [1]


@pytest.mark.parametrize("what", ["replayed", "taken over", "moved", "disabled", "removed"])
async def test_what_changes_while_a_receiver_answers_prevails(
    sessions: Sessions, partner: UUID, webhook: tuple[Webhook, Keys], seal: Seal, what: str
) -> None:
    await _told(sessions, partner, 3)
    posted: list[str] = []

    async def post(url: str, headers: dict[str, str], body: bytes) -> Answer:
        posted.append(f"{url} {headers['webhook-id']} {len(body)}")
        if len(posted) == 2:
            await _meanwhile(sessions, webhook[0], what)
        return Answer(200)

    tried = await Deliverer(sessions.begin, seal, post, TERMS).deliver_some(now=clock.now())

    assert tried == len(posted) == 2
    if what != "removed":
        after = await _now(sessions, webhook[0])
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
