"""Codes made of digits: read in every script, in groups or not, and checked where they can be."""

import datetime as dt
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from values.digits import Otp, ascii_digits, parse_digits, parse_otp
from values.errors import BadValue
from values.hold_codes import ALPHABET, HoldCode, hold_code, in_groups, parse_hold_code
from values.id_numbers import (
    IdNumber,
    check_owner,
    parse_id_number,
    sex_of,
)
from values.sim_serials import luhn, parse_sim_serial
from values.tax_codes import parse_tax_code
from values.wards import WardCode, parse_ward, ward_of, wards

ZEROS = [0x30, 0xFF10, 0x660, 0x966, 0x1D7CE]
"""Zero in ASCII, full width, Arabic, Devanagari, and bold."""


@given(
    st.from_regex(r"[0-9]{6}", fullmatch=True),
    st.sampled_from(ZEROS),
    st.sampled_from(["", " ", "-", "\u200b"]),
)
def test_a_code_in_digits_of_any_script_is_the_same_code(
    code: str, zero: int, between: str
) -> None:
    written = "".join(chr(zero + int(d)) for d in code)
    written = f" {written[:3]}{between}{written[3:]}\u200b"

    assert parse_otp(written) == code
    assert TypeAdapter(Otp).validate_python(written) == code


@pytest.mark.parametrize(
    "written", ["", "12345", "1234567", "12345a", "12345²", "①23456", "12345½"]
)
def test_what_is_not_six_digits_is_no_code(written: str) -> None:
    with pytest.raises(BadValue) as refusal:
        parse_otp(written)
    assert refusal.value.code == "CODE_INVALID"
    with pytest.raises(ValidationError):
        TypeAdapter(Otp).validate_python(written)
    with pytest.raises(ValidationError):
        TypeAdapter(Otp).validate_python(123456)


@given(st.text())
def test_only_digits_are_changed(text: str) -> None:
    assert len(ascii_digits(text)) == len(text)
    assert all(a == b or b in "0123456789" for a, b in zip(text, ascii_digits(text), strict=True))


def test_digits_of_any_number_are_read_when_no_length_is_named() -> None:
    assert parse_digits("12 34.5-6") == "123456"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("001199012345", "001199012345"),
        (" 001 199 012 345 ", "001199012345"),
        ("００１１９９０１２３４５", "001199012345"),
        ("120199012345", "120199012345"),  # born abroad
    ],
)
def test_a_personal_number_is_read(written: str, read: str) -> None:
    assert parse_id_number(written) == read
    assert TypeAdapter(IdNumber).validate_python(written) == read


@pytest.mark.parametrize(
    "written", ["", "00119901234", "0011990123456", "003199012345", "A01199012345"]
)
def test_a_number_of_no_province_is_refused(written: str) -> None:
    with pytest.raises(BadValue) as refusal:
        parse_id_number(written)
    assert refusal.value.code == "ID_NUMBER_INVALID"


def test_a_personal_number_says_when_and_as_what_one_was_born() -> None:
    check_owner("001199012345", born=dt.date(1999, 3, 15), sex="FEMALE")
    check_owner("001199012345", born=None, sex=None)
    assert (sex_of("001199012345"), sex_of("001204012345")) == ("FEMALE", "MALE")
    others: list[tuple[dt.date, Literal["MALE", "FEMALE"]]] = [
        (dt.date(1998, 3, 15), "FEMALE"),
        (dt.date(1999, 3, 15), "MALE"),
    ]
    for born, sex in others:
        with pytest.raises(BadValue) as refusal:
            check_owner("001199012345", born=born, sex=sex)
        assert refusal.value.code == "ID_NUMBER_MISMATCH"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("0100686209", "0100686209"),
        ("0100686209-002", "0100686209-002"),
        ("0100686209002", "0100686209-002"),
        (" 0100 686 209 – 002", "0100686209-002"),
        ("001199012345", "001199012345"),
        ("０１００６８６２０９", "0100686209"),
    ],
)
def test_a_tax_code_is_read(written: str, read: str) -> None:
    assert parse_tax_code(written) == read


@pytest.mark.parametrize(
    "written", ["", "0100686208", "0100686209-000", "0100686209-0", "010068620", "003199012345"]
)
def test_a_tax_code_that_does_not_check_is_refused(written: str) -> None:
    with pytest.raises(BadValue):
        parse_tax_code(written)


@given(
    st.dates(dt.date(2000, 1, 1), dt.date(2099, 12, 31)),
    st.text(alphabet=ALPHABET, min_size=5, max_size=5),
)
def test_a_hold_code_is_read_as_it_is_heard_and_written_down(day: dt.date, chance: str) -> None:
    code = hold_code(day, chance)
    misheard = "GS" + code[2:].replace("0", "O").replace("1", "l")

    for written in (code, code.lower(), in_groups(code), misheard, code.replace("1", "I")):
        assert parse_hold_code(written) == code
    assert TypeAdapter(HoldCode).validate_python(in_groups(code)) == code


@pytest.mark.parametrize("written", ["", "GS", "GS2611027KM3QU", "XX2611027KM3QX", "GS261102" * 2])
def test_what_is_no_hold_code_is_refused(written: str) -> None:
    with pytest.raises(BadValue) as refusal:
        parse_hold_code(written)
    assert refusal.value.code == "HOLD_CODE_INVALID"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("8984012345678901234", "8984012345678901234"),
        ("8984 0123 4567 8901 234", "8984012345678901234"),
        ("1234567890", "1234567890"),
        ("８９８４０１２３４５６７８９０１２３４", "8984012345678901234"),
    ],
)
def test_the_serial_of_a_card_is_read(written: str, read: str) -> None:
    assert parse_sim_serial(written) == read


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("123456789", "SIM_SERIAL_INVALID"),
        ("1" * 21, "SIM_SERIAL_INVALID"),
        ("89840123456789O1234", "SIM_SERIAL_INVALID"),
        ("8984012345678901235", "SIM_SERIAL_MISREAD"),
    ],
)
def test_a_misread_serial_is_refused(written: str, code: str) -> None:
    with pytest.raises(BadValue) as refusal:
        parse_sim_serial(written)
    assert refusal.value.code == code


@given(st.from_regex(r"[0-9]{10,19}", fullmatch=True))
def test_exactly_one_last_digit_checks(digits: str) -> None:
    assert sum(luhn(f"{digits}{d}") for d in range(10)) == 1


def test_all_wards_of_the_country_are_in_the_one_table() -> None:
    assert len(wards()) == 3321
    assert {ward.region for ward in wards().values()} == {f"KV{n}" for n in range(1, 10)}
    assert ward_of("26740").region == "KV2"
    assert parse_ward("００００４") == "00004"
    assert TypeAdapter(WardCode).validate_python("00004") == "00004"


@pytest.mark.parametrize("written", ["99999", "4", "", "0000４4", "abcde"])
def test_a_ward_that_does_not_exist_is_refused(written: str) -> None:
    with pytest.raises(BadValue) as refusal:
        parse_ward(written)
    assert refusal.value.code == "WARD_INVALID"
