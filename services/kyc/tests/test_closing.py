"""Points that a person may close, and those that the papers have settled (LAW05, LAW08)."""

from collections.abc import Mapping

import pytest

from kyc.cases.domain import Point
from kyc.reviews.domain import Finding, SettledOtherwise, close
from kyc.sessions.states import Desk


@pytest.mark.parametrize(
    ("reason", "from_afar", "at_store"),
    [
        ("DOC_BLUR", True, True),
        ("DOC_UNSUPPORTED", False, True),
        ("DB_MISMATCH:full_name", False, False),
        ("DOC_EXPIRED", False, False),
        ("AGE_UNDER_15", False, False),
    ],
)
def test_what_is_settled_nobody_affirms_and_a_document_in_the_hand_settles_what_it_is(
    reason: str,
    from_afar: bool,  # noqa: FBT001, a case of the table
    at_store: bool,  # noqa: FBT001, a case of the table
) -> None:
    """LAW05, LAW08."""
    paper: tuple[Point, ...] = ("id_number", "full_name", "date_of_birth")
    asked = {point: Finding("REGISTRY", "C06-1") for point in paper}
    seen = asked | {"face": Finding("PERSON")}

    assert _closes(reason, asked, "REVIEW") is from_afar
    assert _closes(reason, seen, "STORE") is at_store


def _closes(reason: str, findings: Mapping[Point, Finding], desk: Desk) -> bool:
    try:
        close({}, [reason], findings, desk=desk)
    except SettledOtherwise:
        return False
    return True
