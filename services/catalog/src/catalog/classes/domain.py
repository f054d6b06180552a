"""Nice numbers: which patterns a number shows, and which of them names its class.

A number carries every tag that fits; its class is the first of them in the order of `CLASSES`.
The order is commercial: `RULES_VERSION` is stored with each number, so that a change can be told.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

RULES_VERSION: Final = 1
OLDEST_BIRTH_YEAR: Final = 1950


@dataclass(frozen=True)
class NumberClass:
    """A class of numbers, and the sheet its price is proposed from."""

    code: str
    name_vi: str
    price_vnd: int
    commitment_vnd_per_month: int = 0
    commitment_months: int = 0


CLASSES: Final = (
    NumberClass("LUC_QUY", "Lục quý", 500_000_000, 1_500_000, 36),
    NumberClass("NGU_QUY", "Ngũ quý", 90_000_000, 1_000_000, 36),
    NumberClass("TU_QUY", "Tứ quý", 25_000_000, 700_000, 24),
    NumberClass("TAM_HOA_KEP", "Tam hoa kép", 30_000_000, 700_000, 24),
    NumberClass("SANH_TIEN_6", "Sảnh tiến 6", 60_000_000, 800_000, 24),
    NumberClass("TAXI_2", "Taxi AB.AB.AB", 18_000_000, 500_000, 24),
    NumberClass("TAXI_4", "Taxi ABCD.ABCD", 12_000_000, 500_000, 24),
    NumberClass("TAXI_3", "Taxi ABC.ABC", 8_000_000, 400_000, 24),
    NumberClass("LUC_QUY_GIUA", "Lục quý giữa", 20_000_000, 500_000, 24),
    NumberClass("SANH_TIEN_5", "Sảnh tiến 5", 9_000_000, 400_000, 18),
    NumberClass("SOI_GUONG", "Soi gương ABC.CBA", 5_000_000, 300_000, 18),
    NumberClass("TIEN_DOI", "Tiến đôi", 6_000_000, 300_000, 18),
    NumberClass("KEP_BA", "Kép ba AA.BB.CC", 4_500_000, 300_000, 18),
    NumberClass("NGU_QUY_GIUA", "Ngũ quý giữa", 5_000_000, 300_000, 18),
    NumberClass("TAM_HOA", "Tam hoa", 2_500_000, 200_000, 12),
    NumberClass("SANH_TIEN_4", "Sảnh tiến 4", 2_000_000, 200_000, 12),
    NumberClass("NGAY_SINH_DU", "Ngày sinh đủ ngày tháng năm", 1_500_000),
    NumberClass("TU_QUY_GIUA", "Tứ quý giữa", 1_500_000, 150_000, 12),
    NumberClass("SO_DOC", "Số độc", 1_200_000),
    NumberClass("LAP", "Lặp AB.AB", 1_000_000, 100_000, 12),
    NumberClass("KEP", "Kép AA.BB", 900_000, 100_000, 12),
    NumberClass("DAO", "Đảo ABBA", 800_000, 100_000, 12),
    NumberClass("GANH_KEP", "Gánh kép ABA.CDC", 800_000),
    NumberClass("LOC_PHAT", "Lộc phát", 700_000),
    NumberClass("THAN_TAI", "Thần tài", 600_000),
    NumberClass("ONG_DIA", "Ông địa", 500_000),
    NumberClass("SANH_LUI_6", "Sảnh lùi 6", 3_000_000),
    NumberClass("SANH_LUI_5", "Sảnh lùi 5", 1_000_000),
    NumberClass("SANH_LUI_4", "Sảnh lùi 4", 500_000),
    NumberClass("NAM_SINH", "Năm sinh", 450_000),
    NumberClass("SANH_TIEN_3", "Tiến 3", 350_000),
    NumberClass("NGAY_SINH", "Ngày sinh", 300_000),
    NumberClass("GANH", "Gánh ABA", 200_000),
    NumberClass("DAU_SO_CO", "Đầu số cổ 090", 150_000),
    NumberClass("THUONG", "Số thường", 50_000),
)
BY_CODE: Final = {number_class.code: number_class for number_class in CLASSES}
RANK: Final = {number_class.code: rank for rank, number_class in enumerate(CLASSES, start=1)}
"""1 is the best."""

SIM_FEE_VND: Final = 25_000
SAYINGS: Final = frozenset(
    ("1102", "4078", "6789", "1368", "8386", "1618", "2204", "4953", "0378", "1486")
)

_RUN = re.compile(r"(\d)\1*")
_QUY: Final = {4: "TU_QUY", 5: "NGU_QUY"}
_UP: Final = "0123456789"
_DOWN: Final = _UP[::-1]
_PAIR_STEPS: Final = (1, 10, 11)

# Of each group a number gets the first that fits: the longer pattern contains the shorter.
_SHAPES: Final = tuple(
    tuple((tag, re.compile(pattern + "$")) for tag, pattern in group)
    for group in (
        (
            ("TAXI_2", r"(\d)(?!\1)(\d)\1\2\1\2"),
            ("TAXI_3", r"(?!(\d)\1{5})(\d{3})\2"),
        ),
        (
            ("KEP_BA", r"(\d)\1(?!\1)(\d)\2(?!\2)(\d)\3"),
            ("KEP", r"(\d)\1(?!\1)(\d)\2"),
        ),
        (
            ("SOI_GUONG", r"(?!(\d)\1{5})(\d)(\d)(\d)\4\3\2"),
            ("DAO", r"(\d)(?!\1)(\d)\2\1"),
        ),
    )
)
_LAP = re.compile(r"(\d)(?!\1)(\d)\1\2$")
_TAXI_4 = re.compile(r"(\d{4})\1$")
_GANH_KEP = re.compile(r"(\d)(?!\1)\d\1(\d)(?!\2)\d\2$")
_GANH = re.compile(r"(\d)(?!\1)\d\1$")
_TAM_HOA_KEP = re.compile(r"(\d)\1\1(?!\1)(\d)\2\2$")
_TAXI_4_DIGITS: Final = 3


def tags_of(national: str, this_year: int) -> list[str]:
    """Return every tag of a ten-digit number; `THUONG` if nothing about it is nice."""
    tags = [tag for rule in _RULES for tag in rule(national, this_year)]
    return tags or ["THUONG"]


def class_of(tags: list[str]) -> str:
    """Return the class a number with these tags is sold as."""
    return min(tags, key=RANK.__getitem__)


def price_of(national: str, price_class: str) -> int:
    """Propose a price: the class's, a fifth more behind an old prefix; a person publishes it."""
    base = BY_CODE[price_class].price_vnd
    lucky = 1 + 0.2 * (national[:3] in ("090", "093")) + 0.1 * (national[-1] in "689")
    return round(base * lucky / 1000) * 1000


def _runs(s: str, _: int) -> Iterator[str]:
    lengths = [len(run.group()) for run in _RUN.finditer(s[1:])]
    # The first digit is always 0 and belongs to no pattern, unless nothing else follows it.
    tail = lengths[-1]
    middle = max(lengths[:-1], default=0)
    if tail >= 4:  # noqa: PLR2004, four of a kind
        yield _QUY.get(tail, "LUC_QUY")
    if middle >= 4:  # noqa: PLR2004, four of a kind
        yield _QUY.get(middle, "LUC_QUY") + "_GIUA"
    if _TAM_HOA_KEP.search(s):
        yield "TAM_HOA_KEP"
    elif tail == 3:  # noqa: PLR2004, three of a kind
        yield "TAM_HOA"


def _straights(s: str, _: int) -> Iterator[str]:
    for name, order, shortest in (("TIEN", _UP, 3), ("LUI", _DOWN, 4)):
        longest = next((n for n in range(6, shortest - 1, -1) if s[-n:] in order), None)
        if longest:
            yield f"SANH_{name}_{longest}"


def _pairs(s: str, _: int) -> Iterator[str]:
    first, second, third = int(s[4:6]), int(s[6:8]), int(s[8:])
    if second - first == third - second and second - first in _PAIR_STEPS:
        yield "TIEN_DOI"


def _shapes(s: str, _: int) -> Iterator[str]:
    fitting = [next((tag for tag, shape in group if shape.search(s)), None) for group in _SHAPES]
    taxi = fitting[0]
    yield from filter(None, fitting)
    if _TAXI_4.search(s) and len(set(s[-4:])) >= _TAXI_4_DIGITS:
        yield "TAXI_4"
    if taxi != "TAXI_2" and _LAP.search(s):
        yield "LAP"
    if taxi is None and _GANH_KEP.search(s):
        yield "GANH_KEP"
    elif _GANH.search(s):
        yield "GANH"


def _sayings(s: str, _: int) -> Iterator[str]:
    if tag := _TAILS.get(s[-2:]):
        yield tag
    if s[-4:] in SAYINGS:
        yield "SO_DOC"
    if s.startswith("090"):
        yield "DAU_SO_CO"


def _birthdays(s: str, this_year: int) -> Iterator[str]:
    year = int(s[-4:])
    if OLDEST_BIRTH_YEAR <= year <= this_year:
        yield "NAM_SINH"
        if _is_date(year, s[2:6]):
            yield "NGAY_SINH_DU"
    short = 2000 + int(s[-2:])
    if _is_date(short if short <= this_year else short - 100, s[4:8]):
        yield "NGAY_SINH"


def _is_date(year: int, day_and_month: str) -> bool:
    day, month = int(day_and_month[:2]), int(day_and_month[2:])
    if not (1 <= day <= 31 and 1 <= month <= 12):  # noqa: PLR2004, most numbers end here
        return False
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


_TAILS: Final = {
    "68": "LOC_PHAT",
    "86": "LOC_PHAT",
    "39": "THAN_TAI",
    "79": "THAN_TAI",
    "38": "ONG_DIA",
    "78": "ONG_DIA",
}
_RULES: Final[tuple[Callable[[str, int], Iterator[str]], ...]] = (
    _runs,
    _straights,
    _pairs,
    _shapes,
    _sayings,
    _birthdays,
)
