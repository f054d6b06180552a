"""The work that staff on autopilot leave: refused, or for a person to decide."""

import time
from dataclasses import dataclass
from typing import Final

FIRST_PAUSE_SECONDS: Final = 2.0
LONGEST_PAUSE_SECONDS: Final = 300.0
_STALE_SECONDS: Final = 30.0


@dataclass(frozen=True)
class Leftover:
    """An item that was refused or that a person has to decide; tried again after a pause."""

    hold_id: str
    hold_code: str
    reason: str
    pause_seconds: float
    due: float
    """The moment of the next attempt, on the monotonic clock."""


class Leftovers:
    """Items left, by step and journey; each refusal doubles the pause before the next try."""

    def __init__(self) -> None:
        self._items: dict[str, Leftover] = {}

    def is_resting(self, key: str) -> bool:
        """Tell whether an item was refused so recently that it is not tried again yet."""
        return key in self._items and time.monotonic() < self._items[key].due

    def leave(self, key: str, *, hold_id: str, hold_code: str, reason: str) -> float:
        """Leave an item for a while, and return for how long."""
        earlier = self._items.get(key)
        pause = FIRST_PAUSE_SECONDS if earlier is None else 2 * earlier.pause_seconds
        pause = min(pause, LONGEST_PAUSE_SECONDS)
        due = time.monotonic() + pause
        self._items[key] = Leftover(hold_id, hold_code, reason, pause, due)
        return pause

    def forget(self, key: str) -> None:
        """Forget an item that was done."""
        self._items.pop(key, None)

    def all(self) -> list[Leftover]:
        """Return what still waits; an item that was not tried when it was due is in no list."""
        known_after = time.monotonic() - _STALE_SECONDS
        self._items = {key: item for key, item in self._items.items() if item.due > known_after}
        return list(self._items.values())
