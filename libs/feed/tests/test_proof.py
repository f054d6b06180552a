"""The whole of it: ten writers, kills, and a receiver that was away all the time.

Short in the usual tests, long with `make feed-proof`.
"""

import asyncio
import os
import random
import time
from pathlib import Path
from typing import Final

from libs.feed.tests.proof import (
    Processes,
    Sessions,
    committed,
    faults,
    list_of,
    prepare,
    received_by,
    running_processes,
    written_for,
)
from libs.feed.tests.writer_process import metadata

from events.ids import uuid7
from feed import journal
from feed.signing import Seal
from feed.testing import Receiver, receiving

EVENTS: Final = int(os.environ.get("FEED_PROOF_EVENTS", "2000"))
KILLS: Final = max(4, EVENTS // 1000)
WRITERS: Final = 10
PARTNERS: Final = 5


async def test_lists_and_pushes_are_whole_after_everything_was_killed(
    sessions: Sessions, database_url: str, seal: Seal, keys_dir: Path
) -> None:
    await _make_tables(sessions)
    partners = [uuid7() for _ in range(PARTNERS)]
    async with receiving() as gone:
        pass  # from here on nobody is there
    verifiers = await prepare(sessions, partners, gone.url, seal)

    async with running_processes("deliverer_process", 2, database_url, str(keys_dir)) as deliverers:
        async with running_processes("writer_process", WRITERS, database_url) as writers:
            await _write_and_kill(sessions, writers, deliverers)
        expected = {partner: await written_for(sessions, partner) for partner in partners}
        total = sum(map(len, expected.values()))
        await journal.number_all(sessions.begin)
        for partner in partners:
            wrong = list(faults(await list_of(sessions, partner), expected[partner]))
            assert not wrong, wrong[:5]
        async with receiving(gone.port) as receiver:
            await _deliver_and_kill(receiver, deliverers, total)

    repeats = 0
    for partner, verifier in verifiers.items():
        events, again = received_by(receiver.received, partner, verifier)
        wrong = list(faults(events, expected[partner]))
        assert not wrong, wrong[:5]
        repeats += again
    print(  # noqa: T201, the figures of the proof
        f"\n{total} events of {PARTNERS} partners by {WRITERS} writers; killed {writers.killed}"
        f" writers and {deliverers.killed} deliverers; all pushed, {repeats} of them twice"
    )


async def _make_tables(sessions: Sessions) -> None:
    async with sessions.begin() as tx:
        await (await tx.connection()).run_sync(metadata.create_all)


async def _write_and_kill(sessions: Sessions, writers: Processes, deliverers: Processes) -> None:
    while (done := await committed(sessions)) < EVENTS or writers.killed < KILLS:
        if writers.killed <= done * KILLS // EVENTS:
            await writers.kill_one()
        if deliverers.killed < KILLS // 4:
            await deliverers.kill_one()
        await asyncio.sleep(random.uniform(0.05, 0.2))


async def _deliver_and_kill(receiver: Receiver, deliverers: Processes, total: int) -> None:
    deadline = time.monotonic() + 60 + total / 20
    before = deliverers.killed
    while len({push.headers["webhook-id"] for push in receiver.received}) < total:
        assert time.monotonic() < deadline, f"{len(receiver.received)} of {total} came"
        if deliverers.killed - before <= len(receiver.received) * KILLS // total:
            await deliverers.kill_one()
        await asyncio.sleep(random.uniform(0.05, 0.2))
