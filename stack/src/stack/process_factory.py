"""The supervisors of a stack's processes: command, environment and readiness probe of each."""

import asyncio
import functools
import json
import os
import signal
import sys
from pathlib import Path

from deploy import databases, keys
from deploy.environment import Addresses, environment_of
from deploy.gateway import envoy, table
from deploy.gateway.render import render
from deploy.gateway.site import Address, Site
from deploy.services import MEDIA, SIMULATORS, WEB
from stack import freshness, kafka, media_node, postgres, probes
from stack.fork_server.client import ForkServerClient
from stack.plan import Plan
from stack.ports import LOOPBACK, Ports
from stack.process import Process, execute
from stack.process_supervisor import DidNotStart, ProcessSupervisor
from stack.state_folder import StateFolder


class ProcessFactory:
    """Makes the supervisors of one stack, with its ports, addresses and secrets."""

    def __init__(self, state: StateFolder, plan: Plan) -> None:
        self.state, self.plan = state, plan
        self.secrets = keys.ensure(state.keys)
        self.fork_client = ForkServerClient(self.log("fork-server"))
        self.extra_environment: dict[str, dict[str, str]] = {}
        """Variables of single processes besides the plan's, until their next restart."""
        self.limits = os.environ.get("CHONSO_RATE_LIMITS") != "off"
        self.has_media = "videocall" in plan.services and media_node.is_installed()
        """Whether there is a media node: npm may not have been able to fetch what it stands on."""
        self._give_ports(Ports(state.ports))

    def postgres(self) -> ProcessSupervisor:
        """Return the supervisor of PostgreSQL."""
        data, port = postgres.data_folder(self.state.home), self.postgres_port

        async def launch() -> Process:
            await asyncio.to_thread(postgres.prepare, data)
            command = postgres.server_command(data, port)
            return await execute(command, self.log("postgres"), dies_by=signal.SIGINT)

        return ProcessSupervisor(
            "postgres",
            launch,
            lambda: asyncio.to_thread(postgres.accepts, port),
            address=self.server,
            stop_with=signal.SIGINT,
            grace=20,
        )

    def kafka(self) -> ProcessSupervisor:
        """Return the supervisor of the Kafka broker."""

        async def launch() -> Process:
            port = int(self.addresses.kafka.rsplit(":", 1)[1])
            prepare = functools.partial(kafka.prepare, self.state.kafka, port, self._controller)
            command = await asyncio.to_thread(prepare)
            return await execute(command, self.log("kafka"), dies_by=signal.SIGTERM)

        probe = functools.partial(kafka.accepts, self.addresses.kafka)
        return ProcessSupervisor("kafka", launch, probe, address=self.addresses.kafka, grace=20)

    def fork_server(self) -> ProcessSupervisor:
        """Return the supervisor of the fork server."""
        return ProcessSupervisor(
            "fork-server", self.fork_client.start, self.fork_client.is_ready, grace=1
        )

    def service(self, service: str, instance: str) -> ProcessSupervisor:
        """Return the supervisor of one process of a service."""
        return self._forked(service, instance)

    def simulators(self) -> ProcessSupervisor:
        """Return the supervisor of the simulators."""
        return self._forked(SIMULATORS, SIMULATORS)

    def media(self) -> ProcessSupervisor:
        """Return the supervisor of the media node."""
        port = self.ports[MEDIA]
        own = media_node.environment(self.state.media, port, self.secrets.media)

        async def launch() -> Process:
            extra = self.extra_environment.get(MEDIA, {})
            return await execute(
                media_node.command(),
                self.log(MEDIA),
                environment={**own, **extra},
                dies_by=signal.SIGTERM,
                own_session=True,
            )

        ready = functools.partial(probes.answers, port, "/readyz")
        return ProcessSupervisor(MEDIA, launch, ready, address=self.addresses.media)

    def web(self) -> ProcessSupervisor:
        """Return the supervisor of the server of the web apps' files."""
        return self._forked(WEB, WEB)

    def gateway(self) -> ProcessSupervisor:
        """Return the supervisor of Envoy, whose configuration is rendered at each start."""
        file = self.state.home / "envoy.json"

        async def launch() -> Process:
            file.write_text(json.dumps(render(table.read(), self.site()), ensure_ascii=False))
            return await execute(envoy.command(file), self.log("gateway"))

        ready = functools.partial(probes.answers, self._admin, "/ready")
        return ProcessSupervisor("gateway", launch, ready, address=self.addresses.public, grace=3)

    def population(self) -> ProcessSupervisor:
        """Return the supervisor of the process that plays the demo's journeys."""
        command = [sys.executable, "-m", self.plan.population, self.addresses.public]

        async def launch() -> Process:
            return await execute(command, self.log("population"), dies_by=signal.SIGTERM)

        async def started() -> bool:
            return True

        return ProcessSupervisor("population", launch, started)

    async def prepare(self, service: str, note: str) -> None:
        """Run a service's migrations and seed, unless `note` is their present fingerprint."""
        fingerprint = freshness.fingerprint(service, self.plan.environment)
        if note == fingerprint or service in self.plan.factories:
            return
        process = await self.fork_client.fork(
            f"{service}-data",
            "kit.data:prepare",
            service,
            environment=self._environment(service, service),
            log=self.log(service),
        )
        if code := await process.ended:
            raise DidNotStart(service, f"could not bring its data up to date: {code}")
        await asyncio.to_thread(databases.note, self.server, service, fingerprint)

    @property
    def server(self) -> str:
        """The superuser's address of the databases' server."""
        return postgres.dsn(self.postgres_port)

    def site(self) -> Site:
        """Return the addresses for the gateway's configuration."""
        return Site(
            listen=Address(LOOPBACK, self._gateway),
            admin=Address(LOOPBACK, self._admin),
            jwks=(self.state.keys / "jwks" / "identity.json").read_text(),
            web=Address(LOOPBACK, self.ports[WEB]),
            services={
                service: [Address(LOOPBACK, self.ports[i]) for i in self.plan.instances(service)]
                for service in self.plan.services
            },
            simulators=Address(LOOPBACK, self.ports[SIMULATORS]),
            limits=self.limits,
        )

    def log(self, name: str) -> Path:
        """Return the log file of a process."""
        return self.state.logs / f"{name}.log"

    def _forked(self, service: str, instance: str) -> ProcessSupervisor:
        port = self.ports[instance]

        async def launch() -> Process:
            return await self.fork_client.fork(
                instance,
                "stack.fork_server.worker:serve",
                self.plan.factory(service),
                port,
                str(self.state.topics_ready),
                environment=self._environment(service, instance),
                log=self.log(instance),
            )

        async def ready() -> bool:
            return self.state.topics_ready.exists() and await probes.answers(port, "/readyz")

        return ProcessSupervisor(instance, launch, ready, address=f"http://{LOOPBACK}:{port}")

    def _environment(self, service: str, instance: str) -> dict[str, str]:
        own = environment_of(service, self.addresses, self.secrets, limits=self.limits)
        return {**own, **self.plan.environment, **self.extra_environment.get(instance, {})}

    def _give_ports(self, ports: Ports) -> None:
        instances = [i for service in self.plan.services for i in self.plan.instances(service)]
        self.ports = {name: ports.give(name) for name in (*instances, SIMULATORS, WEB, MEDIA)}
        self._admin, self._controller = ports.give("gateway-admin"), ports.give("kafka-controller")
        self.postgres_port = ports.give("postgres")
        self._gateway = ports.give("gateway", self.plan.port, usual=self.state.usual_port)
        public = f"http://{LOOPBACK}:{self._gateway}"
        self.addresses = Addresses(
            database=functools.partial(postgres.url, self.postgres_port),
            kafka=os.environ.get("KAFKA_BOOTSTRAP") or f"{LOOPBACK}:{ports.give('kafka')}",
            public=public,
            gateway=public,
            outside=f"http://{LOOPBACK}:{self.ports[SIMULATORS]}",
            mail=Address(LOOPBACK, ports.give("smtp")),
            mail_listens_on=LOOPBACK,
            keys=self.state.keys,
            media=f"http://{LOOPBACK}:{self.ports[MEDIA]}" if self.has_media else "",
            clock=self.state.clock,
        )
        ports.save()
