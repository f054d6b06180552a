"""Publishing a fact: what is refused at once, and what travels with it."""

from datetime import UTC, datetime
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker
from sqlalchemy.orm import registry

from events import CATALOGUE, HoldConfirmed, HoldReleased
from events.ids import uuid7
from events.transport import Envelope, Inbox, Subscriptions, outbox, tables

Sessions = async_sessionmaker[AsyncSession]


def confirmed(hold_id: UUID) -> HoldConfirmed:
    return HoldConfirmed(
        occurred_at=datetime.now(UTC), hold_id=hold_id, number_id=uuid7(), because="PAID"
    )


def released(hold_id: UUID) -> HoldReleased:
    return HoldReleased(
        occurred_at=datetime.now(UTC), hold_id=hold_id, number_id=uuid7(), reason_code="CUSTOMER"
    )


async def envelopes(sessions: Sessions) -> list[Envelope]:
    c = tables.outbox.c
    columns = (c.event_id, c.topic, c.key, c.headers, c.payload)
    async with sessions() as session:
        rows = await session.execute(select(*columns).order_by(c.id))
        return [Envelope(*row) for row in rows]


async def test_a_fact_nobody_knows_is_refused(sessions: Sessions) -> None:
    class Impostor(HoldConfirmed):
        """Looks like an event, but has not been published."""

    del CATALOGUE["Impostor"]
    fact = Impostor.model_validate(confirmed(uuid7()).model_dump())

    async with sessions.begin() as session:
        with pytest.raises(outbox.CannotBeSent, match="Impostor is not an event"):
            await outbox.append(session, fact)


async def test_a_fact_without_a_key_is_refused(sessions: Sessions) -> None:
    keyless = confirmed(uuid7()).model_copy(update={"hold_id": None})

    async with sessions.begin() as session:
        with pytest.raises(outbox.CannotBeSent, match="HoldConfirmed has no hold_id"):
            await outbox.append(session, keyless)


async def test_a_fact_that_does_not_fit_is_refused(sessions: Sessions) -> None:
    vast = released(uuid7()).model_copy(update={"reason_code": "X" * 900_000})

    async with sessions.begin() as session:
        with pytest.raises(outbox.CannotBeSent, match="bytes, 900000 fit"):
            await outbox.append(session, vast)


async def test_an_event_says_which_event_led_to_it(sessions: Sessions) -> None:
    hold_id = uuid7()
    first = confirmed(hold_id)
    service = Subscriptions[AsyncSession]("listener")

    @service.on(HoldConfirmed)
    async def release(fact: HoldConfirmed, tx: AsyncSession) -> None:
        await outbox.append(tx, released(fact.hold_id))

    async with sessions.begin() as session:
        await outbox.append(session, first)
    [cause] = await envelopes(sessions)
    await Inbox(service, sessions.begin).take([cause])
    _, effect = await envelopes(sessions)

    assert "ce_causationid" not in cause.headers
    assert cause.headers["ce_correlationid"] == str(hold_id)
    assert effect.headers["ce_causationid"] == str(first.event_id)
    assert effect.headers["ce_correlationid"] == str(hold_id)


class Handled:
    """A row of the inbox, as an object of a session."""

    def __init__(self, consumer: str, event_id: UUID) -> None:
        self.consumer, self.event_id = consumer, event_id


async def test_what_a_transaction_changed_is_written_before_its_events(sessions: Sessions) -> None:
    """Its row lock keeps the events of one key in the order of their changes."""
    registry().map_imperatively(Handled, tables.inbox)
    event_id = uuid7()
    async with sessions() as session:
        session.add(Handled("hold", event_id))
        with session.no_autoflush:
            await outbox.append(session, confirmed(uuid7()))

            handled = await session.scalars(select(tables.inbox.c.event_id))
            assert handled.all() == [event_id]
