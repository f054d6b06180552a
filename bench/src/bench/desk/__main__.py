"""Measure the routing of calls: `python -m bench.desk`.

Times of a shared machine mean little: beside each stands the same number of bare transactions of
the same shape in the same minute, and what must never happen is counted.
"""

import argparse
import asyncio
import os
import sys
import time
from collections.abc import Awaitable, Callable, Iterable
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from typing import Final

from rich.table import Table
from sqlalchemy import text

from bench.desk.place import INVERSIONS, POOL, STRANDED, Desk, desk, prepare
from bench.report import console
from kit.db import Tx
from stack import postgres
from videocall.agents.domain import REGIONS, AgentState

AGENTS: Final = 1000
CALLERS: Final = 10_000
PAIRS_AT_ONCE: Final = 8
CALLS_A_SECOND: Final = 50
BARE: Final = (
    "update presence set seen_at = now() where agent_id = (select id from agent limit 1 offset :n)"
)
END_ROUND: Final = (
    "update reservation set state = 'WITHDRAWN' where state = 'OFFERED'",
    "update call set status = 'ABANDONED' where status in ('QUEUED', 'OFFERED')",
    "update agent set state = 'OFFLINE' where state in ('AVAILABLE', 'RESERVED')",
)
WAVE_AT_MOST: Final = 0.25
LOOP_AT_LEAST: Final = 0.04
OFFER_AT_MOST: Final = 6.0

Row = tuple[str, str, str, bool | None]
"""A measurement: its name, the figure, the bound, and whether that is met (None: shown)."""


def main() -> int:
    """Measure everything once, tell, and fail if a goal is missed."""
    parser = argparse.ArgumentParser(prog="python -m bench.desk", description=__doc__)
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--pairs", type=int, default=10_000)
    options = parser.parse_args()
    load = os.getloadavg()[0]
    with TemporaryDirectory() as scratch, postgres.start(Path(scratch), durable=True) as server:
        prepare(server)
        rows = asyncio.run(_measure(server, options.seconds, options.pairs))
    table = Table("what", "figure", "has to be", title=f"routing of calls, load {load:.1f}")
    for name, figure, bound, met in rows:
        table.add_row(name, figure if met is not False else f"[bold red]{figure}[/]", bound)
    console.print(table)
    return 1 if any(met is False for *_, met in rows) else 0


async def _measure(server: postgres.Server, seconds: float, pairs: int) -> list[Row]:
    async with desk(server) as place:
        rows = await _wave(place)
        rows += await _closed_loop(place, seconds)
        rows += await _arrivals(place, seconds)
        return rows + await _races(place, pairs)


async def _wave(place: Desk) -> list[Row]:
    """Let a thousand agents who are idle meet ten thousand callers who wait, in nine regions."""
    await place.seat(AGENTS, CALLERS, state=AgentState.AVAILABLE, waiting=True)
    bare = await _timed(_bare(place, n) for n in range(AGENTS))
    took = await _timed(place.match(region) for region in REGIONS)
    offers = await place.count("select count(*) from reservation where state = 'OFFERED'")
    wrong = await place.count(INVERSIONS)
    return [
        ("wave: offers", f"{offers}", f"{AGENTS}", offers == AGENTS),
        ("wave: ms", f"{took * 1000:.0f}", "-", None),
        (
            "wave / 1,000 bare commits",
            f"{took / bare:.3f}",
            f"<= {WAVE_AT_MOST}",
            took / bare <= WAVE_AT_MOST,
        ),
        ("wave: calls passed over", f"{wrong}", "0", wrong == 0),
    ]


async def _closed_loop(place: Desk, seconds: float) -> list[Row]:
    """Let sixteen workers be available, and end what rings, while ten thousand wait."""
    matches = await _rate(place, seconds, place.finish)
    whole = await _rate(place, seconds, place.answer)
    twice = await place.count("select count(*) - count(distinct call_id) from reservation")
    bare = AGENTS / await _timed(_twice(place, n) for n in range(AGENTS))
    return [
        ("closed loop: matches/s", f"{matches:.0f}", "-", None),
        (
            "closed loop / bare pairs of commits",
            f"{matches / bare:.2f}",
            f">= {LOOP_AT_LEAST}",
            matches / bare >= LOOP_AT_LEAST,
        ),
        ("the same with calls accepted and ended: calls/s", f"{whole:.0f}", "-", None),
        ("closed loop: calls offered twice", f"{twice}", "0", twice == 0),
    ]


async def _rate(place: Desk, seconds: float, end_offer: Callable[[int], Awaitable[bool]]) -> float:
    """Return the calls matched in a second."""
    await place.seat(AGENTS, CALLERS, state=AgentState.OFFLINE, waiting=True)
    matched = 0
    end = time.perf_counter() + seconds

    async def work(worker: int) -> None:
        nonlocal matched
        agent = worker
        while time.perf_counter() < end:
            agent = (agent + POOL - 1) % AGENTS + 1
            await place.available(agent)
            matched += await end_offer(agent)

    began = time.perf_counter()
    await asyncio.gather(*(work(worker) for worker in range(POOL)))
    return matched / (time.perf_counter() - began)


async def _arrivals(place: Desk, seconds: float) -> list[Row]:
    """Let customers call at a steady rate while a thousand agents are idle."""
    number = min(int(seconds * CALLS_A_SECOND), AGENTS)
    await place.seat(AGENTS, number, state=AgentState.AVAILABLE, waiting=False)
    times: list[float] = []
    bare: list[float] = []

    async def one(n: int) -> None:
        await asyncio.sleep(n / CALLS_A_SECOND)
        begin = time.perf_counter()
        await (place.call(n) if n % 2 else _bare(place, n))
        (times if n % 2 else bare).append((time.perf_counter() - begin) * 1000)

    await asyncio.gather(*(one(n) for n in range(1, number + 1)))
    p99, beside = quantiles(times, n=100)[98], quantiles(bare, n=100)[98]
    return [
        ("call -> offer: p50, p99 ms", f"{median(times):.0f}, {p99:.0f}", "-", None),
        (
            "call -> offer p99 / bare commit's",
            f"{p99 / beside:.1f}",
            f"<= {OFFER_AT_MOST:g}",
            p99 / beside <= OFFER_AT_MOST,
        ),
    ]


async def _races(place: Desk, pairs: int) -> list[Row]:
    """Let calls arrive while agents become free, and nobody sweep; with and without the lock."""
    safe = await _stranded(place, pairs)
    locked, Tx.advisory_lock = Tx.advisory_lock, _no_lock  # type: ignore[method-assign, assignment]
    try:
        naive = await _stranded(place, pairs)
    finally:
        Tx.advisory_lock = locked  # type: ignore[method-assign]
    return [
        (f"{pairs} racing pairs: regions left with both", f"{safe}", "0", safe == 0),
        ("the same without the lock", f"{naive}", "shown", None),
    ]


async def _stranded(place: Desk, pairs: int) -> int:
    left = 0
    await place.seat(pairs, pairs, state=AgentState.OFFLINE, waiting=False)
    for first in range(1, pairs + 1, PAIRS_AT_ONCE):
        numbers = range(first, min(first + PAIRS_AT_ONCE, pairs + 1))
        calls = [place.call(n) for n in numbers]
        await asyncio.gather(*calls, *(place.available(n) for n in numbers))
        left += await place.count(STRANDED)
        async with place.db.transaction() as tx:
            for statement in END_ROUND:
                await tx.execute(text(statement))
    return left


async def _no_lock(_: Tx, *name: object) -> None:
    """Take no lock."""


async def _bare(place: Desk, n: int) -> None:
    async with place.db.transaction() as tx:
        await tx.execute(text(BARE), {"n": n % AGENTS})


async def _twice(place: Desk, n: int) -> None:
    await _bare(place, n)
    await _bare(place, n + 1)


async def _timed(work: Iterable[Awaitable[object]]) -> float:
    begin = time.perf_counter()
    await asyncio.gather(*work)
    return time.perf_counter() - begin


if __name__ == "__main__":
    sys.exit(main())
