"""Tables of a service that has partners, apart from the three that every service has."""

from pathlib import Path
from typing import Final

from sqlalchemy import (
    BigInteger,
    Column,
    DateTime,
    ForeignKey,
    Identity,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    Table,
    Text,
    Uuid,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

VERSIONS: Final = Path(__file__).parent / "migrations" / "versions"

metadata: Final = MetaData(info={"library": "feed", "versions": VERSIONS})

_MOMENT: Final = DateTime(timezone=True)

feeds = Table(
    "partner_feed",
    metadata,
    Column("partner_id", Uuid, primary_key=True),
    # The last number given, and the last one that is no longer kept.
    Column("sequence", BigInteger, nullable=False, server_default="0"),
    Column("pruned_to", BigInteger, nullable=False, server_default="0"),
)

# Stated with the change it tells of, and without a number yet.
news = Table(
    "partner_news",
    metadata,
    Column("id", BigInteger, Identity(), primary_key=True),
    Column("partner_id", Uuid, nullable=False),
    Column("event_id", Uuid, nullable=False),
    Column("type", Text, nullable=False),
    Column("timestamp", _MOMENT, nullable=False),
    Column("data", JSONB, nullable=False),
    Index("partner_news_in_order_idx", "partner_id", "id"),
    # Rows live for a moment, as those of the outbox.
    postgresql_with={"autovacuum_vacuum_scale_factor": 0, "autovacuum_vacuum_threshold": 2000},
)

partner_events = Table(
    "partner_event",
    metadata,
    Column("partner_id", Uuid, primary_key=True),
    Column("sequence", BigInteger, primary_key=True),
    Column("event_id", Uuid, nullable=False),
    Column("type", Text, nullable=False),
    Column("timestamp", _MOMENT, nullable=False),
    Column("data", JSONB, nullable=False),
    Column("numbered_at", _MOMENT, nullable=False, server_default=func.now()),
    Index("partner_event_once_idx", "partner_id", "event_id", unique=True),
    Index("partner_event_age_idx", "numbered_at"),
)

webhooks = Table(
    "webhook",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("partner_id", Uuid, nullable=False),
    Column("url", Text, nullable=False),
    Column("created_at", _MOMENT, nullable=False),
    # The number of the last event that the receiver took.
    Column("cursor", BigInteger, nullable=False),
    # Sealed; the former ones sign too until their time is over.
    Column("keys", LargeBinary, nullable=False),
    Column("former_keys", LargeBinary),
    Column("former_until", _MOMENT),
    Column("state", Text, nullable=False),
    Column("because", Text),
    Column("disabled_at", _MOMENT),
    Column("failures", Integer, nullable=False, server_default="0"),
    Column("failing_since", _MOMENT),
    Column("next_try_at", _MOMENT, nullable=False),
    # The process that delivers just now, and until when no other may, by the database's clock.
    Column("lease", Uuid),
    Column("leased_until", _MOMENT),
    Index("one_webhook_per_address", "partner_id", "url", unique=True),
    Index("webhook_due_idx", "next_try_at", postgresql_where=text("state = 'ACTIVE'")),
)

deliveries = Table(
    "webhook_delivery",
    metadata,
    Column("id", BigInteger, Identity(), primary_key=True),
    Column("webhook_id", Uuid, ForeignKey("webhook.id", ondelete="CASCADE"), nullable=False),
    Column("sequence", BigInteger, nullable=False),
    Column("event_id", Uuid, nullable=False),
    Column("at", _MOMENT, nullable=False),
    # What the receiver answered, or why there was no answer.
    Column("status", SmallInteger),
    Column("error", Text),
    Column("took_ms", Integer, nullable=False),
    Index("webhook_delivery_of_idx", "webhook_id", "id"),
    Index("webhook_delivery_age_idx", "at"),
)
