"""The schedule of signals is repeatable, and as hard as the README says."""

import random
from collections import Counter

from chaos.scenarios import FULL
from chaos.schedule import planned_signals


def test_the_same_seed_gives_the_same_schedule() -> None:
    first, again, other = (planned_signals(FULL, random.Random(seed)) for seed in (7, 7, 8))

    assert first == again
    assert first != other


def test_the_long_run_kills_thirty_and_the_broker_twice_within_its_facts() -> None:
    schedule = planned_signals(FULL, random.Random(1))

    killed = Counter(planned.target for planned in schedule if planned.signal == "SIGKILL")
    assert killed["relay"] + killed["consumer"] >= 30
    assert (killed["broker"], killed["database"]) == (2, 1)
    assert FULL.facts >= 50_000
    assert [planned.at for planned in schedule] == sorted(planned.at for planned in schedule)
    assert schedule[-1].at < FULL.facts
