"""Measurements, printed at the end of a run."""

import time
from collections.abc import Mapping


class Notes:
    """Sentences, and a clock that runs from one to the next."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self._since = time.perf_counter()

    def add(self, sentence: str) -> None:
        """Tell something."""
        self.lines.append(sentence)

    def begin(self) -> None:
        """Let the clock run from now on."""
        self._since = time.perf_counter()

    def took(self, what: str) -> None:
        """Tell how long something took, and begin with the next."""
        self.add(f"{what}: {time.perf_counter() - self._since:.0f} s")
        self.begin()

    def held(self, whose: str, megabytes: Mapping[str, float]) -> None:
        """Return the memory that each process holds, the largest first."""
        by_size = sorted(megabytes.items(), key=lambda entry: -entry[1])
        each = ", ".join(f"{name} {size:.0f}" for name, size in by_size)
        self.add(f"{whose}: {sum(megabytes.values()):.0f} MB ({each})")
