"""How guesses are counted."""

from sqlalchemy import Column, DateTime, Integer, String, Table

from identity.registry import metadata

attempts = Table(
    "login_attempt",
    metadata,
    Column("who", String(64), primary_key=True),
    Column("since", DateTime(timezone=True), nullable=False),
    Column("count", Integer, nullable=False),
)
