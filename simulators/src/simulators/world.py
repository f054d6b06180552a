"""What every system stands on: one database, the switchboard, chores, callbacks."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Annotated

import httpx
from fastapi import Depends, Request

from kit.db import Database, Tx
from simulators.callbacks import Callbacks
from simulators.chores import WAKES, Chores
from simulators.faults import Faults
from simulators.settings import Settings


class World:
    """The outside world of one process."""

    def __init__(self, settings: Settings, http: httpx.AsyncClient) -> None:
        self.settings = settings
        self.db = Database(str(settings.database_url), pool_size=settings.pool_size)
        self.faults = Faults(self.db)
        self.chores = Chores(self.db)
        self.callbacks = Callbacks(settings, self.chores, self.faults, http)
        self.smtp_port: int | None = None

    @asynccontextmanager
    async def transaction(self) -> AsyncGenerator[Tx]:
        """Commit on the way out, then begin the chores that were written down."""
        async with self.db.transaction() as tx:
            yield tx
        if tx.info.get(WAKES):
            self.chores.wake()


def world_of(request: Request) -> World:
    """Return the world an app stands in."""
    world = request.app.state.world
    assert isinstance(world, World)
    return world


Outside = Annotated[World, Depends(world_of)]
