"""Records no producer of ours would make, on a real topic."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from aiokafka import AIOKafkaProducer
from aiokafka.record.default_records import _DefaultRecordBatchBuilderPy

from events.facts.base import Event
from events.transport import Envelope


class NotUtf8(str):
    """The name of a header in the letters of another system."""

    __slots__ = ()

    def encode(self, *_: object) -> bytes:
        """Give bytes that are not UTF-8."""
        return b"\xff" + super().encode()


@dataclass(frozen=True)
class Forged:
    """A record, as it is to lie on the topic."""

    key: bytes
    value: bytes
    headers: Sequence[tuple[str, bytes]] = field(default=())

    @classmethod
    def honest(cls, event: Event) -> "Forged":
        """Take what our producer would write."""
        envelope = Envelope.around(event)
        headers = [(name, text.encode()) for name, text in envelope.headers.items()]
        return cls(envelope.key.encode(), envelope.payload, headers)


async def put_as_one_batch(
    servers: str, topic: str, partition: int, records: Sequence[Forged]
) -> None:
    """Write records so that they are fetched together."""
    producer = AIOKafkaProducer(bootstrap_servers=servers)
    await producer.start()
    batch = producer.create_batch()
    # aiokafka's own builder, in the form that lets a name write itself.
    batch._builder = _DefaultRecordBatchBuilderPy(2, 0, 0, -1, -1, 0, 1_000_000)  # noqa: SLF001
    for record in records:
        batch.append(
            timestamp=None, key=record.key, value=record.value, headers=list(record.headers)
        )
    batch.close()
    await (await producer.send_batch(batch, topic, partition=partition))
    await producer.stop()
