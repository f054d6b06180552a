"""The private names of aiokafka and SQLAlchemy: in one module, and where they were."""

import ast
import inspect
from collections.abc import Iterator
from pathlib import Path

from aiokafka import AIOKafkaConsumer
from aiokafka.consumer import fetcher
from aiokafka.record.default_records import _DefaultRecordBatchPy
from aiokafka.record.memory_records import MemoryRecords
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker
from sqlalchemy.orm import registry

from events.transport import compatibility
from events.transport.sending import new_producer
from events.transport.tables import inbox
from events.transport.testing.mock_kafka import mock_kafka

ROOT = Path(__file__).parents[3]
LIBRARIES = ("aiokafka", "sqlalchemy")
Sessions = async_sessionmaker[AsyncSession]


def private_names(module: Path) -> Iterator[str]:
    """Find imports of private names of the two libraries, and private names of other objects."""
    source = module.read_text(encoding="utf-8")
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(LIBRARIES):
            names = [*(node.module or "").split("."), *(alias.name for alias in node.names)]
            yield from (name for name in names if name.startswith("_"))
    yield from (line for line in source.splitlines() if "noqa: SLF001" in line)


def test_private_names_are_used_in_one_module_alone() -> None:
    """Ruff (SLF001) refuses a private attribute; here the exceptions from it are counted."""
    users = {
        module.relative_to(ROOT).as_posix()
        for depth in ("*/src", "*/*/src")
        for folder in ROOT.glob(depth)
        for module in folder.rglob("*.py")
        if any(private_names(module))
    }

    assert users == {"libs/events/src/events/transport/compatibility.py"}


async def test_the_tasks_of_started_clients_are_where_they_were() -> None:
    with mock_kafka("HoldConfirmed") as kafka:
        producer = new_producer(kafka.bootstrap)
        consumer = AIOKafkaConsumer(
            "HoldConfirmed", bootstrap_servers=kafka.bootstrap, group_id="compatibility"
        )
        await producer.start()
        await consumer.start()
        try:
            tasks = compatibility.background_tasks(producer) | compatibility.background_tasks(
                consumer
            )
            await compatibility.fetch_metadata(consumer)
            await compatibility.close_sender(producer)
        finally:
            await consumer.stop()
            await producer.stop()

    names = compatibility.TASKS_OF_A_CONSUMER + compatibility.TASKS_OF_A_PRODUCER
    assert [name for name in names if tasks[name] is None] == []


class Seen:
    """A row of the inbox, as an object of a session."""


async def test_a_session_tells_whether_it_has_changes(sessions: Sessions) -> None:
    registry().map_imperatively(Seen, inbox)
    async with sessions() as session:
        await session.execute(text("select 1"))
        assert not compatibility.has_changes(session)

        session.add(Seen())
        assert compatibility.has_changes(session)


def test_the_parser_of_a_fetch_is_where_it_was() -> None:
    """`read_any_header_name` exchanges it; the fetcher must look it up under this name."""
    assert compatibility.RECORD_PARSER in vars(fetcher)
    assert f"{compatibility.RECORD_PARSER}(" in inspect.getsource(fetcher)
    assert all(hasattr(MemoryRecords, name) for name in ("has_next", "next_batch", "size_in_bytes"))
    assert "self._buffer" in inspect.getsource(_DefaultRecordBatchPy)
    assert "_maybe_uncompress()" in inspect.getsource(_DefaultRecordBatchPy)
