"""The effect of every consumer here: one row for each journey, counted up."""

from typing import Final

from sqlalchemy import BigInteger, Column, Integer, MetaData, Table, Text
from sqlalchemy.dialects.postgresql import Insert, insert

from events import HoldCreated

metadata = MetaData()

seen: Final = Table(
    "seen",
    metadata,
    Column("key", Text, primary_key=True),
    Column("times", Integer, nullable=False),
    Column("price", BigInteger, nullable=False),
)

UPSERT: Final = """
    insert into seen (key, times, price) values (%s, 1, %s)
    on conflict (key) do update set times = seen.times + 1, price = excluded.price
"""
"""For psycopg."""


def upsert(fact: HoldCreated) -> Insert:
    """Say the same for SQLAlchemy."""
    row = insert(seen).values(key=fact.key, times=1, price=fact.price_vnd)
    new = {"times": seen.c.times + 1, "price": row.excluded.price}
    return row.on_conflict_do_update(index_elements=[seen.c.key], set_=new)


FIRST_TIME: Final = """
    insert into inbox (consumer, event_id) select %s, unnest(%s::uuid[])
    on conflict do nothing returning event_id
"""
"""A hand-written inbox on our table."""
