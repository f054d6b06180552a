"""How often a check may fail: by the customer, and on the document, whoever shows it (G27)."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """How often a check may fail (settled: three in a row, then a person; five a day)."""

    in_a_row: int = 3
    a_day: int = 5


@dataclass(frozen=True)
class Failures:
    """The failures of one customer's session and of its document, whichever are more."""

    in_a_row: int = 0
    """Since the document passed or a person decided about it."""
    today: int = 0
    """Within 24 hours, since a person allowed another try."""
    under_way: int = 0
    """Attempts with the same document whose verdict is still to come."""

    def and_one_more(self) -> "Failures":
        """Count the failure that was stated just now."""
        return Failures(self.in_a_row + 1, self.today + 1)

    def left(self, limits: Limits) -> int:
        """Return how many attempts there are before a person has to help."""
        # Who may try at all may try once: after that one a person looks, not before it.
        in_a_row = max(1, limits.in_a_row - self.in_a_row)
        return max(0, min(in_a_row, limits.a_day - self.today - self.under_way))
