"""A list is read a page at a time: nothing twice, nothing skipped, nobody else's rows."""

from typing import Any
from uuid import UUID

import pytest
from libs.kit.tests.conftest import leftovers
from sqlalchemy import Row, Select, insert, select

from events.ids import uuid7
from kit.db import Database
from kit.paging import Page, UnknownCursor, page_of

ALL = select(leftovers)
IDS = sorted(uuid7() for _ in range(5))


async def pages(
    db: Database, rows: Select[Any], *, newest_first: bool, broken: UUID | None = None
) -> list[list[UUID]]:
    """Read a list to its end, two rows a page."""

    def view(row: Row[Any]) -> UUID:
        if row.id == broken:
            raise ValueError(row.id)
        seen: UUID = row.id
        return seen

    read, after = [], None
    async with db.transaction() as tx:
        while True:
            page: Page[UUID] = await page_of(
                tx, rows, leftovers.c.id, view, limit=2, after=after, newest_first=newest_first
            )
            read.append(page.items)
            after = page.next
            if after is None:
                return read


async def fill(db: Database) -> None:
    async with db.transaction() as tx:
        await tx.execute(insert(leftovers), [{"id": row_id} for row_id in IDS])


@pytest.mark.parametrize("newest_first", [False, True])
async def test_a_list_is_read_to_its_end_and_each_row_once(
    db: Database, *, newest_first: bool
) -> None:
    await fill(db)
    a, b, c, d, e = reversed(IDS) if newest_first else IDS

    assert await pages(db, ALL, newest_first=newest_first) == [[a, b], [c, d], [e]]


async def test_a_row_that_cannot_be_shown_hides_no_other(db: Database) -> None:
    await fill(db)
    a, b, c, d, e = IDS

    assert await pages(db, ALL, newest_first=False, broken=b) == [[a], [c, d], [e]]


async def test_a_page_goes_on_behind_a_row_that_has_left_the_list(db: Database) -> None:
    await fill(db)
    left = ALL.where(leftovers.c.id > IDS[2])
    async with db.transaction() as tx:
        page = await page_of(
            tx, left, leftovers.c.id, lambda row: row.id, limit=2, after=IDS[1], cursors=ALL
        )

    assert page.items == IDS[3:]


async def test_a_cursor_of_anothers_list_is_refused(db: Database) -> None:
    await fill(db)
    own = ALL.where(leftovers.c.id != IDS[1])
    async with db.transaction() as tx:
        with pytest.raises(UnknownCursor):
            await page_of(tx, own, leftovers.c.id, lambda row: row.id, limit=2, after=IDS[1])
