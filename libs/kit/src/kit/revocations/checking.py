"""Check of access tokens against the revocations in the database, a second old at most."""

import asyncio
import time
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import select

from kit.db import Database
from kit.revocations.tables import changed_staff, ended_sessions

FRESH_SECONDS: Final = 1.0
"""Seconds for which what was read is used: one request in that time reads for all of them."""


class Revocations:
    """The revocations within the life of an access token, as this process last read them."""

    def __init__(self, db: Database, *, fresh_seconds: float = FRESH_SECONDS) -> None:
        self._db, self._fresh_seconds = db, fresh_seconds
        self._read_at = float("-inf")
        self._sessions: frozenset[UUID] = frozenset()
        self._staff: dict[UUID, datetime] = {}
        self._reading = asyncio.Lock()

    async def refuses(
        self, *, session_id: UUID | None, subject_id: UUID, as_of: datetime | None
    ) -> bool:
        """Tell whether a token of this sign-in, with duties as of that moment, is revoked."""
        if self._is_old():
            async with self._reading:
                if self._is_old():
                    await self._read()
        changed_at = self._staff.get(subject_id)
        outdated = changed_at is not None and (as_of is None or as_of < changed_at)
        return outdated or session_id in self._sessions

    def _is_old(self) -> bool:
        return time.monotonic() - self._read_at >= self._fresh_seconds

    async def _read(self) -> None:
        began = time.monotonic()
        async with self._db.transaction() as tx:
            self._sessions = frozenset(await tx.scalars(select(ended_sessions.c.session_id)))
            staff = await tx.execute(select(changed_staff.c.subject_id, changed_staff.c.as_of))
            self._staff = {row.subject_id: row.as_of for row in staff}
        self._read_at = began
