"""The switch of the autopilot, kept on disk, and the journal of the work that was done."""

import asyncio
from datetime import datetime
from typing import Final

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, mapped_column

from events.ids import uuid7
from kit.db import Database
from simulators.tables import Base

KEPT: Final = 500
"""Lines of the journal that are kept, the latest ones."""


class SwitchRow(Base):
    """The switch as it was last set; one row."""

    __tablename__ = "autopilot"

    id: Mapped[int] = mapped_column(primary_key=True)
    on: Mapped[bool]


class Line(Base):
    """One thing that staff on autopilot did for one journey."""

    __tablename__ = "autopilot_lines"

    id: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    hold_id: Mapped[str] = mapped_column(index=True)
    hold_code: Mapped[str]
    person: Mapped[str]
    text: Mapped[str]
    sim_serial: Mapped[str | None]


class Switch:
    """On or off; off until somebody turns it on."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._turned_on = asyncio.Event()

    @property
    def on(self) -> bool:
        """Whether staff work by themselves."""
        return self._turned_on.is_set()

    async def load(self) -> None:
        """Take the switch up as it was left."""
        async with self._db.transaction() as tx:
            self._set(on=bool(await tx.scalar(select(SwitchRow.on))))

    async def set(self, *, on: bool) -> None:
        """Turn the autopilot on or off."""
        async with self._db.transaction() as tx:
            add = insert(SwitchRow).values(id=1, on=on)
            await tx.execute(
                add.on_conflict_do_update(index_elements=["id"], set_={"on": add.excluded.on})
            )
        self._set(on=on)

    async def wait_until_on(self) -> None:
        """Return as soon as the switch is on."""
        await self._turned_on.wait()

    def _set(self, *, on: bool) -> None:
        if on:
            self._turned_on.set()
        else:
            self._turned_on.clear()


class Journal:
    """The work that was done, for people to read: also the serial of the SIM they were given."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def write(self, line: Line) -> None:
        """Add a line, and drop those that are too old to be of interest."""
        async with self._db.transaction() as tx:
            tx.add(line)
            await tx.flush()
            latest = select(Line.id).order_by(Line.id.desc()).limit(KEPT)
            await tx.execute(delete(Line).where(Line.id.not_in(latest)))

    async def latest(self, limit: int, hold_id: str | None = None) -> list[Line]:
        """Return the latest lines first, of all journeys or of one."""
        lines = select(Line).order_by(Line.id.desc()).limit(limit)
        if hold_id is not None:
            lines = lines.where(Line.hold_id == hold_id)
        async with self._db.transaction() as tx:
            return list(await tx.scalars(lines))


def line(
    person: str,
    text: str,
    *,
    hold_id: str,
    hold_code: str | None = None,
    sim_serial: str | None = None,
    now: datetime,
) -> Line:
    """Return a line of the journal."""
    return Line(
        id=str(uuid7()),
        at=now,
        hold_id=hold_id,
        hold_code=hold_code or "",
        person=person,
        text=text,
        sim_serial=sim_serial,
    )
