"""Hold codes survive being read aloud, written down and mistyped."""

from datetime import UTC, datetime

import pytest

from hold.codes.domain import ALPHABET, check_character, in_groups, new_code, read_code

LATE = datetime(2026, 11, 2, 18, tzinfo=UTC)  # already the third in Vietnam


def test_a_code_carries_the_day_in_vietnam_and_checks_itself() -> None:
    code = new_code(LATE)

    assert code.startswith("GS261103")
    assert len(code) == 14
    assert read_code(code) == code


def test_a_code_is_read_in_groups_in_lower_case_and_with_misread_letters() -> None:
    body = "26110301A0X"
    code = f"GS{body}{check_character(body)}"

    assert in_groups(code) == f"GS 261103 01A 0X{code[-1]}"
    assert read_code(in_groups(code).lower()) == code
    assert read_code(code.replace("01A0X", "OlAoX")) == code


def test_any_single_wrong_character_is_noticed() -> None:
    code = new_code(LATE)
    for place in range(2, len(code)):
        for other in set(ALPHABET) - {code[place]}:
            assert read_code(code[:place] + other + code[place + 1 :]) is None


@pytest.mark.parametrize("text", ["", "GS", "GS261102", "XX26110201A0XX", "GS2611020UA0XX"])
def test_what_cannot_be_a_code_is_none(text: str) -> None:
    assert read_code(text) is None
