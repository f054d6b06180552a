"""The relay under a transaction that has been open for long, and without one."""

import asyncio
from collections.abc import Iterable, Sequence

import psutil
from sqlalchemy import make_url, text
from sqlalchemy.ext.asyncio import AsyncSession

from bench.events import facts
from bench.events.watching import Watched
from bench.meter import Figures, Moment
from events import HoldCreated
from events.transport import outbox
from events.transport.relay import Relay

NAME = "bench-relay"
THROTTLE_SECONDS = 0.02


async def measure(*, database: str, kafka: str, dead: int, count: int, at_once: int) -> Figures:
    """Send so many events a few at a time, so that the relay looks for them often.

    Before that, `dead` others are sent while a snapshot keeps their rows from being cleared away.
    """
    named = make_url(database).update_query_dict({"application_name": NAME})
    own = facts.sessions(named.render_as_string(hide_password=False))
    async with facts.sessions(database) as sessions, own as relays, sessions() as reader:
        if dead:
            await _hold_a_snapshot(reader)
        watched, stop = Watched(relays.begin), asyncio.Event()
        relaying = asyncio.create_task(Relay(watched.transaction, kafka).run(stop))
        for portion in _portions(facts.make(max(dead, facts.KEYS)), facts.SENT_AT_ONCE):
            await _publish(sessions, portion)
        await watched.rest()
        portions = list(_portions(facts.make(count), at_once))
        backends = [psutil.Process(pid) for pid in await _backends(sessions)]
        before = _used(backends)
        spent = [await _send(sessions, watched, portion) for portion in portions]
        in_postgres = _used(backends) - before
        stop.set()
        outbox.wake_relays()
        await relaying
    wall, cpu = (sum(column) / count * 1e6 for column in zip(*spent, strict=True))
    in_postgres *= 1e6 / count
    return {"cpu_us": cpu + in_postgres, "in_postgres_us": in_postgres, "wall_us": wall}


async def _hold_a_snapshot(reader: AsyncSession) -> None:
    await reader.execute(text("set transaction isolation level repeatable read"))
    await reader.execute(text("select count(*) from outbox"))


async def _send(
    sessions: facts.Sessions, watched: Watched, portion: Sequence[HoldCreated]
) -> tuple[float, float]:
    begin = await _publish(sessions, portion)
    end = await watched.rest(THROTTLE_SECONDS)
    return end.wall - begin.wall, end.cpu - begin.cpu


async def _publish(sessions: facts.Sessions, portion: Sequence[HoldCreated]) -> Moment:
    async with sessions() as session:
        await outbox.append(session, *portion)
        await session.commit()
        return Moment()


async def _backends(sessions: facts.Sessions) -> list[int]:
    async with sessions() as session:
        backends = text("select pid from pg_stat_activity where application_name = :name")
        return list(await session.scalars(backends, {"name": NAME}))


def _used(processes: Iterable[psutil.Process]) -> float:
    return sum(sum(process.cpu_times()[:2]) for process in processes)


def _portions(events: Sequence[HoldCreated], size: int) -> Iterable[Sequence[HoldCreated]]:
    return (events[start : start + size] for start in range(0, len(events), size))
