"""The processes of a run: PostgreSQL, Kafka, two replicas of videocall, two media nodes."""

import asyncio
import signal
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Final
from uuid import UUID

import psycopg
from sqlalchemy import text

from chaos.calls.balancer import Balancer
from chaos.calls.plan import NODES, REPLICAS
from chaos.processes import RestartableProcess
from chaos.servers import Servers
from deploy import keys
from events import Region
from events.transport import topics
from kit import migrations
from kit.db import Database
from stack import media_node, postgres
from stack.ports import LOOPBACK, Ports

REGIONS: Final[tuple[Region, ...]] = ("KV1", "KV2")
JOURNEY: Final = text(
    """
    insert into journey (hold_id, customer_id, region, team, newest_session, newest_attempt,
        checked_session, checked_attempt, checked_at)
    values (:hold, :customer, :region, :team, :hold, 1, :hold, 1, :now)
    """
)


class Testbed:
    """All processes of a run, and the folder of their data and logs."""

    def __init__(self, home: Path, mutations: list[str]) -> None:
        self.home, self._mutations = home, mutations
        self.keys = home / "keys"
        self._secrets = keys.ensure(self.keys)
        self.replicas: list[RestartableProcess] = []
        self.nodes: list[RestartableProcess] = []

    async def start(self) -> None:
        """Start everything, and return when it answers."""
        self._servers = await asyncio.to_thread(Servers, self.home)
        await self._servers.prepare(topics.needed())
        self.kafka = self._servers.kafka
        port = int(self._servers.database_url.rpartition(":")[2].partition("/")[0])
        self.database_url = postgres.url(port, database="videocall")
        with psycopg.connect(postgres.dsn(port), autocommit=True) as admin:
            admin.execute(b"create database videocall")
        await asyncio.to_thread(migrations.upgrade, "videocall", self.database_url)
        self.db = Database(self.database_url, pool_size=4)
        ports = Ports(self.home / "ports.json")
        node_ports = [ports.give(f"media-{n}") for n in range(NODES)]
        self.node_addresses = [f"http://{LOOPBACK}:{port}" for port in node_ports]
        self.nodes = [self._node(n, port) for n, port in enumerate(node_ports)]
        replica_ports = [ports.give(f"videocall-{n}") for n in range(REPLICAS)]
        self.replicas = [self._replica(n, port) for n, port in enumerate(replica_ports)]
        self.balancer = Balancer(replica_ports)
        await self.balancer.start()
        await self.balancer.until_all_answer()

    async def stop(self) -> None:
        """Stop everything; the database goes last."""
        processes = (*self.replicas, *self.nodes)
        await asyncio.gather(*(process.stop() for process in processes))
        if self.replicas:
            await self.balancer.stop()
            await self.db.engine.dispose()
        await asyncio.to_thread(self._servers.stop)

    async def add_journeys(self, journeys: list[tuple[UUID, UUID, Region]]) -> None:
        """Let holds be ready for a call: each with its customer and region."""
        now = datetime.now(UTC)
        rows = [
            {"hold": hold, "customer": customer, "region": region, "team": f"{region}-CALL"}
            for hold, customer, region in journeys
        ]
        async with self.db.transaction() as tx:
            await tx.execute(JOURNEY, [row | {"now": now} for row in rows])

    def file_of(self, node: str, name: str) -> Path:
        """Return the file of a part on the disk of a node, which has the name in its calls."""
        return self._folder(self.node_addresses.index(node)) / f"{name}.webm.sealed"

    async def kill_node(self, number: int, away: float) -> None:
        """Kill a media node, and start it again on its folder after so many seconds."""
        await self.nodes[number].restart_after(signal.SIGKILL, away=away)

    def _replica(self, number: int, port: int) -> RestartableProcess:
        command = [sys.executable, "-m", "chaos.calls.replica", str(port), *self._mutations]
        environment = {
            "VIDEOCALL_DATABASE_URL": self.database_url,
            "VIDEOCALL_KEYS_DIR": str(self.keys),
            "VIDEOCALL_KAFKA_SERVERS": self.kafka,
            "VIDEOCALL_ALWAYS_OPEN": "true",
            "VIDEOCALL_MEDIA_NODES": ",".join(self.node_addresses),
            "VIDEOCALL_MEDIA_SECRET": self._secrets.media,
            "VIDEOCALL_MEDIA_OPTIONAL": "true",
            "VIDEOCALL_SHORTEST_RECORDING_SECONDS": "2",
        }
        return RestartableProcess(command, self.home / f"videocall-{number}.log", environment)

    def _node(self, number: int, port: int) -> RestartableProcess:
        folder = self._folder(number)
        folder.mkdir(parents=True, exist_ok=True)
        environment = media_node.environment(folder, port, self._secrets.media)
        log = self.home / f"media-{number}.log"
        return RestartableProcess(media_node.command(), log, environment)

    def _folder(self, number: int) -> Path:
        return self.home / f"media-{number}"
