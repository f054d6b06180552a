"""The stack as a whole: who waits for whom on the way up, and on the way down."""

import asyncio
import os
import signal
import time
from typing import TYPE_CHECKING, Any

from deploy import databases, jars
from deploy.services import SIMULATORS
from stack import leftovers
from stack.crew import Crew
from stack.keeper import Condition, Keeper
from stack.places import State
from stack.plan import Plan

if TYPE_CHECKING:
    from collections.abc import Callable


class NoSuchProcess(Exception):
    """Nothing of this name runs here."""


class Stack:
    """Everything that runs, in the order of its dependence."""

    def __init__(self, state: State, plan: Plan) -> None:
        self.state, self.plan = state, plan
        self.crew = Crew(state, plan)
        self.condition = Condition.STARTING
        self.took_seconds = 0.0
        self.on_change: Callable[[Keeper], None] = lambda _: None
        self.postgres, self.fork_server = self.crew.postgres(), self.crew.fork_server()
        self.kafka = None if os.environ.get("KAFKA_BOOTSTRAP") else self.crew.kafka()
        self.services = {
            service: [self.crew.service(service, i) for i in plan.instances(service)]
            for service in plan.services
        }
        self.simulators, self.gateway = self.crew.simulators(), self.crew.gateway()
        for keeper in self.keepers:
            keeper.on_change = self._note

    @property
    def keepers(self) -> list[Keeper]:
        """Everybody, in the order of a table."""
        services = [keeper for instances in self.services.values() for keeper in instances]
        kafka = [self.kafka] if self.kafka else []
        behind = [self.postgres, *kafka, self.fork_server]
        return [*behind, *services, self.simulators, self.gateway]

    async def start(self) -> None:
        """Start everything, each as soon as what it needs is there. Raises DidNotStart."""
        began = time.monotonic()
        self.state.gate.unlink(missing_ok=True)
        if self.kafka:
            await asyncio.to_thread(jars.class_path)
        async with asyncio.TaskGroup() as group:
            group.create_task(self._start_bus())
            group.create_task(self.fork_server.start())
            rooms = group.create_task(self._start_databases())
            for service in self.plan.services:
                group.create_task(self._start_service(service, rooms))
            group.create_task(self._start_simulators(rooms))
        await self.gateway.start()
        self.took_seconds = time.monotonic() - began
        self.condition = Condition.READY

    async def stop(self) -> None:
        """Stop everything, those who depend on others first."""
        self.condition = Condition.STOPPED
        await self.gateway.stop()
        services = [keeper for instances in self.services.values() for keeper in instances]
        await asyncio.gather(*(keeper.stop() for keeper in services))
        await self.simulators.stop()
        await self.fork_server.stop()
        self.crew.zygote.close()
        await asyncio.gather(*(k.stop() for k in (self.kafka, self.postgres) if k))
        self.state.processes.unlink(missing_ok=True)

    async def restart(self, name: str, environment: dict[str, str]) -> None:
        """Restart one process, which is told `environment` besides until its next restart."""
        keeper = self._find(name)
        self.crew.extras[name] = environment
        await keeper.restart()

    def kill(self, name: str, number: signal.Signals) -> None:
        """Send one process a signal, as an accident would."""
        self._find(name).kill(number)

    def report(self) -> dict[str, Any]:
        """Say how everybody is."""
        at = self.crew.addresses
        return {
            "condition": self.condition,
            "supervisor": os.getpid(),
            "took_seconds": round(self.took_seconds, 2),
            "gateway": at.public,
            "simulators": f"{at.public}/sim",
            "kafka": at.kafka,
            "postgres": self.postgres.address,
            "smtp": at.mail.port,
            "state": str(self.state.home),
            "processes": [self._line(keeper) for keeper in self.keepers],
        }

    def _find(self, name: str) -> Keeper:
        for keeper in self.keepers:
            if keeper.name == name:
                return keeper
        raise NoSuchProcess(name)

    def _line(self, keeper: Keeper) -> dict[str, Any]:
        return {
            "name": keeper.name,
            "condition": keeper.condition,
            "pid": keeper.process.pid if keeper.process and keeper.process.alive else None,
            "address": keeper.address,
            "restarts": keeper.restarts,
            "took_seconds": round(keeper.took_seconds, 2),
            "log": str(self.crew.log(keeper.name)),
        }

    def _note(self, keeper: Keeper) -> None:
        leftovers.remember(self.state.processes, self.keepers)
        self.on_change(keeper)

    async def _start_bus(self) -> None:
        if self.kafka:
            await self.kafka.start()
        # Only here: it takes long to import all the contracts, and the broker starts meanwhile.
        from deploy.topics import ensure  # noqa: PLC0415

        await ensure(self.crew.addresses.kafka, self.plan.services)
        self.state.gate.touch()

    async def _start_databases(self) -> dict[str, str]:
        await self.postgres.start()
        return await asyncio.to_thread(databases.ensure, self.crew.server, self.plan.databases)

    async def _start_service(self, service: str, rooms: "asyncio.Task[dict[str, str]]") -> None:
        notes = await rooms
        await self.crew.prepare(service, notes.get(service, ""))
        await asyncio.gather(*(keeper.start() for keeper in self.services[service]))

    async def _start_simulators(self, rooms: "asyncio.Task[dict[str, str]]") -> None:
        await rooms
        if SIMULATORS not in self.plan.missing():
            await self.simulators.start()
