"""A record that no producer of ours made lies on a real topic, between good ones."""

import json
from collections.abc import Callable, Collection
from dataclasses import replace
from uuid import UUID

import pytest
from libs.events.tests.forgery import Forged, NotUtf8, put_as_one_batch
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from events import HoldConfirmed
from events.transport import tables
from events.transport.envelope import bytes_of
from events.transport.testing import Listener, keys_in_lane, parked_events, until

Sessions = async_sessionmaker[AsyncSession]
Forge = Callable[[Forged], Forged]

LANE = 3


def with_header(name: str, value: bytes) -> Forge:
    return lambda good: replace(good, headers=[*good.headers, (name, value)])


def with_type(name: str) -> Forge:
    def forge(good: Forged) -> Forged:
        return replace(good, headers=[*({**dict(good.headers), "ce_type": name.encode()}).items()])

    return forge


def with_field(**fields: str) -> Forge:
    return lambda good: replace(good, value=json.dumps(json.loads(good.value) | fields).encode())


FORGED: dict[str, tuple[Forge, str]] = {
    "no JSON": (lambda good: replace(good, value=b"\xff\x00{"), "not a HoldConfirmed: payload"),
    "a value of a header": (with_header("x-from", b"\xc3\x28"), "header x-from is not UTF-8"),
    "the name of a header": (
        with_header(NotUtf8("x-from"), b"1"),
        "the name of a header is not UTF-8",
    ),
    "a type nobody knows": (with_type("HoldEaten"), "unknown type: HoldEaten"),
    "a broken promise": (
        with_field(because="GIFT"),
        "not a HoldConfirmed: because: literal_error",
    ),
}


@pytest.mark.parametrize(("forge", "reason"), FORGED.values(), ids=FORGED.keys())
async def test_it_is_parked_as_it_came_and_only_its_own_key_waits(
    kafka: str,
    listen: Callable[[Collection[UUID]], Listener],
    sessions: Sessions,
    confirmed: Callable[[UUID], HoldConfirmed],
    forge: Forge,
    reason: str,
) -> None:
    key, other = keys_in_lane(LANE, 2)
    listener = listen([key, other])
    before, follower, later = confirmed(key), confirmed(key), confirmed(other)
    forged = forge(Forged.honest(confirmed(key)))
    good = [Forged.honest(fact) for fact in (before, follower, later)]

    await put_as_one_batch(kafka, "HoldConfirmed", LANE, [good[0], forged, *good[1:]])
    async with listener.member(kafka):
        await until(lambda: later in listener.consumed)

    # One that shared a batch with it was rolled back and handled again: its effect is there once.
    assert list(dict.fromkeys(fact.event_id for fact in listener.consumed)) == ids(before, later)
    assert await parked_events(sessions.begin) == [
        ("HoldConfirmed", "DEAD", 1),
        ("HoldConfirmed", "QUEUED", 0),
    ]
    async with sessions() as session:
        row = (
            await session.execute(select(tables.parked).where(tables.parked.c.state == "DEAD"))
        ).one()
    assert row.reason.startswith(reason)
    assert (bytes_of(row.key), row.payload) == (forged.key, forged.value)
    came = sorted((bytes_of(name), bytes_of(value)) for name, value in row.headers.items())
    assert came == sorted((name.encode(), value) for name, value in forged.headers)


def ids(*facts: HoldConfirmed) -> list[UUID]:
    return [fact.event_id for fact in facts]
