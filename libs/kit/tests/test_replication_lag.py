"""A hold that is not known may be one whose news is on its way (F3.4, F3.6)."""

from dataclasses import dataclass
from uuid import UUID

import pytest

from events.ids import uuid7
from kit.errors import NotFound
from kit.hearsay import NotHeardYet, unknown

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

    answer = unknown(hold_id, NoSuchHold())

    assert isinstance(answer, NotHeardYet)
    assert answer.facts() == {"hold_id": hold_id}


@pytest.mark.parametrize(
    "hold_id", [made(DAY), made(-DAY), UUID("5f0c5c0e-1c1e-4a51-9f0e-3f3c1d6f8a11"), UUID(int=0)]
)
def test_what_nobody_made_a_moment_ago_is_nothing(hold_id: UUID) -> None:
    assert isinstance(unknown(hold_id, NoSuchHold()), NoSuchHold)
