"""Whatever lies on a topic: nothing is lost, nothing crashes, and the good events go on."""

import json
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from aiokafka import ConsumerRecord
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from events import CATALOGUE, HoldConfirmed
from events.ids import uuid7
from events.transport import Inbox, Subscriptions, tables
from events.transport.envelope import Envelope, bytes_of, text_of

Sessions = async_sessionmaker[AsyncSession]

FACT = HoldConfirmed(
    occurred_at=datetime(2026, 11, 2, 5, tzinfo=UTC),
    hold_id=uuid7(),
    number_id=uuid7(),
    because="PAID",
)
GOOD = Envelope.around(FACT)


def record(**differently: Any) -> ConsumerRecord[Any, Any]:
    headers = GOOD.headers | differently.pop("headers", {})
    parts: dict[str, Any] = {
        "topic": "HoldConfirmed",
        "partition": 2,
        "offset": 31,
        "timestamp": 0,
        "timestamp_type": 0,
        "key": GOOD.key.encode(),
        "value": GOOD.payload,
        "checksum": None,
        "serialized_key_size": 0,
        "serialized_value_size": 0,
        "headers": [(n, v if isinstance(v, bytes) else v.encode()) for n, v in headers.items()],
    }
    return ConsumerRecord(**parts | differently)


def changed(**fields: Any) -> bytes:
    return json.dumps(json.loads(GOOD.payload) | fields).encode()


POISON = {
    "a value that is not JSON": record(value=b"\xff\x00{"),
    "no value": record(value=None),
    "a field of the wrong kind": record(value=changed(because="GIFT")),
    "no key": record(key=None),
    "another's key": record(key=str(uuid7()).encode()),
    "a key that is not text": record(key=b"\xff\xfe\x00"),
    "a type nobody knows": record(headers={"ce_type": "HoldEaten"}),
    "a topic nobody knows": record(topic="HoldEaten", headers={"ce_type": "HoldEaten"}),
    "an id that is none": record(headers={"ce_id": "7"}),
    "an id that is not text": record(headers={"ce_id": b"\xc3\x28"}),
    "a type that is not text": record(headers={"ce_type": b"\xff\x00\xff"}),
    "another header that is not text": record(headers={"x-trace": b"\xff\x00"}),
}


@pytest.fixture
def consumed() -> list[UUID]:
    return []


@pytest.fixture
def inbox(sessions: Sessions, consumed: list[UUID]) -> Inbox[AsyncSession]:
    listener = Subscriptions[AsyncSession]("listener")

    @listener.on(HoldConfirmed)
    async def note(fact: HoldConfirmed, _: AsyncSession) -> None:
        consumed.append(fact.hold_id)

    return Inbox(listener, sessions.begin)


@pytest.mark.parametrize("poison", POISON.values(), ids=POISON.keys())
async def test_what_no_handler_can_be_given_is_kept_as_it_came(
    inbox: Inbox[AsyncSession],
    sessions: Sessions,
    consumed: list[UUID],
    poison: ConsumerRecord[Any, Any],
) -> None:
    other = FACT.model_copy(update={"event_id": uuid7(), "hold_id": uuid7()})

    await inbox.take([Envelope.of(poison), Envelope.around(other)])

    assert consumed == [other.hold_id]
    async with sessions() as session:
        [row] = await session.execute(select(tables.parked))
        [letter] = await session.execute(select(tables.outbox))
    assert (row.state, row.attempts, row.topic) == ("DEAD", 1, poison.topic)
    assert (row.partition, row.offset) == (2, 31)
    assert row.payload == (poison.value or b"")
    assert bytes_of(row.key) == (poison.key or b"")
    assert [(n, bytes_of(v)) for n, v in sorted(row.headers.items())] == sorted(poison.headers)
    assert (letter.topic, letter.payload) == ("dlq.listener", row.payload)
    assert letter.headers["dlq-reason"] == row.reason
    assert "GIFT" not in row.reason  # the rule, not the value


async def test_a_letter_that_is_too_large_for_the_bus_says_where_the_whole_of_it_is(
    inbox: Inbox[AsyncSession], sessions: Sessions
) -> None:
    await inbox.take([Envelope.of(record(value=b"x" * 1_000_000))])

    async with sessions() as session:
        [row] = await session.execute(select(tables.parked))
        [letter] = await session.execute(select(tables.outbox))
    assert len(row.payload) == 1_000_000
    assert letter.payload == b""
    assert letter.headers["dlq-left-out"] == "headers, payload"


def test_a_repeated_header_is_kept() -> None:
    plain = record()
    object.__setattr__(plain, "headers", [("a", b"1"), ("a", b"2"), ("b", None)])

    assert Envelope.of(plain).headers == {"a": "1", "a#2": "2", "b": ""}


@pytest.mark.parametrize("raw", [b"", b"plain", "Hòa mạng".encode(), b"\xff", b"a\0b", b"base64:"])
def test_any_bytes_can_be_kept_as_text(raw: bytes) -> None:
    text = text_of(raw)

    assert bytes_of(text) == raw
    assert "\0" not in text


def test_an_event_survives_the_journey() -> None:
    there = Envelope.of(record())

    assert there.open() == FACT
    assert CATALOGUE[there.topic] is HoldConfirmed
