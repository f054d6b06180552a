"""Finding dead events, and reading what is known about them."""

from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from events.ids import uuid7
from events.transport import Envelope, parking
from events.transport.content import Content, content_of
from events.transport.dead_letters import FailureCount, ParkedFilter, count_failures, load, page
from events.transport.tables import parked

Sessions = async_sessionmaker[AsyncSession]
Wrapped = Callable[[UUID], Envelope]


@pytest.fixture
async def session(sessions: Sessions) -> AsyncIterator[AsyncSession]:
    async with sessions.begin() as session:
        yield session


@pytest.fixture
async def line(
    session: AsyncSession, wrapped_confirmed: Wrapped, wrapped_released: Wrapped
) -> list[Envelope]:
    """Park four events: three of one key, of which one is dead, and a dead one of another."""
    hold_id, other = uuid7(), uuid7()
    events = [wrapped_confirmed(hold_id), wrapped_released(hold_id)]
    events += [wrapped_released(hold_id), wrapped_released(other)]
    why = [("DEAD", "100% sure"), ("QUEUED", "behind"), ("QUEUED", "behind"), ("DEAD", "1000")]
    for event, (state, reason) in zip(events, why, strict=True):
        await parking.park(session, "hold", event, state, reason)  # type: ignore[arg-type]
    return events


@pytest.mark.parametrize(
    ("criteria", "positions"),
    [
        (ParkedFilter(), [0, 3]),
        (ParkedFilter(state=None), [0, 1, 2, 3]),
        (ParkedFilter(state="QUEUED"), [1, 2]),
        (ParkedFilter(topic="HoldReleased"), [3]),
        (ParkedFilter(topic="HoldReleased", state=None), [1, 2, 3]),
        (ParkedFilter(reason="100%"), [0]),  # not 1000, as a pattern would have it
        (ParkedFilter(reason="100"), [0, 3]),
        (ParkedFilter("hold"), [0, 3]),
        (ParkedFilter("order"), []),
        (ParkedFilter(event_ids=[uuid7()]), []),
        (ParkedFilter(older_than=timedelta(hours=1)), []),
    ],
)
async def test_what_is_meant_is_found_in_order(
    session: AsyncSession, line: list[Envelope], criteria: ParkedFilter, positions: list[int]
) -> None:
    letters = await page(session, criteria)

    assert [letter.event_id for letter in letters] == [line[i].event_id for i in positions]


async def test_a_journey_and_the_old_are_found(session: AsyncSession, line: list[Envelope]) -> None:
    past = datetime.now(UTC) - timedelta(hours=2)
    await session.execute(
        update(parked).where(parked.c.event_id == line[3].event_id).values(parked_at=past)
    )

    [of_key] = await page(session, ParkedFilter(key=line[0].key))
    [old] = await page(session, ParkedFilter(older_than=timedelta(hours=1)))

    assert (of_key.event_id, old.event_id) == (line[0].event_id, line[3].event_id)


async def test_a_list_is_read_page_by_page(session: AsyncSession, line: list[Envelope]) -> None:
    first = await page(session, ParkedFilter(state=None), limit=3)
    second = await page(session, ParkedFilter(state=None), after=first[-1].position, limit=3)

    assert [letter.event_id for letter in [*first, *second]] == [e.event_id for e in line]


async def test_one_is_opened_with_what_stands_behind_it(
    session: AsyncSession, line: list[Envelope]
) -> None:
    opened = await load(session, ParkedFilter(event_ids=[line[0].event_id]))

    assert opened
    assert opened.envelope == line[0]
    assert [letter.event_id for letter in opened.behind] == [e.event_id for e in line[1:3]]
    assert await load(session, ParkedFilter(event_ids=[uuid7()])) is None


@pytest.mark.usefixtures("line")
async def test_the_dead_are_counted_by_what_went_wrong(session: AsyncSession) -> None:
    counts = await count_failures(session, ParkedFilter("hold"))

    assert [(kind.reason, kind.count) for kind in counts] == [("100% sure", 1), ("1000", 1)]
    assert all(isinstance(kind, FailureCount) for kind in counts)


@pytest.mark.parametrize(
    ("raw", "at_most", "shown"),
    [
        ("Hòa mạng".encode(), 100, Content("text", "Hòa mạng", 11, whole=True)),
        ("Hòa mạng".encode(), 2, Content("text", "H", 11, whole=False)),  # ò has two bytes
        (b"\xff\xfe", 100, Content("base64", "//4=", 2, whole=True)),
        (b"\xff\xfe", 1, Content("base64", "/w==", 2, whole=False)),
        (b"\x1b[2J", 100, Content("base64", "G1sySg==", 4, whole=True)),  # clears a screen
        (b"", 100, Content("text", "", 0, whole=True)),
    ],
)
def test_any_bytes_can_be_shown(raw: bytes, at_most: int, shown: Content) -> None:
    assert content_of(raw, at_most) == shown
