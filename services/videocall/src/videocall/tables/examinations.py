"""The tables of what an agent asks of a customer: challenges, photos, and the word about each."""

from sqlalchemy import (
    Boolean,
    Column,
    Enum,
    ForeignKey,
    Integer,
    SmallInteger,
    String,
    Table,
    UniqueConstraint,
    Uuid,
)

from videocall.challenges.domain import ChallengeKind
from videocall.tables.registry import Moment, metadata

challenges = Table(
    "challenge",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("call_id", Uuid, ForeignKey("call.id"), nullable=False),
    # The last draw of a call counts.
    Column("draw", Integer, nullable=False),
    Column("place", SmallInteger, nullable=False),
    Column("kind", Enum(ChallengeKind, native_enum=False, length=16), nullable=False),
    Column("detail", String(8)),
    Column("drawn_at", Moment, nullable=False),
    Column("issued_at", Moment),
    # The moment in the recording of the customer at which it was set; null if there was none.
    Column("part", Integer),
    Column("offset_ms", Integer),
    Column("shown_at", Moment),
    Column("result", String(4)),
    Column("decided_at", Moment),
    Column("decided_by", Uuid),
    UniqueConstraint("call_id", "draw", "place"),
)

photo_requests = Table(
    "photo_request",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("call_id", Uuid, ForeignKey("call.id"), nullable=False, index=True),
    Column("kind", String(16), nullable=False),
    Column("hint", String(16)),
    Column("asked_at", Moment, nullable=False),
    Column("asked_by", Uuid, nullable=False),
    Column("expires_at", Moment, nullable=False),
)

# Apart from the photo, which is never changed.
photo_verdicts = Table(
    "photo_verdict",
    metadata,
    Column("photo_id", Uuid, ForeignKey("photo.id"), primary_key=True),
    Column("accepted", Boolean, nullable=False),
    Column("hint", String(16)),
    Column("decided_by", Uuid, nullable=False),
    Column("decided_at", Moment, nullable=False),
)
