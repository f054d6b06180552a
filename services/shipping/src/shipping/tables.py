"""The tables of shipping. Importing this module maps the classes onto them."""

from typing import Any, Final

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    DateTime,
    Enum,
    Identity,
    Index,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from kit.db import service_registry
from shipping.deliveries.domain import Delivery
from shipping.holds.domain import KnownHold
from shipping.shipments.domain import Shipment
from shipping.shipments.states import Status

mapper = service_registry()
metadata = mapper.metadata

COUNTED: Final = ("region", "status", "overdue", "delivery", "payment")
"""The columns by which shipments are counted and listed."""


def _moment(name: str, *, nullable: bool = True) -> Column[Any]:
    return Column(name, DateTime(timezone=True), nullable=nullable)


def _flag(name: str) -> Column[bool]:
    return Column(name, Boolean, nullable=False, server_default=text("false"))


holds = Table(
    "hold",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("hold_code", String(32), unique=True),
    Column("customer_id", Uuid),
    Column("partner_id", Uuid),
    Column("number_id", Uuid, index=True),
    Column("sim", String(8)),
    _flag("channel_delivers"),
    Column("region", String(3)),
    Column("shop_code", String(16)),
    _moment("routed_at"),
    _flag("paid"),
    _moment("confirmed_at"),
    _moment("expired_at"),
    _moment("ended_at"),
    Column("ended_because", String(16)),
    Column("cancel_asked_because", String(64)),
)

numbers = Table(
    "number",
    metadata,
    Column("number_id", Uuid, primary_key=True),
    Column("msisdn", String(16), nullable=False, index=True),
)

deliveries = Table(
    "delivery",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("hold_id", Uuid, nullable=False, index=True),
    Column("customer_id", Uuid, nullable=False),
    Column("kind", String(8), nullable=False),
    Column("ward_code", String(5), nullable=False),
    Column("region", String(3), nullable=False),
    Column("store_code", String(16)),
    Column("doorstep", LargeBinary),
    # Blind index of the recipient's phone: found again, never read.
    Column("phone_index", String(64), index=True),
    _moment("changed_at", nullable=False),
    Index(
        "delivery_unindexed_idx",
        "id",
        postgresql_where=text("doorstep is not null and phone_index is null"),
    ),
)

shipments = Table(
    "shipment",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("hold_id", Uuid, nullable=False),
    Column("order_id", Uuid, nullable=False),
    Column("delivery", String(8), nullable=False),
    Column("delivery_id", Uuid),
    Column("store_code", String(16)),
    Column("payment", String(8), nullable=False),
    Column("cod_due_vnd", BigInteger, nullable=False),
    Column("status", Enum(Status, native_enum=False, length=20), nullable=False),
    _moment("placed_at", nullable=False),
    Column("carrier", String(16)),
    Column("collection_address", Text),
    _moment("collection_at"),
    Column("tracking_code", String(64)),
    Column("refused_because", String(64)),
    Column("carrier_word", String(64)),
    _moment("carrier_said_at"),
    _moment("heard_at"),
    _moment("asked_at"),
    Column("sim_serial", String(20)),
    _moment("packed_at"),
    _moment("handed_over_at"),
    _moment("refused_at"),
    _moment("lost_at"),
    _moment("delivered_at"),
    _moment("cod_collected_at"),
    Column("cod_open_vnd", BigInteger, nullable=False, server_default=text("0")),
    Column("closed_because", String(64)),
    # The three below are written by triggers of the database (decision 0041): the hold's region,
    # the beginning of the state, and `overdue`, which a job sets and the next state clears.
    Column("region", String(3)),
    _moment("since", nullable=False),
    _flag("overdue"),
    Column("version", Integer, nullable=False),
    UniqueConstraint("hold_id", name="one_shipment_per_hold"),
    # A parcel that came back, or never left, gives its SIM to the next order (LAW16: the serial
    # belongs to an order, not to a number).
    Index(
        "one_live_shipment_per_serial",
        "sim_serial",
        unique=True,
        postgresql_where=text("status not in ('CANCELLED', 'RETURNED')"),
    ),
    # A list is a merge of streams, each a range of one of these two (`lists.queries`).
    Index("shipment_stream_idx", "status", "overdue", "delivery", "payment", "id"),
    Index("shipment_region_idx", "region", "status", "overdue", "delivery", "payment", "id"),
    Index("shipment_serial_idx", "sim_serial"),
    Index(
        "shipment_store_idx",
        "store_code",
        "status",
        "id",
        postgresql_where=text("delivery = 'STORE'"),
    ),
    Index(
        "shipment_given_idx",
        "store_code",
        "delivered_at",
        postgresql_where=text("delivery = 'STORE'"),
    ),
    Index("shipment_cash_idx", "region", "id", postgresql_where=text("cod_open_vnd > 0")),
    Index("shipment_tracking_idx", "carrier", "tracking_code"),
    Index(
        "shipment_waiting_idx",
        "status",
        "since",
        postgresql_where=text(
            "not overdue and status not in ('DELIVERED', 'CANCELLED', 'RETURNED', 'LOST',"
            " 'DAMAGED', 'WAITING_PAYMENT')"
        ),
    ),
    Index(
        "shipment_silent_idx",
        "heard_at",
        postgresql_where=text(
            "status in ('BOOKED', 'COLLECTION_FAILED', 'DELIVERING', 'DELIVERY_RETRY',"
            " 'WAITING_TO_RETURN', 'EXCEPTION', 'RETURNING')"
        ),
    ),
)


def _counted(name: str, *key: Column[Any]) -> Table:
    return Table(
        name,
        metadata,
        *key,
        Column("region", String(3), nullable=False),
        Column("status", Enum(Status, native_enum=False, length=20), nullable=False),
        Column("overdue", Boolean, nullable=False),
        Column("delivery", String(8), nullable=False),
        Column("payment", String(8), nullable=False),
        Column("number", BigInteger, nullable=False),
    )


# The number of shipments by all that lists filter by: what is folded, and the changes since, which
# a trigger appends in the transaction that makes them. An exact count is the sum of both.
counts = _counted("shipment_count")
counts.append_constraint(
    PrimaryKeyConstraint(*(counts.c[name] for name in COUNTED), name="shipment_count_pkey")
)
count_changes = _counted(
    "shipment_count_change", Column("id", BigInteger, Identity(always=True), primary_key=True)
)

exports = Table(
    "shipment_export",
    metadata,
    Column("id", Uuid, primary_key=True),
    _moment("at", nullable=False),
    Column("staff_id", Uuid, nullable=False),
    Column("filters", JSONB, nullable=False),
    Column("rows", Integer, nullable=False),
    # The companies whose orders may be in the file; none: all of them.
    Column("regions", ARRAY(String(3)), nullable=False, server_default=text("'{}'")),
)

carrier_news = Table(
    "carrier_news",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("carrier", String(16), nullable=False),
    Column("order_code", String(64), nullable=False),
    Column("word", String(64), nullable=False),
    _moment("said_at", nullable=False),
    _moment("heard_at", nullable=False),
    Column("shipment_id", Uuid, index=True),
    # As it came, sealed: carriers write free text that may name a person.
    Column("body", LargeBinary, nullable=False),
    UniqueConstraint("carrier", "order_code", "word", "said_at", name="carrier_news_once"),
)

mapper.map_imperatively(KnownHold, holds, properties={"hold_id": holds.c.id})
mapper.map_imperatively(Delivery, deliveries)
mapper.map_imperatively(
    Shipment,
    shipments,
    version_id_col=shipments.c.version,
    exclude_properties=["region", "since", "overdue"],
)
