"""The private names of aiokafka and SQLAlchemy that the transport needs, all of them.

No other module uses one (`tests/test_compatibility.py` looks), and that test fails on an upgrade
that moves one. Each function says why there is no public way.

The longest part reads what Kafka had, whatever its headers are called. aiokafka decodes the names
of headers as UTF-8 while it unpacks a batch. A name that is not UTF-8 makes `getmany` raise
UnicodeDecodeError: the good records before it are forgotten with it, and a restart meets it again,
so that one record would stop a service for ever. aiokafka has no hook for it. The narrowest place
is the name under which its fetcher finds the parser of a fetch: there, `Records` parses as before,
and only a batch that cannot be is read a second time, name by name.
"""

from asyncio import Task
from collections.abc import Iterator
from itertools import islice
from operator import attrgetter
from struct import Struct
from typing import Any, Final

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer
from aiokafka.consumer import fetcher
from aiokafka.record.default_records import _DefaultRecordBatchPy
from aiokafka.record.memory_records import MemoryRecords
from sqlalchemy.ext.asyncio import AsyncSession

from events.transport.envelope import text_of

TASKS_OF_A_CONSUMER: Final = (
    "_fetcher._fetch_task",
    "_coordinator._coordination_task",
    "_client._sync_task",
)
TASKS_OF_A_PRODUCER: Final = ("_sender.sender_task", "client._sync_task")
RECORD_PARSER: Final = "MemoryRecords"

OVERHEAD: Final = Struct(">qi")
"""The head of a batch: its first offset, and the number of bytes that follow."""


def background_tasks(client: AIOKafkaConsumer | AIOKafkaProducer) -> dict[str, Task[Any] | None]:
    """Give the tasks that a started client keeps going, by name; it has no public way to ask."""
    of_consumer = isinstance(client, AIOKafkaConsumer)
    names = TASKS_OF_A_CONSUMER if of_consumer else TASKS_OF_A_PRODUCER
    return {name: attrgetter(name)(client) for name in names}


async def close_sender(producer: AIOKafkaProducer) -> None:
    """End the sender of a producer whose `stop` did not: it would deliver what is sent again."""
    await producer._sender.close()  # noqa: SLF001


async def fetch_metadata(consumer: AIOKafkaConsumer) -> None:
    """Make a consumer that subscribes to nothing learn the partitions of all topics."""
    await consumer._client.force_metadata_update()  # noqa: SLF001


def has_changes(session: AsyncSession) -> bool:
    """Tell whether a flush would write anything; a flush of nothing costs as much as a handler."""
    return not session.sync_session._is_clean()  # noqa: SLF001


def read_any_header_name() -> None:
    """Let the consumers of this process go on, whatever the headers on a topic are called."""
    vars(fetcher)[RECORD_PARSER] = Records


class Records:
    """The batches of one fetch, in the shape the fetcher works with."""

    def __init__(self, data: bytes) -> None:
        self._batches, self._data, self._start = MemoryRecords(data), memoryview(data), 0

    def size_in_bytes(self) -> int:
        """Tell how much was fetched, also if no batch of it is whole."""
        return self._batches.size_in_bytes()

    def has_next(self) -> bool:
        """Tell whether there is another whole batch."""
        return self._batches.has_next()

    def next_batch(self) -> "_Batch":
        """Give the next batch; there has to be one."""
        _, size = OVERHEAD.unpack_from(self._data, self._start)
        start, self._start = self._start, self._start + OVERHEAD.size + size
        return _Batch(self._batches.next_batch(), self._data[start : self._start])


class _Batch:
    """A batch of aiokafka, and the bytes it came as."""

    def __init__(self, batch: Any, raw: memoryview) -> None:
        self._batch, self._raw = batch, raw

    def __getattr__(self, name: str) -> Any:
        return getattr(self._batch, name)

    def __next__(self) -> Any:
        return next(self._batch)

    def __iter__(self) -> Iterator[Any]:
        given = 0
        try:
            for given, record in enumerate(self._batch, 1):  # noqa: B007, asked for below
                yield record
        except UnicodeDecodeError:
            yield from islice(_AnyName(self._raw), given, None)


class _AnyName(_DefaultRecordBatchPy):  # type: ignore[misc]  # final, but it has no other hook
    """The parser in Python, whose decoding of names can be exchanged."""

    def _maybe_uncompress(self) -> None:
        super()._maybe_uncompress()
        self._buffer = _Bytes(self._buffer)


class _Bytes(bytearray):
    """Bytes whose parts decode to text in any case, as `bytes_of` can turn back."""

    def __getitem__(self, place: Any) -> Any:
        part = super().__getitem__(place)
        return _Bytes(part) if isinstance(place, slice) else part

    def decode(self, *_: object) -> str:
        return text_of(bytes(self))
