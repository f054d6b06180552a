"""The plans of the short soak leave out no interruption."""

from typing import Any

from tests.soak.plans import plans
from tests.soak.test_soak import SHORT, SHORT_SEED


def drawn(seed: int, count: int) -> set[tuple[str, Any]]:
    """Collect every choice that some plan of a soak makes."""
    choices = (vars(plan).items() for plan in plans(seed, count))
    return {choice for plan in choices for choice in plan if choice[0] != "number"}


def test_the_short_soak_has_every_interruption_that_a_long_one_has() -> None:
    assert drawn(SHORT_SEED, SHORT) == drawn(0, 3000)
