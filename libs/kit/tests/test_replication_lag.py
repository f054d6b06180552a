"""A hold without a row here may be one whose events are on their way (F3.4, F3.6)."""

from dataclasses import dataclass
from uuid import UUID

import pytest

from events.ids import uuid7
from kit.errors import NotFound
from kit.replication_lag import HoldNotReplicated, missing_hold

DAY = 86_400_000


@dataclass(eq=False)
class NoSuchHold(NotFound):
    """There is no such hold slip."""


def made(milliseconds_ago: int) -> UUID:
    return UUID(int=uuid7().int - (milliseconds_ago << 80))


@pytest.mark.parametrize("ago", [0, 4 * 60_000, -60_000])
def test_who_asks_for_a_hold_of_a_moment_ago_is_told_to_ask_again(ago: int) -> None:
    """Also if the machine that made it is a minute ahead of us."""
    hold_id = made(ago)

    answer = missing_hold(hold_id, NoSuchHold())

    assert isinstance(answer, HoldNotReplicated)
    assert answer.facts() == {"hold_id": hold_id}


@pytest.mark.parametrize(
    "hold_id", [made(DAY), made(-DAY), UUID("5f0c5c0e-1c1e-4a51-9f0e-3f3c1d6f8a11"), UUID(int=0)]
)
def test_what_nobody_made_a_moment_ago_is_nothing(hold_id: UUID) -> None:
    assert isinstance(missing_hold(hold_id, NoSuchHold()), NoSuchHold)
