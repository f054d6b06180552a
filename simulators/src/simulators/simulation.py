"""The parts that all simulated systems share: database, switches, tasks, callbacks."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Annotated

import httpx
from fastapi import Depends, Request

from kit.db import Database, Tx
from simulators.autopilot.leftovers import Leftovers
from simulators.autopilot.switch import Journal, Switch
from simulators.callbacks import Callbacks
from simulators.faults import Faults
from simulators.population.registry import Population
from simulators.settings import Settings
from simulators.tasks import HAS_TASKS, TaskQueue


class Simulation:
    """All simulated systems of one process."""

    def __init__(self, settings: Settings, http: httpx.AsyncClient) -> None:
        self.settings = settings
        self.db = Database(str(settings.database_url), pool_size=settings.pool_size)
        self.faults = Faults(self.db)
        self.tasks = TaskQueue(self.db)
        self.callbacks = Callbacks(settings, self.tasks, self.faults, http)
        self.autopilot, self.journal = Switch(self.db), Journal(self.db)
        self.leftovers = Leftovers()
        self.population = Population(self.db)
        self.smtp_port: int | None = None

    @asynccontextmanager
    async def transaction(self) -> AsyncGenerator[Tx]:
        """Commit on the way out, then begin the tasks that were noted."""
        async with self.db.transaction() as tx:
            yield tx
        if tx.info.get(HAS_TASKS):
            self.tasks.wake()


def simulation_of(request: Request) -> Simulation:
    """Return the simulation that an application runs."""
    simulation = request.app.state.simulation
    assert isinstance(simulation, Simulation)
    return simulation


InSimulation = Annotated[Simulation, Depends(simulation_of)]
