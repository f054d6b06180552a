"""Invented people: Vietnamese names, and an address in the territory of a regional company."""

import random
from collections import defaultdict
from dataclasses import replace
from functools import cache
from typing import Final, get_args

from demo.papers import Person, somebody
from values.wards import Region, Ward, wards

REGIONS: Final[tuple[Region, ...]] = get_args(Region)
FAMILIES: Final = (
    *("Nguyễn", "Nguyễn", "Nguyễn", "Trần", "Trần", "Lê", "Lê", "Phạm", "Hoàng", "Huỳnh"),
    *("Phan", "Vũ", "Võ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Dương", "Lý", "Đinh", "Mai"),
)
WOMEN: Final = (
    ("Thị", "Thị Thu", "Thị Mỹ", "Ngọc", "Thanh", "Thị Kim", "Minh", "Thùy"),
    (
        *("An", "Hà", "Hương", "Lan", "Linh", "Mai", "Nga", "Ngân", "Nhung", "Oanh", "Phương"),
        *("Quyên", "Thảo", "Trang", "Tuyết", "Uyên", "Vân", "Xuân", "Yến", "Huyền", "Diễm"),
    ),
)
MEN: Final = (
    ("Văn", "Đức", "Hữu", "Quang", "Minh", "Công", "Thành", "Xuân", "Quốc"),
    (
        *("Anh", "Bình", "Cường", "Dũng", "Hải", "Hiếu", "Hùng", "Khoa", "Kiên", "Long", "Nam"),
        *("Nghĩa", "Phúc", "Quân", "Sơn", "Tâm", "Thắng", "Toàn", "Trung", "Tuấn", "Việt"),
    ),
)
STREETS: Final = (
    *("Trần Hưng Đạo", "Lê Lợi", "Nguyễn Huệ", "Hai Bà Trưng", "Lý Thường Kiệt", "Quang Trung"),
    *("Nguyễn Trãi", "Phan Đình Phùng", "Lê Hồng Phong", "Hoàng Hoa Thám", "Hùng Vương"),
    *("Ngô Quyền", "Điện Biên Phủ", "Phan Chu Trinh", "Trần Phú", "Bà Triệu", "Nguyễn Văn Cừ"),
)


def inhabitant(region: Region) -> Person:
    """Make up a person who lives in a ward of the region."""
    dice = random.SystemRandom()
    woman = dice.random() < 0.5  # noqa: PLR2004, one of two
    middles, givens = WOMEN if woman else MEN
    name = f"{dice.choice(FAMILIES)} {dice.choice(middles)} {dice.choice(givens)}"
    house = f"{dice.randint(1, 320)} {dice.choice(STREETS)}"
    ward = dice.choice(_wards_by_region()[region])
    return replace(somebody(name, woman=woman), ward_code=ward.code, street=house)


@cache
def _wards_by_region() -> dict[Region, list[Ward]]:
    """Return the wards of towns, by region: most orders come from there."""
    by_region: dict[Region, list[Ward]] = defaultdict(list)
    for ward in wards().values():
        if ward.name.startswith("Phường"):
            by_region[ward.region].append(ward)
    return dict(by_region)
