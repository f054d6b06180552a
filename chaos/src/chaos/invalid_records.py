"""Records on the topics that are no valid events."""

import json
from typing import Final, Self
from uuid import NAMESPACE_URL, UUID, uuid5

from aiokafka import AIOKafkaProducer

from chaos.facts import StepTaken
from events.ids import uuid7

Headers = list[tuple[str, bytes]]

TOPIC: Final = StepTaken.topic
BROKEN_TEXT: Final = b"\xff\xfe"


def records(journey: UUID) -> list[tuple[UUID | None, bytes, Headers]]:
    """Return one record of each invalid kind, with its event id where that can be read."""
    ids = [uuid7() for _ in range(3)]
    kind = ("ce_type", TOPIC.encode())
    known, unknown, wrong = (("ce_id", str(id_).encode()) for id_ in ids)
    schema = json.dumps({"event_id": str(ids[2]), "journey_id": str(journey), "version": -1})
    return [
        (ids[0], BROKEN_TEXT, [known, kind]),
        (ids[1], b"{}", [unknown, ("ce_type", b"NobodySaysThis")]),
        (ids[2], schema.encode(), [wrong, kind]),
        (None, b"{}", [("ce_id", BROKEN_TEXT), kind]),
    ]


class InvalidRecords:
    """A producer of invalid records under the keys of journeys."""

    def __init__(self, servers: str) -> None:
        self._producer = AIOKafkaProducer(bootstrap_servers=servers, enable_idempotence=True)
        self.sent: set[UUID] = set()

    async def __aenter__(self) -> Self:
        # While the broker is up: a producer that has started survives its restart.
        await self._producer.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._producer.stop()

    async def send(self, journey: UUID, number: int) -> None:
        """Send one record with a journey as its key; the number chooses the kind."""
        kinds = records(journey)
        event_id, value, headers = kinds[number % len(kinds)]
        key = str(journey).encode()
        place = await self._producer.send_and_wait(TOPIC, value, key=key, headers=headers)
        self.sent.add(event_id or uuid5(NAMESPACE_URL, f"{TOPIC}/{place.partition}/{place.offset}"))
