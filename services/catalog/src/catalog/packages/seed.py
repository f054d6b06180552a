"""The packages and promotions of the demonstration stock."""

from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy.dialects.postgresql import insert

from catalog.packages.tables import packages, promotions
from kit.db import Tx

PACKAGES: Final[list[dict[str, Any]]] = [
    {
        "code": "TN4G",
        "name_vi": "Trải nghiệm 4G",
        "text_vi": "15 GB trong 10 ngày, mỗi ngày 1,5 GB tốc độ cao",
        "data_mb": 15 * 1024,
        "data_mb_per_day": 1536,
        "days": 10,
        "price_vnd": 0,
    }
]
PROMOTIONS: Final[list[dict[str, Any]]] = [
    {
        "code": "KMTN4G",
        "package_code": "TN4G",
        "text_vi": "Thuê bao eSIM hòa mạng mới được tặng gói TN4G: 15 GB dùng trong 10 ngày",
        "sim": "ESIM",
        "new_subscribers_only": True,
        "valid_from": datetime(2025, 12, 31, 17, tzinfo=UTC),
        "valid_to": datetime(2028, 12, 31, 17, tzinfo=UTC),
    }
]


async def seed_packages(tx: Tx) -> None:
    """Write down what is missing; what somebody has changed since stays changed."""
    for table, rows in ((packages, PACKAGES), (promotions, PROMOTIONS)):
        await tx.execute(insert(table).values(rows).on_conflict_do_nothing())
