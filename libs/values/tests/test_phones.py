"""A phone number is read in every way it is written, and refused if no network gives it out."""

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from values.errors import BadValue
from values.phones import MOBIFONE, PREFIXES, in_groups, national, parse_phone

NUMBERS = st.builds("{}{:07}".format, st.sampled_from(sorted(PREFIXES)), st.integers(0, 10**7 - 1))
PREFIX_WAYS = ["0", "", "+84", "84", "084", "0084", "+84 0", "+84 (0)", "00 84 ", "\u202a+84"]
BETWEEN = ["", " ", ".", "-", "\u00a0", "\u2011", "\u200b", "\u2009"]


@pytest.mark.parametrize(
    "written",
    [
        "0931 266 868",
        "931266868",
        "84931266868",
        "084931266868",
        "0084 931 266 868",
        "+84 (0) 931-266-868",
        "(0931) 266.868",
        "\u202a+84\u00a0931\u2009266 868\u202c",
        "０９３１２６６８６８",
        "＋８４　９３１２６６８６８",
        "٠٩٣١٢٦٦٨٦٨",
    ],
)
def test_a_number_is_read_as_people_type_and_paste_it(written: str) -> None:
    assert parse_phone(written) == "84931266868"


@given(
    NUMBERS, st.sampled_from(PREFIX_WAYS), st.sampled_from(BETWEEN), st.sampled_from([0, 0xFEE0])
)
def test_every_way_of_writing_a_number_gives_the_same_number(
    number: str, way: str, between: str, wide: int
) -> None:
    written = way + between.join([number[1:4], number[4:7], number[7:]])
    written = "".join(chr(ord(c) + wide) if c.isdigit() else c for c in written)

    read = parse_phone(written)

    assert read == f"84{number[1:]}"
    assert (parse_phone(read), parse_phone(national(read))) == (read, read)
    assert parse_phone(in_groups(read)) == read


@pytest.mark.parametrize(
    "written",
    [
        "",
        "0",
        "0951234567",  # S-Fone is gone
        "0571234567",
        "0311234567",
        "02438123456",  # a telephone on a desk
        "01269123456",  # the eleven digits of before 2018
        "093126686",
        "09312668680",
        "0931266868 0931266869",
        "0931 CALL ME",
        "+8613800138000",
        "+931266868",
        "0931266868;ext=1",
        "²931266868",
    ],
)
def test_a_number_that_cannot_exist_is_refused_without_repeating_it(written: str) -> None:
    with pytest.raises(BadValue) as refusal:
        parse_phone(written)

    assert refusal.value.code == "PHONE_INVALID"
    assert not written or written not in str(refusal.value)


@given(st.text(max_size=40))
def test_any_text_is_a_number_or_refused(text: str) -> None:
    try:
        read = parse_phone(text)
    except BadValue:
        return
    assert read.isascii()
    assert f"0{read[2:4]}" in PREFIXES


def test_the_plan_agrees_with_the_library_of_all_numbering_plans() -> None:
    """The library knows two prefixes that no network uses; of ours it knows every one."""
    mobile = phonenumbers.PhoneNumberType.MOBILE

    def known(prefix: str) -> bool:
        return any(
            phonenumbers.number_type(phonenumbers.parse(f"{prefix}{d}123456", "VN")) == mobile
            for d in range(10)
        )

    theirs = {f"0{n}" for n in range(30, 100) if known(f"0{n}")}
    assert theirs >= PREFIXES
    assert theirs - PREFIXES <= {"030", "031", "051", "095"}
    assert MOBIFONE < PREFIXES
