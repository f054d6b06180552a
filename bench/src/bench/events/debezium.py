"""Debezium's outbox: Kafka Connect, its PostgreSQL connector and its event router."""

import asyncio
import signal
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import psycopg
from sqlalchemy import make_url

from bench.events.facts import TOPIC
from bench.events.place import Place
from deploy import jars
from deploy.paths import CACHE
from events.ids import uuid7
from events.transport import topics
from stack import kafka
from stack.parent_death import before_exec
from stack.ports import LOOPBACK, Ports
from stack.probes import wait_until

CONNECT: Final = "org.apache.kafka:connect-runtime:4.1.1"
CONNECTOR: Final = "io.debezium:debezium-connector-postgres:3.3.1.Final"
ROUTED: Final = f"debezium.{TOPIC}"

_WORKER: Final = {
    "key.converter": "org.apache.kafka.connect.storage.StringConverter",
    "value.converter": "org.apache.kafka.connect.converters.ByteArrayConverter",
    "plugin.discovery": "only_scan",
}
_CONNECTOR: Final = {
    "name": "outbox",
    "connector.class": "io.debezium.connector.postgresql.PostgresConnector",
    "database.hostname": LOOPBACK,
    "database.password": "trusted",
    "topic.prefix": "bench",
    "plugin.name": "pgoutput",
    "publication.autocreate.mode": "filtered",
    "table.include.list": "public.outbox",
    "snapshot.mode": "no_data",
    "binary.handling.mode": "bytes",
    "tombstones.on.delete": "false",
    "transforms": "outbox",
    "transforms.outbox.type": "io.debezium.transforms.outbox.EventRouter",
    "transforms.outbox.table.field.event.id": "event_id",
    "transforms.outbox.table.field.event.key": "key",
    "transforms.outbox.table.field.event.payload": "payload",
    "transforms.outbox.route.by.field": "topic",
    "transforms.outbox.route.topic.replacement": "debezium.${routedByValue}",
}


@contextmanager
def running(place: Place, database: str, more: Mapping[str, str]) -> Iterator[None]:
    """Let Debezium send what is in the outbox of a database, while the block runs."""
    slot = f"debezium_{uuid7().hex[-12:]}"
    folder = place.folder / slot
    folder.mkdir()
    address = make_url(database)
    connector = {
        **_CONNECTOR,
        "database.port": str(address.port),
        "database.user": str(address.username),
        "database.dbname": str(address.database),
        "slot.name": slot,
        "publication.name": slot,
        **more,
    }
    asyncio.run(topics.ensure(place.kafka, [ROUTED]))
    with (folder / "connect.log").open("wb") as log:
        process = subprocess.Popen(  # noqa: S603 # our own words
            _command(place, folder, connector),
            stdout=log,
            stderr=log,
            preexec_fn=before_exec(signal.SIGTERM),  # noqa: PLW1509 # two system calls, no locks
        )
    try:
        wait_until(lambda: _reads(place, slot), process, seconds=90)
        yield
    finally:
        process.terminate()
        process.wait(30)


def _command(place: Place, folder: Path, connector: Mapping[str, str]) -> list[str]:
    worker = {
        **_WORKER,
        "bootstrap.servers": place.kafka,
        "offset.storage.file.filename": str(folder / "offsets"),
        "listeners": f"http://{LOOPBACK}:{Ports(folder / 'ports.json').give('connect')}",
    }
    files = []
    for name, settings in (("worker", worker), ("connector", connector)):
        files.append(folder / f"{name}.properties")
        files[-1].write_text("".join(f"{key}={value}\n" for key, value in settings.items()))
    path = jars.class_path(CACHE / "debezium", f"{CONNECT}+{CONNECTOR}+{jars.LOGGING}")
    main = "org.apache.kafka.connect.cli.ConnectStandalone"
    return [kafka.java(), "-Xmx512m", "-cp", path, main, *map(str, files)]


def _reads(place: Place, slot: str) -> bool:
    with psycopg.connect(place.postgres.dsn, autocommit=True) as connection:
        active = "select active from pg_replication_slots where slot_name = %s"
        return connection.execute(active, [slot]).fetchone() == (True,)
