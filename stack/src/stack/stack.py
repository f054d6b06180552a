"""The whole stack: its processes, and the order of their start and stop."""

import asyncio
import os
import signal
import time
from typing import TYPE_CHECKING, Any

from deploy import databases, jars
from deploy.services import SIMULATORS
from stack import orphans
from stack.plan import Plan
from stack.process_factory import ProcessFactory
from stack.process_supervisor import Condition, ProcessSupervisor
from stack.state_folder import StateFolder

if TYPE_CHECKING:
    from collections.abc import Callable


class NoSuchProcess(Exception):
    """No process of the stack has this name."""


class Stack:
    """All processes of one stack, started and stopped in the order of their dependence."""

    def __init__(self, state: StateFolder, plan: Plan) -> None:
        self.state, self.plan = state, plan
        self.factory = ProcessFactory(state, plan)
        self.condition = Condition.STARTING
        self.took_seconds = 0.0
        self.on_change: Callable[[ProcessSupervisor], None] = lambda _: None
        self.postgres, self.fork_server = self.factory.postgres(), self.factory.fork_server()
        self.kafka = None if os.environ.get("KAFKA_BOOTSTRAP") else self.factory.kafka()
        self.services = {
            service: [self.factory.service(service, i) for i in plan.instances(service)]
            for service in plan.services
        }
        self.simulators, self.web = self.factory.simulators(), self.factory.web()
        self.media = self.factory.media() if self.factory.has_media else None
        self.gateway, self.population = self.factory.gateway(), self.factory.population()
        for supervisor in self.supervisors:
            supervisor.on_change = self._record

    @property
    def supervisors(self) -> list[ProcessSupervisor]:
        """All supervisors, in the order of the status table."""
        services = [supervisor for instances in self.services.values() for supervisor in instances]
        kafka = [self.kafka] if self.kafka else []
        infrastructure = [self.postgres, *kafka, self.fork_server]
        population = [self.population] if self.state.population.exists() else []
        media = [self.media] if self.media else []
        outer = [self.simulators, self.web, *media, self.gateway]
        return [*infrastructure, *services, *outer, *population]

    async def start(self) -> None:
        """Start all processes, each as soon as its dependencies are ready. Raises DidNotStart."""
        began = time.monotonic()
        self.state.topics_ready.unlink(missing_ok=True)
        if self.kafka:
            await asyncio.to_thread(jars.class_path)
        async with asyncio.TaskGroup() as group:
            group.create_task(self._start_kafka())
            group.create_task(self.fork_server.start())
            databases_ready = group.create_task(self._start_databases())
            for service in self.plan.services:
                group.create_task(self._start_service(service, databases_ready))
            group.create_task(self._start_simulators(databases_ready))
            group.create_task(self.web.start())
            if self.media:
                group.create_task(self.media.start())
        await self.gateway.start()
        self.took_seconds = time.monotonic() - began
        self.condition = Condition.READY
        if self.state.population.exists():
            await self.population.start()

    async def populate(self) -> None:
        """Play the demo's journeys in the background, from now on and after every start."""
        if not self.state.population.exists():
            self.state.population.touch()
            self.population.on_change = self._record
            await self.population.start()

    async def stop(self) -> None:
        """Stop all processes, dependants first."""
        self.condition = Condition.STOPPED
        await self.population.stop()
        await self.gateway.stop()
        services = [supervisor for instances in self.services.values() for supervisor in instances]
        await asyncio.gather(*(supervisor.stop() for supervisor in services))
        outer = (self.simulators, self.web, self.media)
        await asyncio.gather(*(supervisor.stop() for supervisor in outer if supervisor))
        await self.fork_server.stop()
        self.factory.fork_client.close()
        await asyncio.gather(*(k.stop() for k in (self.kafka, self.postgres) if k))
        self.state.processes.unlink(missing_ok=True)

    async def restart(self, name: str, environment: dict[str, str]) -> None:
        """Restart one process, with `environment` until its next. Raises NoSuchProcess."""
        supervisor = self._find(name)
        self.factory.extra_environment[name] = environment
        await supervisor.restart()

    def kill(self, name: str, number: signal.Signals) -> None:
        """Send one process a signal, as an accident would."""
        self._find(name).kill(number)

    def report(self) -> dict[str, Any]:
        """Return the stack's condition, addresses and processes, for `status --json`."""
        at = self.factory.addresses
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
            "processes": [self._row(supervisor) for supervisor in self.supervisors],
        }

    def _find(self, name: str) -> ProcessSupervisor:
        for supervisor in self.supervisors:
            if supervisor.name == name:
                return supervisor
        raise NoSuchProcess(name)

    def _row(self, supervisor: ProcessSupervisor) -> dict[str, Any]:
        process = supervisor.process
        return {
            "name": supervisor.name,
            "condition": supervisor.condition,
            "pid": process.pid if process and process.alive else None,
            "address": supervisor.address,
            "restarts": supervisor.restarts,
            "took_seconds": round(supervisor.took_seconds, 2),
            "log": str(self.factory.log(supervisor.name)),
        }

    def _record(self, supervisor: ProcessSupervisor) -> None:
        orphans.record(self.state.processes, self.supervisors)
        self.on_change(supervisor)

    async def _start_kafka(self) -> None:
        if self.kafka:
            await self.kafka.start()
        # Only here: importing all contracts takes long, and the broker starts meanwhile.
        from deploy.topics import ensure  # noqa: PLC0415

        await ensure(self.factory.addresses.kafka, self.plan.services)
        self.state.topics_ready.touch()

    async def _start_databases(self) -> dict[str, str]:
        await self.postgres.start()
        return await asyncio.to_thread(databases.ensure, self.factory.server, self.plan.databases)

    async def _start_service(
        self, service: str, databases_ready: "asyncio.Task[dict[str, str]]"
    ) -> None:
        notes = await databases_ready
        await self.factory.prepare(service, notes.get(service, ""))
        await asyncio.gather(*(supervisor.start() for supervisor in self.services[service]))

    async def _start_simulators(self, databases_ready: "asyncio.Task[dict[str, str]]") -> None:
        await databases_ready
        if SIMULATORS not in self.plan.missing():
            await self.simulators.start()
