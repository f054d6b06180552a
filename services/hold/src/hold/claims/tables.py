"""How tries are counted. They are forgotten when they no longer count."""

from sqlalchemy import BigInteger, Column, DateTime, Identity, Index, String, Table

from hold.tables import metadata

attempts = Table(
    "attempt",
    metadata,
    Column("id", BigInteger, Identity(), primary_key=True),
    # A fingerprint of the customer or the phone.
    Column("who", String(64), nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
    Index("attempt_who_at_idx", "who", "at"),
    Index("attempt_at_idx", "at"),
)
