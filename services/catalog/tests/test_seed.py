"""The demonstration stock."""

from collections import Counter

from sqlalchemy import select

from catalog.classes.domain import class_of, tags_of
from catalog.seed import THIS_YEAR, national_numbers, seed
from catalog.tables import metadata, numbers
from kit.db import Database
from kit.testing import assert_migrated
from values.phones import MOBIFONE


def test_the_stock_is_the_same_every_time_and_a_larger_one_contains_a_smaller() -> None:
    small, large = national_numbers(500), national_numbers(2000)

    assert small == national_numbers(500)
    assert large[:500] == small
    assert len(set(large)) == 2000


def test_the_stock_has_numbers_of_every_prefix_and_nearly_every_class() -> None:
    stock = national_numbers(20_000)
    classes = Counter(class_of(tags_of(n, THIS_YEAR)) for n in stock)

    assert {n[:3] for n in stock} == MOBIFONE
    assert len(classes) == 35
    assert 0.3 < classes["THUONG"] / len(stock) < 0.7


async def test_loading_twice_adds_nothing_and_a_larger_stock_adds_the_rest(db: Database) -> None:
    assert await seed(db, 3000) == 0
    assert await seed(db, 3500) == 500

    async with db.transaction() as tx:
        regions = set(await tx.scalars(select(numbers.c.region).distinct()))
    assert regions == {*(f"KV{n}" for n in range(1, 10)), None}


async def test_the_migrations_make_the_tables_of_the_code(db: Database) -> None:
    await assert_migrated("catalog", metadata, db)
