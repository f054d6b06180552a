"""The outbox: events are committed with the change that caused them, and sent afterwards."""

import asyncio
from typing import Any, Final
from zlib import crc32

from sqlalchemy import event as hooks
from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session

from events.facts.base import CATALOGUE, Event
from events.transport import faultpoints
from events.transport.compatibility import has_changes
from events.transport.envelope import Envelope
from events.transport.tables import outbox
from events.transport.tracing import headers_for

SHARDS: Final = 8
MAX_BYTES: Final = 900_000
"""Of an event with all its headers. Kafka takes a mebibyte; a batch must not fail for its size."""

wakeups: Final[set[asyncio.Event]] = set()
"""Set when a transaction of this process has committed events: its relays wait for one of them."""


class CannotBeSent(ValueError):
    """An event that would never reach Kafka; refused here, where the caller can answer for it."""


async def append(session: AsyncSession, *events: Event) -> None:
    """Add events to the outbox: they are sent after, and only if, the transaction commits.

    An unknown type, a missing key or more than `MAX_BYTES` raise `CannotBeSent`.
    """
    for event in events:
        if CATALOGUE.get(event.topic) is not type(event):
            raise CannotBeSent(f"{type(event).__name__} is not an event anybody could read.")
        if getattr(event, event.keyed_by) in (None, ""):
            raise CannotBeSent(f"{event.topic} has no {event.keyed_by}, which is its key.")
    await put(session, *(Envelope.around(event, headers_for(event)) for event in events))


async def put(session: AsyncSession, *envelopes: Envelope) -> None:
    """Add events that are wrapped already."""
    # What changed is written first. Its row lock makes the ids of one key follow its changes, and
    # the transaction has its own id before it takes a row id: the relay's watermark counts on both.
    if has_changes(session):
        await session.flush()
    rows = [_row(envelope) for envelope in envelopes]
    if rows:
        await session.execute(insert(outbox), rows)
        session.info.setdefault(append, set()).update(envelope.topic for envelope in envelopes)


def shard_of(key: str) -> int:
    """Return the shard that keeps the events of a key in order."""
    return crc32(key.encode()) % SHARDS


def wake_relays() -> None:
    """Let the relays of this process read the outbox now."""
    for wakeup in wakeups:
        wakeup.set()


def _row(envelope: Envelope) -> dict[str, Any]:
    headers = envelope.headers
    size = sum(len(text.encode()) for pair in headers.items() for text in pair)
    size += len(envelope.payload) + len(envelope.key.encode())
    # A row that cannot be sent would block its shard.
    if size > MAX_BYTES:
        raise CannotBeSent(f"{envelope.topic} has {size} bytes, {MAX_BYTES} fit.")
    return {
        "shard": shard_of(envelope.key),
        "event_id": envelope.event_id,
        "topic": envelope.topic,
        "key": envelope.key,
        "headers": headers,
        "payload": envelope.payload,
    }


@hooks.listens_for(Session, "after_commit")
def _wake_relays(session: Session) -> None:
    if append in session.info:
        wake_relays()


@hooks.listens_for(Session, "before_commit")
def _reach_before_commit(session: Session) -> None:
    if faultpoints.ARMED is None or session.in_nested_transaction():
        return  # a savepoint is not the end
    published = [CATALOGUE[topic] for topic in session.info.get(append, ()) if topic in CATALOGUE]
    moments = {(event.source, event.topic) for event in published}
    for service, topic in moments | session.info.get(faultpoints.HANDLED_BY, set()):
        faultpoints.reach("before_commit", service, topic)
