"""A run can be repeated, and is as hard as it is said to be."""

import random
from collections import Counter

from chaos.scenes import FULL
from chaos.schedule import blows


def test_the_same_seed_strikes_the_same_at_the_same_moments() -> None:
    first, again, other = (blows(FULL, random.Random(seed)) for seed in (7, 7, 8))

    assert first == again
    assert first != other


def test_the_long_run_kills_thirty_and_the_broker_twice_within_its_facts() -> None:
    schedule = blows(FULL, random.Random(1))

    killed = Counter(blow.victim for blow in schedule if blow.signal == "SIGKILL")
    assert killed["relay"] + killed["consumer"] >= 30
    assert (killed["broker"], killed["database"]) == (2, 1)
    assert FULL.facts >= 50_000
    assert [blow.at for blow in schedule] == sorted(blow.at for blow in schedule)
    assert schedule[-1].at < FULL.facts
