"""How sales channels are remembered."""

from sqlalchemy import Boolean, Column, DateTime, String, Table, Uuid

from hold.partners.domain import PartnerTerms
from hold.tables import mapper, metadata

partners = Table(
    "partner",
    metadata,
    Column("partner_id", Uuid, primary_key=True),
    Column("channel_code", String(32), nullable=False),
    Column("collects_fee", Boolean, nullable=False),
    Column("delivers", Boolean, nullable=False),
    Column("active", Boolean, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
)

mapper.map_imperatively(PartnerTerms, partners)
