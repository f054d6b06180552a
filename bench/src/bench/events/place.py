"""The testbed of a run: a real Kafka, and a PostgreSQL that waits for its disk."""

import asyncio
import json
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, cast

import psycopg
from psycopg.sql import SQL, Identifier
from sqlalchemy import MetaData, create_engine

from bench.events.facts import TOPIC
from bench.meter import Figures
from events.ids import uuid7
from events.transport import tables, topics
from stack import kafka, postgres
from stack.parent_death import before_exec


@dataclass(frozen=True)
class Place:
    """The servers of one run, and a way to run subjects on them."""

    folder: Path
    kafka: str
    postgres: postgres.Server

    def new_database(self, *schemas: MetaData) -> str:
        """Create a new database; return its address."""
        name = f"bench_{uuid7().hex[-12:]}"
        with psycopg.connect(self.postgres.dsn, autocommit=True) as connection:
            connection.execute(SQL("create database {}").format(Identifier(name)))
            connection.execute("checkpoint")  # the last subject's, not in the middle of the next
        address = postgres.url(self.postgres.port, database=name)
        engine = create_engine(address)
        for schema in (tables.metadata, *schemas):
            schema.create_all(engine)
        engine.dispose()
        return address

    def measure(self, subject: str, **order: Any) -> Figures:
        """Run a subject to its end and return its figures."""
        return cast("Figures", Subject(subject, **order).answer())


class Subject:
    """One that runs beside others."""

    def __init__(self, name: str, **order: Any) -> None:
        command = [sys.executable, "-m", "bench.events.subjects", name, json.dumps(order)]
        self._name = name
        self._process = subprocess.Popen(  # noqa: S603 # our own words
            command,
            stdout=subprocess.PIPE,
            text=True,
            preexec_fn=before_exec(signal.SIGKILL),  # noqa: PLW1509 # two system calls, no locks
        )

    def wait_for(self, word: str) -> None:
        """Read what it prints until it says this."""
        assert self._process.stdout
        for line in self._process.stdout:
            if line.strip() == word:
                return
        raise SubjectFailed(f"{self._name} ended before it was {word}")

    def dismiss(self) -> Any:
        """Ask it to stop, and return its answer."""
        self._process.send_signal(signal.SIGTERM)
        return self.answer()

    def answer(self) -> Any:
        """Wait for its end and return what it measured."""
        out, _ = self._process.communicate()
        if self._process.returncode:
            raise SubjectFailed(self._name)
        return json.loads(out.splitlines()[-1])


class SubjectFailed(Exception):
    """The figures of the subject cannot be used."""


@contextmanager
def opened(settings: Sequence[str] = ()) -> Iterator[Place]:
    """Start the servers; what they wrote is forgotten with them."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="bench-")))
        broker = stack.enter_context(kafka.start(folder))
        if settings:
            _write_down(folder, settings)
        server = stack.enter_context(postgres.start(folder, durable=True))
        asyncio.run(topics.ensure(broker.bootstrap, [TOPIC]))
        yield Place(folder, broker.bootstrap, server)


def _write_down(folder: Path, settings: Sequence[str]) -> None:
    """Give the server settings that count from its next start."""
    with (
        postgres.start(folder) as server,
        psycopg.connect(server.dsn, autocommit=True) as connection,
    ):
        for setting in settings:
            connection.execute(f"alter system set {setting}")
