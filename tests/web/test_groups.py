"""All tests in which customers call or agents answer belong to one worker."""

import re
from pathlib import Path
from typing import Final

import pytest
from tests.web.groups import CALLS, DESKS_CALLS, group_of

PLAYS_CALLS: Final = re.compile(
    r"actors\.agent\(|\.calls\(\)|callers\(|asks_for_a_call|begins_shift|nobody_waits"
    r"|is_seen_and_approved|(?<![a-z_])(approved|sent)\("
)
ALONE: Final = {"test_zz_alone.py"}
"""Files whose tests run when no other does."""
FILES: Final = sorted(Path(__file__).parent.rglob("test_*.py"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_file_that_plays_calls_is_in_their_group(file: Path) -> None:
    """Two workers that both play calls would answer each other's."""
    plays = PLAYS_CALLS.search(file.read_text()) and file != Path(__file__)
    assert not plays or file.name in ALONE or group_of(str(file)) in {CALLS, DESKS_CALLS}
