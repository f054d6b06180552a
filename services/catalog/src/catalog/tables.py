"""The schema of the catalog. The indexes are there for the search; the README names them."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    DateTime,
    Enum,
    ForeignKey,
    Index,
    Integer,
    SmallInteger,
    String,
    Table,
    Text,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY

from catalog.numbers.domain import Number, Status
from kit.db import service_registry

mapper = service_registry()
metadata = mapper.metadata

# "C" lets a plain index answer `like '0931%'`, whatever language the database was made for.
_DIGITS = String(10, collation="C")
_ON_SALE = text("status = 'AVAILABLE'")

numbers = Table(
    "number",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("msisdn", String(11), nullable=False, unique=True),
    Column("national", _DIGITS, nullable=False),
    Column("reversed", _DIGITS, nullable=False),
    Column("prefix", String(3), nullable=False),
    Column("tail", String(2, collation="C"), nullable=False),
    Column("price_class", String(16), nullable=False),
    Column("tags", ARRAY(Text), nullable=False),
    Column("rules_version", SmallInteger, nullable=False),
    Column("price_vnd", BigInteger, nullable=False),
    Column("sim_fee_vnd", BigInteger, nullable=False),
    Column("commitment_vnd_per_month", BigInteger, nullable=False),
    Column("commitment_months", SmallInteger, nullable=False),
    Column("region", String(3)),
    Column("status", Enum(Status, native_enum=False, length=16), nullable=False),
    Column("status_since", DateTime(timezone=True), nullable=False),
    # What the newest fact of the hold service said, and whose hold it was about.
    Column("status_at", DateTime(timezone=True)),
    Column("hold_id", Uuid),
    # By the hold service's word, which decides about it.
    Column("rests_until", DateTime(timezone=True)),
    Column("withdrawn_at", DateTime(timezone=True)),
    Column("version", Integer, nullable=False),
    Index("number_by_price_idx", "price_vnd", "national", postgresql_where=_ON_SALE),
    Index("number_by_class_idx", "price_class", "price_vnd", "national", postgresql_where=_ON_SALE),
    # For the last two digits alone (68, 79): too many to sort, and the cheap ones end otherwise.
    Index("number_by_pair_idx", "tail", "price_vnd", "national", postgresql_where=_ON_SALE),
    Index("number_by_head_idx", "national", postgresql_where=_ON_SALE),
    Index("number_by_tail_idx", "reversed", postgresql_where=_ON_SALE),
    # For staff, who see what is not on sale, too.
    Index("number_stock_idx", "national"),
    Index("number_status_idx", "status", "national"),
    Index("number_resting_idx", "rests_until", postgresql_where=text("status = 'QUARANTINED'")),
)

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

mapper.map_imperatively(
    Number,
    numbers,
    version_id_col=numbers.c.version,
    exclude_properties=["reversed", "prefix", "tail", "tags", "rules_version", "sim_fee_vnd"],
)
