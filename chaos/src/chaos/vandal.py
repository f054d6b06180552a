"""Records on the topics that are no events."""

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
    """Write what nobody can read, with its id if it has one that can be read."""
    names = [uuid7() for _ in range(3)]
    kind = ("ce_type", TOPIC.encode())
    known, unknown, wrong = (("ce_id", str(name).encode()) for name in names)
    schema = json.dumps({"event_id": str(names[2]), "journey_id": str(journey), "version": -1})
    return [
        (names[0], BROKEN_TEXT, [known, kind]),
        (names[1], b"{}", [unknown, ("ce_type", b"NobodySaysThis")]),
        (names[2], schema.encode(), [wrong, kind]),
        (None, b"{}", [("ce_id", BROKEN_TEXT), kind]),
    ]


class Vandal:
    """Puts such records where the journeys are."""

    def __init__(self, servers: str) -> None:
        self._producer = AIOKafkaProducer(bootstrap_servers=servers, enable_idempotence=True)
        self.sent: set[UUID] = set()

    async def __aenter__(self) -> Self:
        # While the broker is there: a producer that has started outlives its death.
        await self._producer.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._producer.stop()

    async def scribble(self, journey: UUID, number: int) -> None:
        """Put one record in the name of a journey; the number says of which kind."""
        kinds = records(journey)
        name, value, headers = kinds[number % len(kinds)]
        key = str(journey).encode()
        place = await self._producer.send_and_wait(TOPIC, value, key=key, headers=headers)
        self.sent.add(name or uuid5(NAMESPACE_URL, f"{TOPIC}/{place.partition}/{place.offset}"))
