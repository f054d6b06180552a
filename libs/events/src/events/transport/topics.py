"""The topics: making them, and checking that they have what the lanes count on."""

import asyncio
import time
from collections.abc import AsyncGenerator, Collection
from contextlib import asynccontextmanager
from typing import Any, Final

from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from aiokafka.errors import KafkaError, for_code

from events.facts.base import CATALOGUE
from events.transport import certificates

EXISTS: Final = 36
LEADER_SECONDS: Final = 30.0


class WrongTopic(Exception):
    """A topic that is not what it has to be: nothing should be started on it."""


def needed() -> list[str]:
    """Name the topics of all events there are, and of the dead letters of their producers."""
    services = sorted({event.source for event in CATALOGUE.values()})
    return [*CATALOGUE, *(f"dlq.{service}" for service in services)]


async def ensure(
    servers: str, names: Collection[str], *, partitions: int = 6, replication: int = 1
) -> None:
    """Make the topics that are missing; refuse those that have another number of partitions.

    Events of one journey meet in one lane only if every topic has the same number.
    """
    async with administration(servers) as admin:
        present = set(await admin.list_topics())
        missing = [NewTopic(n, partitions, replication) for n in sorted({*names} - present)]
        if missing:
            answer: Any = await admin.create_topics(missing)
            _refuse_errors(answer.topic_errors)  # nothing is raised for them
        await _wait_for_leaders(admin, names, partitions)


async def faults(servers: str, names: Collection[str], *, partitions: int = 6) -> list[str]:
    """List in sentences what is wrong with topics; make nothing, and wait for nothing."""
    async with administration(servers) as admin:
        present = set(await admin.list_topics())
        topics = await admin.describe_topics(sorted({*names} & present))
    return [
        *(f"{name} is missing" for name in sorted({*names} - present)),
        *_other_counts(topics, partitions),
        *(f"{t['topic']} has a partition without a leader" for t in topics if not _has_leaders(t)),
    ]


@asynccontextmanager
async def administration(servers: str) -> AsyncGenerator[AIOKafkaAdminClient]:
    """Connect an administration client while the block runs."""
    admin = AIOKafkaAdminClient(bootstrap_servers=servers, **certificates.options())
    try:
        await admin.start()
        yield admin
    finally:
        await admin.close()


async def wait_for_broker(servers: str, seconds: float) -> None:
    """Return when the broker answers; aiokafka's own start does not wait for it."""
    deadline = time.monotonic() + seconds
    while True:
        admin = AIOKafkaAdminClient(
            bootstrap_servers=servers, **certificates.options(), request_timeout_ms=2000
        )
        try:
            await admin.start()
            await admin.list_topics()
        except (KafkaError, OSError) as error:
            if time.monotonic() > deadline:
                raise TimeoutError(f"No Kafka at {servers} after {seconds:.0f} s") from error
            await asyncio.sleep(0.2)
        else:
            return
        finally:
            await admin.close()


def _refuse_errors(errors: Collection[tuple[Any, ...]]) -> None:
    """Raise if a topic could not be made; another process may have made it in the meantime."""
    wrong = [
        f"{name}: {text or for_code(code).__name__}"
        for name, code, text in errors
        if code not in (0, EXISTS)
    ]
    if wrong:
        raise WrongTopic(f"Kafka did not make {'; '.join(wrong)}")


async def _wait_for_leaders(
    admin: AIOKafkaAdminClient, names: Collection[str], partitions: int
) -> None:
    deadline = time.monotonic() + LEADER_SECONDS
    while True:
        topics = await admin.describe_topics(list(names))
        _refuse_other_counts(topics, partitions)
        without = {t["topic"] for t in topics if not _has_leaders(t)}
        if not without:
            return
        if time.monotonic() > deadline:
            raise WrongTopic(f"No leader for {', '.join(sorted(without))}")
        await asyncio.sleep(0.05)


def _has_leaders(topic: dict[str, Any]) -> bool:
    leaders = [part["leader"] for part in topic["partitions"]]
    return topic["error_code"] == 0 and bool(leaders) and min(leaders) >= 0


def _other_counts(topics: Collection[dict[str, Any]], partitions: int) -> list[str]:
    return [
        f"{t['topic']} has {len(t['partitions'])} partitions"
        for t in topics
        if t["error_code"] == 0 and len(t["partitions"]) not in (0, partitions)
    ]


def _refuse_other_counts(topics: Collection[dict[str, Any]], partitions: int) -> None:
    if wrong := _other_counts(topics, partitions):
        raise WrongTopic(
            f"{'; '.join(wrong)}, but all topics need {partitions}: one journey, one lane."
        )
