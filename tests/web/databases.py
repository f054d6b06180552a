"""The databases of a running suite, for what only time or a bug brings about."""

from datetime import UTC, datetime, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import TextClause, make_url, text
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from events import SessionEnded
from events.ids import uuid7
from events.transport import Envelope, parking
from kit.db import Tx

A_MONTH: Final = timedelta(days=30)
_STAGE_AGES: Final = text("""
    update journey_stage set since = since - :age, due_at = due_at - :age where hold_id = :id
""")
_BROKEN_LINE_AGES: Final = text("""
    update call set dropped_at = dropped_at - :age where id = :id and status = 'DROPPED'
""")
_DESK_AGES: Final = text("""
    update presence set seen_at = seen_at - :age
    where agent_id = (select agent_id from call where id = :id)
""")


class Databases:
    """Makes rows older, and leaves there what a bug would have left."""

    def __init__(self, server: str) -> None:
        self._server = make_url(server).set(drivername="postgresql+psycopg")
        self.engines: list[AsyncEngine] = []

    def of(self, service: str) -> AsyncEngine:
        """Open the database of a service."""
        self.engines.append(create_async_engine(self._server.set(database=service)))
        return self.engines[-1]

    async def grow_old(self, hold_id: str) -> None:
        """Let a journey have stood where it stands for a month longer."""
        await self._age("order", _STAGE_AGES, hold_id, A_MONTH)

    async def line_was_broken_for(self, call_id: str, age: timedelta) -> None:
        """Let the line of a call have broken so much sooner."""
        await self._age("videocall", _BROKEN_LINE_AGES, call_id, age)

    async def desk_was_silent_for(self, call_id: str, age: timedelta) -> None:
        """Let the desk of a call's agent have been heard of so much sooner."""
        await self._age("videocall", _DESK_AGES, call_id, age)

    async def park_dead(self, service: str) -> str:
        """Let a service have given up an event that it would handle now; return its id."""
        ended = SessionEnded(occurred_at=datetime.now(UTC), subject_id=uuid7(), session_id=uuid7())
        async with Tx(self.of(service)) as tx, tx.begin():
            await parking.park(
                tx, service, Envelope.around(ended), "DEAD", "ValueError", attempts=10
            )
        return str(ended.event_id)

    async def _age(self, service: str, update: TextClause, of: str, age: timedelta) -> None:
        async with self.of(service).begin() as connection:
            aged = await connection.execute(update, {"id": UUID(of), "age": age})
            assert aged.rowcount == 1
