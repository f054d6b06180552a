"""The tables of shipping. Importing this module maps the classes onto them."""

from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    DateTime,
    Enum,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    text,
)

from kit.db import service_registry
from shipping.deliveries.domain import Delivery
from shipping.holds.domain import KnownHold
from shipping.shipments.domain import Shipment
from shipping.shipments.states import Status

mapper = service_registry()
metadata = mapper.metadata


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
    _moment("changed_at", nullable=False),
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
    Column("closed_because", String(64)),
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
    Index("shipment_status_idx", "status", "id"),
    Index("shipment_store_idx", "store_code", "id", postgresql_where=text("delivery = 'STORE'")),
    Index("shipment_tracking_idx", "carrier", "tracking_code"),
    Index(
        "shipment_silent_idx",
        "heard_at",
        postgresql_where=text(
            "status in ('BOOKED', 'COLLECTION_FAILED', 'DELIVERING', 'DELIVERY_RETRY',"
            " 'WAITING_TO_RETURN', 'EXCEPTION', 'RETURNING')"
        ),
    ),
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
mapper.map_imperatively(Shipment, shipments, version_id_col=shipments.c.version)
