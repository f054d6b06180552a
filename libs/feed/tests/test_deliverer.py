"""Pushing: in order, and until taken."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from libs.feed.tests.news_for_tests import (
    TERMS,
    Sessions,
    as_it_is,
    listed,
    numbers_at,
    tell_numbered,
)
from sqlalchemy.ext.asyncio import AsyncSession
from standardwebhooks import Webhook as Verifier

from feed import endpoints, journal
from feed.deliverer import Deliverer
from feed.endpoints import Because, State, Webhook
from feed.entries import FeedEvent
from feed.signing import Keys
from feed.testing import Receiver
from kit import clock


async def test_everything_comes_once_in_order_and_signed(
    sessions: Sessions,
    partner: UUID,
    webhook: tuple[Webhook, Keys],
    receiver: Receiver,
    deliverer: Deliverer[AsyncSession],
) -> None:
    await tell_numbered(sessions, partner, 5)

    assert await deliverer.deliver_some(now=clock.now()) == 5
    assert await deliverer.deliver_some(now=clock.now()) == 0

    verifier = Verifier(webhook[1].shared_secret)
    for one, event in zip(receiver.received, await listed(sessions, partner), strict=True):
        assert FeedEvent.model_validate(verifier.verify(one.body, one.headers)) == event
        assert one.headers["webhook-id"] == str(event.event_id)
    assert (await as_it_is(sessions, webhook[0])).cursor == 5


async def test_nothing_overtakes_what_was_refused(
    sessions: Sessions,
    partner: UUID,
    webhook: tuple[Webhook, Keys],
    receiver: Receiver,
    deliverer: Deliverer[AsyncSession],
) -> None:
    await tell_numbered(sessions, partner, 3)
    receiver.answers = [200, 503]
    now = clock.now()

    assert await deliverer.deliver_some(now=now) == 2
    assert await deliverer.deliver_some(now=now) == 0  # it rests
    resting = await as_it_is(sessions, webhook[0])
    assert (resting.cursor, resting.failures, resting.failing_since) == (1, 1, now)
    assert timedelta(seconds=8) <= resting.next_try_at - now <= timedelta(seconds=12)

    await deliverer.deliver_some(now=now + timedelta(seconds=12))

    assert numbers_at(receiver) == [1, 2, 2, 3]
    well = await as_it_is(sessions, webhook[0])
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
    await tell_numbered(sessions, partner, 2)
    receiver.answers = [410]

    await deliverer.deliver_some(now=clock.now())

    gone = await as_it_is(sessions, webhook[0])
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
    await tell_numbered(sessions, partner, 1)
    receiver.answers = [500, 500]
    now = clock.now()

    await deliverer.deliver_some(now=now)
    assert (await as_it_is(sessions, webhook[0])).state is State.ACTIVE
    await deliverer.deliver_some(now=now + TERMS.give_up_after)
    assert (await as_it_is(sessions, webhook[0])).because is Because.FAILING

    async with sessions.begin() as tx:
        await endpoints.enable(tx, webhook[0], now=now)
    await journal.number_all(sessions.begin)
    await deliverer.deliver_some(now=now)

    assert numbers_at(receiver) == [1, 1, 1, 2]  # the second tells of the end
    assert (await as_it_is(sessions, webhook[0])).failing_since is None
