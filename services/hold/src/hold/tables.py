"""The schema of the hold service. Importing it maps `Hold` and `PartnerTerms` onto their tables."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    DateTime,
    Enum,
    Identity,
    Index,
    Integer,
    Interval,
    LargeBinary,
    SmallInteger,
    String,
    Table,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

from feed import tables as feed
from hold.channels.domain import PartnerTerms
from hold.holds.domain import Hold
from hold.holds.states import Clock, Status
from kit.db import service_registry

mapper = service_registry(feed.metadata)
metadata = mapper.metadata

_MOMENT = DateTime(timezone=True)

holds = Table(
    "hold",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("number_id", Uuid, nullable=False),
    Column("msisdn", String(11), nullable=False),
    Column("price_class", String(16), nullable=False),
    Column("price_vnd", BigInteger, nullable=False),
    Column("sim_fee_vnd", BigInteger, nullable=False),
    Column("commitment_vnd_per_month", BigInteger, nullable=False),
    Column("commitment_months", SmallInteger, nullable=False),
    Column("stock_region", String(3)),
    Column("region", String(3)),
    Column("promotions", JSONB, nullable=False),
    Column("packages", JSONB, nullable=False, server_default="{}"),
    Column("sim", String(8), nullable=False),
    Column("entrance", String(8), nullable=False),
    Column("customer_id", Uuid, index=True),
    Column("partner_id", Uuid, index=True),
    Column("channel_code", String(32)),
    Column("referrer_code", String(32)),
    Column("partner_reference", String(64)),
    Column("lock_reference", String(64)),
    Column("channel_paid_vnd", BigInteger),
    Column("channel_paid_at", _MOMENT),
    Column("channel_delivers", Boolean, nullable=False),
    Column("status", Enum(Status, native_enum=False, length=16), nullable=False),
    Column("created_at", _MOMENT, nullable=False),
    Column("expires_at", _MOMENT, nullable=False),
    Column("extended", Boolean, nullable=False),
    Column("grace", Interval, nullable=False),
    Column("rest", Interval, nullable=False, server_default="30 minutes"),
    Column("rests_until", _MOMENT),
    Column("collect_within", Interval, nullable=False, server_default="7 days"),
    Column("deliver_within", Interval, nullable=False, server_default="21 days"),
    Column("pickup_days", SmallInteger, nullable=False, server_default="3"),
    # The clock that runs while the hold is confirmed; its end is `expires_at`.
    Column("clock", Enum(Clock, native_enum=False, length=16)),
    Column("agreed_at", _MOMENT),
    Column("paid_at", _MOMENT),
    Column("ready_at", _MOMENT),
    Column("handed_over_at", _MOMENT),
    Column("received_at", _MOMENT),
    Column("reminded_of", _MOMENT),
    Column("hold_code", String(14), unique=True),
    Column("keep_until", _MOMENT),
    Column("parcel_returned", Boolean, nullable=False),
    # The form, sealed; and the contact phone's fingerprint, to find the slip by.
    Column("registration", LargeBinary),
    Column("phone_index", String(64)),
    Column("version", Integer, nullable=False),
    # This index decides every race for a number. A consumed hold is the number's owner.
    Index(
        "one_live_hold_per_number",
        "number_id",
        unique=True,
        postgresql_where=text("status in ('DRAFT', 'HELD', 'CONFIRMED', 'CONSUMED')"),
    ),
    Index("one_hold_per_partner_reference", "partner_id", "partner_reference", unique=True),
    Index("hold_due_idx", "expires_at", postgresql_where=text("status in ('DRAFT', 'HELD')")),
    Index("hold_clock_idx", "expires_at", postgresql_where=text("clock is not null")),
    Index("hold_of_number_idx", "number_id", "created_at"),
    # What became of a partner's holds, by the day on which they began.
    Index(
        "hold_sold_idx",
        "partner_id",
        "created_at",
        postgresql_where=text("partner_id is not null"),
    ),
    Index(
        "hold_referred_idx",
        "referrer_code",
        "created_at",
        postgresql_where=text("referrer_code is not null"),
    ),
    Index("hold_phone_idx", "phone_index", postgresql_where=text("phone_index is not null")),
    Index("hold_kept_idx", "keep_until", postgresql_where=text("keep_until is not null")),
)

withdrawn_numbers = Table(
    "withdrawn_number",
    metadata,
    Column("number_id", Uuid, primary_key=True),
    Column("withdrawn", Boolean, nullable=False),
    Column("at", _MOMENT, nullable=False),
)

attempts = Table(
    "attempt",
    metadata,
    Column("id", BigInteger, Identity(), primary_key=True),
    # Of the phone, or of the customer who tries.
    Column("who", String(64), key="fingerprint", nullable=False),
    Column("at", _MOMENT, nullable=False),
    Index("attempt_who_at_idx", "fingerprint", "at"),
    Index("attempt_at_idx", "at"),
)

partners = Table(
    "partner",
    metadata,
    Column("partner_id", Uuid, primary_key=True),
    Column("channel_code", String(32), nullable=False),
    Column("collects_fee", Boolean, nullable=False),
    Column("delivers", Boolean, nullable=False),
    Column("active", Boolean, nullable=False),
    Column("region", String(3)),
    Column("at", _MOMENT, nullable=False),
)

mapper.map_imperatively(Hold, holds, version_id_col=holds.c.version)
mapper.map_imperatively(PartnerTerms, partners)
