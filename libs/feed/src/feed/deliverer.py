"""Pushing a partner's list to its endpoints: in order, one at a time, until each is taken."""

import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Final, Generic
from uuid import UUID

import structlog

from events.ids import uuid7
from events.transport.backoff import jittered
from events.transport.subscriptions import S, Transaction
from feed import journal, leases
from feed.endpoints import Because, Webhook
from feed.entries import FeedEvent
from feed.outside import Answer, Post
from feed.signing import Seal, headers_for

log = structlog.get_logger()

FIRST_REST_SECONDS: Final = 5.0
LONGEST_REST_SECONDS: Final = 3600.0


@dataclass(frozen=True)
class Terms:
    """The limits of deliveries to an endpoint."""

    lease: timedelta = timedelta(seconds=30)
    """Longer than a delivery may take; so long a killed process keeps an endpoint waiting."""
    give_up_after: timedelta = timedelta(days=5)
    first_rest: float = FIRST_REST_SECONDS
    longest_rest: float = LONGEST_REST_SECONDS
    turn: int = 100
    """The most events of one turn of an endpoint."""
    turn_seconds: float = 5.0
    """The longest turn: a slow receiver with a long list keeps no other waiting."""
    at_once: int = 2
    """The most endpoints of one partner that are called at once."""

    def rest(self, failures: int) -> timedelta:
        """Say how long an endpoint rests after so many failures in a row."""
        seconds = min(self.longest_rest, self.first_rest * 2.0 ** min(failures, 30))
        return timedelta(seconds=jittered(seconds))


class Deliverer(Generic[S]):
    """Delivers; may run several times in every replica."""

    def __init__(
        self, transaction: Transaction[S], seal: Seal, post: Post, terms: Terms = Terms()
    ) -> None:
        self._transaction, self._seal, self._post, self._terms = transaction, seal, post, terms

    async def deliver_some(self, *, now: datetime) -> int:
        """Give one endpoint that is due its turn; return how many events were tried."""
        lease = uuid7()
        async with self._transaction() as tx:
            webhook = await leases.claim(
                tx, lease, self._terms.lease, at_once=self._terms.at_once, now=now
            )
        if webhook is None:
            return 0
        try:
            return await self._turn(webhook, lease, now)
        finally:  # a deliverer that stops in the middle lets others go on at once
            async with self._transaction() as tx:
                await leases.give_back(tx, webhook, lease)

    async def send(
        self, webhook: Webhook, event: FeedEvent, *, now: datetime
    ) -> tuple[Answer, int]:
        """Post one event, whatever comes of it; return how long it took too."""
        begun = time.monotonic()
        try:
            answer = await self._post_signed(webhook, event, now)
        except Exception as error:  # noqa: BLE001, an endpoint that breaks us rests as one that is down
            log.warning("webhook_broken", webhook_id=str(webhook.id), error=type(error).__name__)
            answer = Answer(None, type(error).__name__)
        return answer, int((time.monotonic() - begun) * 1000)

    async def _post_signed(self, webhook: Webhook, event: FeedEvent, now: datetime) -> Answer:
        body = event.model_dump_json().encode()
        keys = webhook.signed_with(self._seal, now=now)
        # Receivers compare this with the true time, which the local stack's clock need not show.
        headers = headers_for(event.event_id, time.time(), body, keys)
        return await self._post(webhook.url, headers, body)

    async def _turn(self, webhook: Webhook, lease: UUID, now: datetime) -> int:
        try:
            events = await self._due(webhook)
        except Exception:
            # Nobody can read this partner's list: the endpoint rests, so that others are called.
            async with self._transaction() as tx:
                rest = self._terms.rest(webhook.failures)
                await leases.failed(tx, webhook, lease, rest=rest, now=now)
            raise
        before, failures = webhook.cursor, webhook.failures
        end = time.monotonic() + self._terms.turn_seconds
        for tried, event in enumerate(events, start=1):
            answer, took_ms = await self.send(webhook, event, now=now)
            async with self._transaction() as tx:
                if answer.is_taken:
                    length = self._terms.lease
                    ours = await leases.taken(tx, webhook, lease, length, event, before=before)
                else:
                    rest = self._terms.rest(failures)
                    ours = await self._failed(tx, webhook, lease, answer, rest=rest, now=now)
                if ours:
                    await leases.record(tx, webhook, event, answer, took_ms)
            if not (ours and answer.is_taken) or time.monotonic() >= end:
                return tried
            before, failures = event.sequence, 0
        return len(events)

    async def _due(self, webhook: Webhook) -> list[FeedEvent]:
        async with self._transaction() as tx:
            return await journal.read(
                tx, webhook.partner_id, after=webhook.cursor, limit=self._terms.turn
            )

    async def _failed(
        self,
        tx: S,
        webhook: Webhook,
        lease: UUID,
        answer: Answer,
        *,
        rest: timedelta,
        now: datetime,
    ) -> bool:
        since = await leases.failed(tx, webhook, lease, rest=rest, now=now)
        if since is None:
            return False
        if answer.status == HTTPStatus.GONE:
            await leases.end(tx, webhook, Because.GONE, now=now)
        elif now - since >= self._terms.give_up_after:
            await leases.end(tx, webhook, Because.FAILING, now=now)
        return True
