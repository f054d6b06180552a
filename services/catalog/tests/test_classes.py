"""The classes of numbers, checked against counts over a million numbers behind one prefix."""

import random
from collections import Counter

import pytest

from catalog.classes.domain import CLASSES, RANK, class_of, price_of, tags_of
from values.number_groups import GROUPS, set_apart

EXAMPLES = {
    "0909888888": ("LUC_QUY",),
    "0931266666": ("NGU_QUY",),
    "0901238888": ("TU_QUY",),
    "0901111222": ("TAM_HOA_KEP", "TU_QUY_GIUA"),
    "0932123456": ("SANH_TIEN_6",),
    "0907262626": ("TAXI_2",),
    "0901247247": ("TAXI_3",),
    "0901230123": ("TAXI_4",),
    "0935112233": ("TIEN_DOI", "KEP_BA"),
    "0931266262": ("LAP",),
    "0908123321": ("SOI_GUONG",),
    "0906121323": ("GANH_KEP",),
    "0933456568": ("LOC_PHAT",),
    "0907001980": ("NAM_SINH",),
    "0939394078": ("SO_DOC",),
}

# How many of the million tails behind 0931 carry each tag, with 2026 as this year.
COUNTS_0931 = {
    "LUC_QUY": 10,
    "NGU_QUY": 90,
    "TU_QUY": 900,
    "TAM_HOA_KEP": 90,
    "SANH_TIEN_6": 5,
    "TAXI_2": 90,
    "TAXI_4": 96,
    "TAXI_3": 990,
    "LUC_QUY_GIUA": 9,
    "SANH_TIEN_5": 55,
    "SOI_GUONG": 990,
    "TIEN_DOI": 256,
    "KEP_BA": 810,
    "NGU_QUY_GIUA": 171,
    "TAM_HOA": 8910,
    "SANH_TIEN_4": 640,
    "NGAY_SINH_DU": 539,
    "TU_QUY_GIUA": 2520,
    "SO_DOC": 1000,
    "LAP": 8910,
    "KEP": 8190,
    "DAO": 9000,
    "GANH_KEP": 7920,
    "LOC_PHAT": 20000,
    "THAN_TAI": 20000,
    "ONG_DIA": 20000,
    "SANH_LUI_6": 5,
    "SANH_LUI_5": 55,
    "SANH_LUI_4": 640,
    "NAM_SINH": 7700,
    "SANH_TIEN_3": 7300,
    "NGAY_SINH": 36525,
    "GANH": 82080,
    "THUONG": 780711,
}


@pytest.mark.parametrize(("national", "expected"), EXAMPLES.items())
def test_the_examples_of_the_price_list_are_classed_as_written(
    national: str, expected: tuple[str, ...]
) -> None:
    tags = tags_of(national, 2026)

    assert class_of(tags) == expected[0]
    assert set(expected) <= set(tags)


def test_a_million_numbers_carry_exactly_the_tags_that_were_counted() -> None:
    counts = Counter(tag for n in range(10**6) for tag in tags_of(f"0931{n:06d}", 2026))

    assert counts == COUNTS_0931


def test_every_tag_has_a_class_and_the_best_comes_first() -> None:
    assert list(RANK.values()) == list(range(1, 36))
    assert {*COUNTS_0931, "DAU_SO_CO"} == {number_class.code for number_class in CLASSES}


def test_a_year_of_birth_is_one_until_this_year_only() -> None:
    assert "NAM_SINH" in tags_of("0931992026", 2026)
    assert "NAM_SINH" not in tags_of("0931992027", 2026)
    assert "NAM_SINH" in tags_of("0931992027", 2027)


@pytest.mark.parametrize(
    ("national", "shown"),
    [
        ("0931266666", "09312 66666"),
        ("0909888888", "0909 888888"),
        ("0901238888", "090 123 8888"),
        ("0931266868", "0931 26 68 68"),
        ("0931500417", "0931 500 417"),
    ],
)
def test_the_nice_part_of_a_number_stands_together(national: str, shown: str) -> None:
    assert set_apart(f"84{national[1:]}", class_of(tags_of(national, 2026))) == shown


def test_no_digit_is_lost_between_the_groups_and_no_price_is_negative() -> None:
    numbers = random.Random(1)
    for _ in range(500):
        national = f"09{numbers.randrange(10**8):08d}"
        price_class = class_of(tags_of(national, 2026))

        assert set_apart(f"84{national[1:]}", price_class).replace(" ", "") == national
        assert price_of(national, price_class) >= 50_000


def test_every_class_with_groups_of_its_own_is_a_class_and_its_groups_are_ten_digits() -> None:
    assert set(GROUPS) <= {number_class.code for number_class in CLASSES}
    assert {sum(sizes) for sizes in GROUPS.values()} == {10}
