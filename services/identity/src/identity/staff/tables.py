"""How members of staff are remembered."""

from sqlalchemy import ARRAY, Boolean, Column, DateTime, String, Table, Text, Uuid

from identity.registry import mapper, metadata
from identity.staff.domain import StaffMember

staff = Table(
    "staff",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("username", String(64), nullable=False, unique=True),
    Column("password_hash", Text, nullable=False),
    Column("roles", ARRAY(String(32)), nullable=False),
    Column("regions", ARRAY(String(8)), nullable=False),
    Column("shop_code", String(16)),
    Column("active", Boolean, nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("changed_at", DateTime(timezone=True), nullable=False),
)

mapper.map_imperatively(StaffMember, staff)
