"""The demonstration stock: `python -m catalog.seed`. The same numbers every time, loaded once."""

import asyncio
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import cycle
from random import Random
from typing import Any, Final

import structlog
from sqlalchemy import text
from sqlalchemy.dialects.postgresql import insert

from catalog.classes.domain import (
    BY_CODE,
    RULES_VERSION,
    SIM_FEE_VND,
    class_of,
    price_of,
    tags_of,
)
from catalog.numbers.domain import Status, id_of, msisdn_of
from catalog.settings import Settings
from catalog.tables import packages, promotions
from kit.db import Database, Tx
from values.phones import MOBIFONE

PUBLISHED_AT: Final = datetime(2026, 1, 5, 2, tzinfo=UTC)
THIS_YEAR: Final = 2026
NICE_SHARE: Final = 0.4
REGIONS: Final = (*(f"KV{n}" for n in range(1, 10)), *[None] * 6)
"""Four in ten numbers are common stock."""

# Seven digits behind the prefix: a letter is the same digit wherever it stands, `?` is any, and P
# is the last digit of the prefix. The rare come first, and less often.
RARE: Final = (
    *("?AAAAAA", "?123456", "?234567", "?345678", "?456789", "?654321", "AAAAAA?"),
    *("??AAAAA", "ABCPABC", "?AAABBB", "?ABABAB", "AAAAA??", "??12345", "??56789", "??98765"),
)
NICE: Final = (
    *("???AAAA", "?ABCABC", "?ABCCBA", "?112233", "?121314", "?102030", "?AABBCC", "AAAA???"),
    *("????AAA", "???1234", "???6789", "???3456", "???4321", "????123", "????789"),
    *("???ABAB", "???AABB", "???ABBA", "?ABACDC", "????ABA", "?????68", "?????86"),
    *("?????79", "?????39", "?????38", "?????78", "???19??", "???199?", "???200?"),
    *("?180592", "?050398", "?201200", "?120188", "?311299"),
    *("???1102", "???4078", "???1368"),
)
RARE_SHARE: Final = 0.02
COLUMNS: Final = (
    *(
        "id",
        "msisdn",
        "national",
        "reversed",
        "prefix",
        "tail",
        "price_class",
        "tags",
        "rules_version",
    ),
    *("price_vnd", "sim_fee_vnd", "commitment_vnd_per_month", "commitment_months", "region"),
    *("status", "status_since", "version"),
)

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

log = structlog.get_logger()


def national_numbers(count: int) -> list[str]:
    """Choose `count` different numbers: always the same ones, with many nice ones."""
    random, chosen = Random(2026), dict[str, None]()  # noqa: S311, a stock, not a secret
    for prefix, template in zip(cycle(sorted(MOBIFONE)), _templates(random), strict=False):
        if len(chosen) >= count:
            break
        chosen[prefix + _fill(template, prefix, random)] = None
    return list(chosen)


def _templates(random: Random) -> Iterator[str]:
    while True:
        nice = random.random() < NICE_SHARE
        rare = nice and random.random() < RARE_SHARE
        yield random.choice(RARE) if rare else random.choice(NICE) if nice else "?" * 7


def _fill(template: str, prefix: str, random: Random) -> str:
    letters = dict(zip("ABCD", random.sample("0123456789", 4), strict=True)) | {"P": prefix[-1]}
    return "".join(
        str(int(random.random() * 10)) if c == "?" else letters.get(c, c) for c in template
    )


def _row(national: str, region: str | None) -> tuple[Any, ...]:
    tags = tags_of(national, THIS_YEAR)
    price_class = class_of(tags)
    terms, msisdn = BY_CODE[price_class], msisdn_of(national)
    return (
        *(id_of(msisdn), msisdn, national, national[::-1], national[:3], national[-2:]),
        *(price_class, tags),
        *(RULES_VERSION, price_of(national, price_class), SIM_FEE_VND),
        *(terms.commitment_vnd_per_month, terms.commitment_months, region),
        *(Status.AVAILABLE.value, PUBLISHED_AT, 1),
    )


async def seed(db: Database, count: int) -> int:
    """Load the stock and the packages; return how many numbers were new."""
    async with db.transaction() as tx:
        await seed_packages(tx)
        there = await tx.scalar(text("select count(*) from number"))
    if (there or 0) >= count:
        return 0
    added = await _load(db, count)
    own = db.engine.execution_options(isolation_level="AUTOCOMMIT")
    async with own.connect() as connection:
        await connection.execute(text("vacuum analyze number"))
    return added


async def _load(db: Database, count: int) -> int:
    names = ", ".join(COLUMNS)
    regions = Random(63)  # noqa: S311, a stock, not a secret
    async with db.engine.begin() as connection:
        await connection.execute(
            text("create temp table fresh (like number including defaults) on commit drop")
        )
        raw = (await connection.get_raw_connection()).driver_connection
        assert raw is not None
        async with (
            raw.cursor() as cursor,
            cursor.copy(f"copy fresh ({names}) from stdin") as copy,
        ):
            for national in national_numbers(count):
                await copy.write_row(_row(national, regions.choice(REGIONS)))
        added = await connection.execute(
            text(
                f"insert into number ({names}) select {names} from fresh"  # noqa: S608, our names
                " on conflict do nothing"
            )
        )
        return added.rowcount


async def seed_packages(tx: Tx) -> None:
    """Write down what is missing; what somebody has changed since stays changed."""
    for table, rows in ((packages, PACKAGES), (promotions, PROMOTIONS)):
        await tx.execute(insert(table).values(rows).on_conflict_do_nothing())


async def main() -> None:
    """Seed the database this process was told about."""
    settings = Settings.model_validate({})
    db, began = Database(str(settings.database_url)), time.monotonic()
    added = await seed(db, settings.seed_count)
    await db.engine.dispose()
    log.info("seeded", numbers=added, seconds=round(time.monotonic() - began, 1))


if __name__ == "__main__":
    asyncio.run(main())
