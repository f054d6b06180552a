"""New hold codes; how they are written and read is tested with `values.hold_codes`."""

from datetime import UTC, datetime

from hold.holds.commands import new_code
from values.hold_codes import parse_hold_code

LATE = datetime(2026, 11, 2, 18, tzinfo=UTC)  # already the third in Vietnam


def test_a_code_carries_the_day_in_vietnam_and_checks_itself() -> None:
    code = new_code(LATE)

    assert code.startswith("GS261103")
    assert len(code) == 14
    assert parse_hold_code(code) == code
