"""The broker as seen from outside its container: end offsets, and members of groups."""

import asyncio

from aiokafka import AIOKafkaConsumer, TopicPartition
from confluent_kafka.admin import AdminClient

from demo.gateway import until
from deploy.services import SERVICES
from events import CATALOGUE


async def members(servers: str) -> dict[str, set[str]]:
    """Return who listens for each service."""
    return {name: ids for name, (_, ids) in (await _groups(servers)).items()}


async def hears_again(servers: str, gone: set[str]) -> None:
    """Wait until those who were killed are given up and their successors have their place.

    Until then a service is ready but hears nothing, and its answers may be older than one expects.
    """

    async def settled() -> bool:
        groups = (await _groups(servers)).values()
        return all(state in ("STABLE", "DEAD") and not ids & gone for state, ids in groups)

    await until("everybody to hear again", settled)


async def ends_at_rest(servers: str) -> dict[str, int]:
    """Count what each topic has ever taken, once nothing moves any more."""
    seen: list[dict[str, int]] = []

    async def at_rest() -> dict[str, int] | None:
        seen.append(await _ends(servers))
        return seen[-1] if seen[-2:-1] == seen[-1:] else None

    return await until("the bus to be at rest", at_rest)


async def _groups(servers: str) -> dict[str, tuple[str, set[str]]]:
    # aiokafka's own administrator cannot read this answer of Kafka 4.
    admin = AdminClient({"bootstrap.servers": servers})
    asked = admin.describe_consumer_groups(list(SERVICES), request_timeout=10)
    about = [await asyncio.wrap_future(answer) for answer in asked.values()]
    return {g.group_id: (g.state.name, {m.member_id for m in g.members}) for g in about}


async def _ends(servers: str) -> dict[str, int]:
    consumer = AIOKafkaConsumer(bootstrap_servers=servers)
    await consumer.start()
    try:
        ends = await consumer.end_offsets(
            [TopicPartition(name, lane) for name in CATALOGUE for lane in range(6)]
        )
    finally:
        await consumer.stop()
    totals = dict.fromkeys(CATALOGUE, 0)
    for lane, end in ends.items():
        totals[lane.topic] += end
    return totals
