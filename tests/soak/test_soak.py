"""Many journeys at once with random interruptions; at the end all that must be true is true.

`SOAK_JOURNEYS` says how many and `SOAK_SEED` which ones: 30 in `make test`, always the same; 300 in
`make soak`, new ones each time.
"""

import asyncio
import json
import os
import sys
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any, Final

import pytest
from tests.chaos.suite import Suite
from tests.soak.desks import Desks
from tests.soak.plans import plans
from tests.soak.traveller import Traveller
from tests.soak.truth import Truth, faults

from demo.actors import Actors
from demo.gateway import until

SHORT, SHORT_SEED = 30, 449
"""The first thirty journeys of this seed have every interruption there is."""
JOURNEYS: Final = int(os.environ.get("SOAK_JOURNEYS") or SHORT)
SEED: Final = int(os.environ.get("SOAK_SEED") or SHORT_SEED)
ABREAST: Final = 6
AGENTS: Final = ("agent1", "agent2")
SHORT_CLOCKS: Final = (
    # Who pays has 12 s; what is paid or heard of 16 s later finds the hold expired.
    *("HOLD_PAYMENT_MINUTES=0.2", "HOLD_GRACE_MINUTES=0.02", "ORDER_PAYMENT_WINDOW=PT12S"),
    *("ORDER_PAYMENT_POLL=PT16S", "ORDER_REFUND_POLL=PT1S"),
)


@pytest.fixture(scope="module")
def suite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Suite]:
    suite = Suite(Path(tmp_path_factory.mktemp("soak")))
    suite.up(*(f"--env={setting}" for setting in SHORT_CLOCKS))
    yield suite
    suite.down()


@pytest.fixture(scope="module")
async def actors(suite: Suite) -> AsyncIterator[Actors]:
    actors = Actors(suite.gateway)
    yield actors
    await actors.close()


async def test_whatever_gets_in_the_way_what_must_be_true_is_true(
    suite: Suite, actors: Actors, capsys: pytest.CaptureFixture[str]
) -> None:
    """F3 to F5b under late money, cancels, revocations, redeliveries, lost words, two phones."""
    travellers = [Traveller(actors, plan) for plan in plans(SEED, JOURNEYS)]
    known: dict[str, Traveller] = {}
    desks = Desks(actors, known)
    serving = [
        asyncio.create_task(desk)
        for desk in (*map(desks.answer_calls, AGENTS), desks.decide_dossiers())
    ]
    stuck = await _all_travel(travellers, known, serving)
    truth = Truth(_postgres(suite))
    quiet = await _quiet(truth)
    for task in serving:
        task.cancel()

    persons = {hold_id: traveller.connected_as for hold_id, traveller in known.items()}
    wrong = [*stuck, *faults(truth, persons), *(f"not quiet: {table}" for table in quiet)]
    with capsys.disabled():
        sys.stdout.write(f"\nsoak: seed {SEED}, {JOURNEYS} journeys: {_summary(travellers)}\n")
    assert not wrong, f"SOAK_SEED={SEED}\n" + "\n".join(wrong)
    assert (
        sum("end:" in note for traveller in travellers for note in traveller.notes) >= JOURNEYS // 4
    )


async def _all_travel(
    travellers: list[Traveller], known: dict[str, Traveller], serving: list[asyncio.Task[None]]
) -> list[str]:
    """Let some travel at a time; return what became of those who could not go on."""
    places, stuck = asyncio.Semaphore(ABREAST), list[str]()

    async def travel(one: Traveller) -> None:
        async with places:
            try:
                await one.travels(known)
            except Exception as error:  # noqa: BLE001, one traveller's trouble is a finding
                stuck.append(f"stuck: {error!r}\n   {one.plan}\n   {one.notes}")

    await asyncio.gather(*map(travel, travellers))
    stuck += [f"a desk broke: {task.exception()!r}" for task in serving if task.done()]
    return stuck


async def _quiet(truth: Truth) -> list[str]:
    """Wait until nothing is on its way any more, three looks in a row."""
    calm = 0

    async def looked() -> bool:
        nonlocal calm
        calm = 0 if truth.pending() or _open(truth) else calm + 1
        await asyncio.sleep(0.3)
        return calm >= 3

    try:
        await until("everything to come to rest", looked, seconds=120)
    except AssertionError:
        return [*truth.pending(), *_open(truth)]
    return []


def _open(truth: Truth) -> list[str]:
    waiting = truth.rows(
        "order", "select id from refund where status = 'REFUND_PENDING' and at_bank_since is null"
    )
    sent = truth.rows("simulators", "select id from msale_connections where state = 'CONNECTING'")
    return [f"refund {row['id']}" for row in waiting] + [f"mSale {row['id']}" for row in sent]


def _postgres(suite: Suite) -> str:
    status: dict[str, Any] = json.loads(suite.run("status", "--json").stdout)
    return str(status.get("postgres") or suite.address("postgres"))


def _summary(travellers: list[Traveller]) -> str:
    ends = Counter(
        traveller.notes[-1] if traveller.notes else "nothing" for traveller in travellers
    )
    ways = Counter(note.split(":")[0] for traveller in travellers for note in traveller.notes)
    return f"{dict(ends)}; {dict(ways)}"
