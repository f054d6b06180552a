"""Packages and promotions: data with dates, not code."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    DateTime,
    ForeignKey,
    Integer,
    SmallInteger,
    String,
    Table,
    Text,
)

from catalog.tables import metadata

packages = Table(
    "package",
    metadata,
    Column("code", String(16), primary_key=True),
    Column("name_vi", Text, nullable=False),
    Column("text_vi", Text, nullable=False),
    Column("data_mb", Integer, nullable=False),
    Column("data_mb_per_day", Integer),
    Column("days", SmallInteger, nullable=False),
    Column("price_vnd", BigInteger, nullable=False),
)

promotions = Table(
    "promotion",
    metadata,
    Column("code", String(16), primary_key=True),
    Column("package_code", ForeignKey("package.code"), nullable=False),
    Column("text_vi", Text, nullable=False),
    # Who is entitled to it: the kind of SIM, and whether the subscriber must be a new one.
    Column("sim", String(8), nullable=False),
    Column("new_subscribers_only", Boolean, nullable=False),
    Column("valid_from", DateTime(timezone=True), nullable=False),
    Column("valid_to", DateTime(timezone=True), nullable=False),
)
