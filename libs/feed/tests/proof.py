"""The parts of the proof: processes that are killed, and what a partner must have in the end."""

import asyncio
import random
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, Final
from uuid import UUID

from libs.feed.tests.writer_process import THINGS, things, written
from sqlalchemy import func, insert, select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker
from standardwebhooks import Webhook as Verifier

from feed.endpoints import create
from feed.entries import FeedEvent
from feed.signing import Seal
from feed.tables import partner_events
from feed.testing import Received
from kit import clock

Sessions = async_sessionmaker[AsyncSession]
HERE: Final = "libs.feed.tests"


@dataclass
class Processes:
    """Processes of one kind. One that is killed is followed by another."""

    module: str
    arguments: tuple[str, ...]
    processes: list[Process] = field(default_factory=list)
    killed: int = 0

    async def join(self) -> Process:
        """Start one more."""
        command = [sys.executable, "-m", f"{HERE}.{self.module}", *self.arguments]
        process = await asyncio.create_subprocess_exec(*command, stdout=PIPE)
        self.processes.append(process)
        return process

    async def join_and_work(self) -> None:
        """Start one more, and wait until it works."""
        process = await self.join()
        assert process.stdout
        assert await process.stdout.readline(), f"{self.module} did not start"

    async def kill_one(self) -> None:
        """Kill one where it stands; another takes its place."""
        process = self.processes.pop(random.randrange(len(self.processes)))
        assert process.returncode is None, f"{self.module} ended by itself: {process.returncode}"
        await _kill(process)
        self.killed += 1
        await self.join()


@asynccontextmanager
async def running_processes(module: str, size: int, *arguments: str) -> AsyncIterator[Processes]:
    """Let some processes work while the block runs; at its end all are killed."""
    all_of_them = Processes(module, arguments)
    try:
        await asyncio.gather(*(all_of_them.join_and_work() for _ in range(size)))
        yield all_of_them
    finally:
        for process in all_of_them.processes:
            await _kill(process)


async def _kill(process: Process) -> None:
    process.send_signal(signal.SIGKILL)
    await process.wait()


async def prepare(
    sessions: Sessions, partners: list[UUID], url: str, seal: Seal
) -> dict[UUID, Verifier]:
    """Give every partner things, and an endpoint; return how each checks signatures."""
    verifiers = {}
    async with sessions.begin() as tx:
        owners = [partners[thing % len(partners)] for thing in range(THINGS)]
        rows = [{"id": n, "partner_id": owner, "step": 0} for n, owner in enumerate(owners)]
        await tx.execute(insert(things), rows)
        for partner in partners:
            address = f"{url}/{partner}"
            _, keys = await create(tx, partner, address, after=0, seal=seal, now=clock.now())
            verifiers[partner] = Verifier(keys.shared_secret)
    return verifiers


async def committed(sessions: Sessions) -> int:
    """Count what was written."""
    async with sessions.begin() as tx:
        return await tx.scalar(select(func.count()).select_from(written)) or 0


async def written_for(sessions: Sessions, partner: UUID) -> set[UUID]:
    """Return what was committed for a partner, by the writers' own word."""
    async with sessions.begin() as tx:
        of_partner = select(written.c.event_id).where(written.c.partner_id == partner)
        return set(await tx.scalars(of_partner))


async def list_of(sessions: Sessions, partner: UUID) -> list[FeedEvent]:
    """Return the whole list of a partner."""
    async with sessions.begin() as tx:
        of_partner = select(partner_events).where(partner_events.c.partner_id == partner)
        rows = await tx.execute(of_partner.order_by(partner_events.c.sequence))
        return [FeedEvent.model_validate(row) for row in rows]


def faults(events: list[FeedEvent], expected: set[UUID]) -> Iterator[str]:
    """Compare a list with what was committed: gaps, repeats, losses, inventions, disorder."""
    numbers = [event.sequence for event in events]
    if numbers != list(range(1, len(numbers) + 1)):
        yield f"gaps or repeats: {_where_broken(numbers)}"
    ids = [event.event_id for event in events]
    if len(set(ids)) != len(ids):
        yield f"{len(ids) - len(set(ids))} events twice"
    if lost := expected - set(ids):
        yield f"{len(lost)} lost"
    if invented := set(ids) - expected:
        yield f"{len(invented)} never committed"
    yield from _disorder(events)


def _disorder(events: list[FeedEvent]) -> Iterator[str]:
    steps: dict[Any, int] = {}
    for event in events:
        thing, step = event.data["thing"], event.data["step"]
        if step != steps.get(thing, 0) + 1:
            yield f"step {step} of thing {thing} follows {steps.get(thing, 0)}"
        steps[thing] = step


def _where_broken(numbers: list[int]) -> list[tuple[int, int]]:
    return [(one, two) for one, two in pairwise(numbers) if two != one + 1][:5]


def received_by(
    pushes: list[Received], partner: UUID, verifier: Verifier
) -> tuple[list[FeedEvent], int]:
    """Check the signature of a partner's pushes; return them without repeats, and the repeats.

    A receiver knows a repeat by its id. A new one must have the next number.
    """
    events: list[FeedEvent] = []
    repeats = 0
    for push in pushes:
        if push.path.endswith(str(partner)):
            event = FeedEvent.model_validate(verifier.verify(push.body, push.headers))
            if events and event.sequence <= events[-1].sequence:
                assert events[event.sequence - 1] == event
                repeats += 1
            else:
                events.append(event)
    return events, repeats
