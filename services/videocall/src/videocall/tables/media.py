"""Media sessions, data keys of calls, and the parts of recordings."""

from sqlalchemy import (
    BigInteger,
    Column,
    Enum,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    Uuid,
    text,
)

from videocall.recordings.domain import PartState, Party
from videocall.tables.registry import Moment, metadata

media_sessions = Table(
    "media_session",
    metadata,
    Column("call_id", Uuid, ForeignKey("call.id"), primary_key=True),
    Column("node", Text, nullable=False),
    # Which life of the node: no call outlives its process.
    Column("boot", Text, nullable=False),
    Column("number", Integer, nullable=False),
    # A copy of the call's data key; null once that was erased.
    Column("sealed_key", LargeBinary),
    Column("opened_at", Moment, nullable=False),
    Column("closed_at", Moment),
    Index("media_session_open_idx", "call_id", postgresql_where=text("closed_at is null")),
)

data_keys = Table(
    "data_key",
    metadata,
    Column("call_id", Uuid, ForeignKey("call.id"), primary_key=True),
    # Null once it was erased, and of a call that is older than data keys.
    Column("sealed_key", LargeBinary),
    Column("made_at", Moment, nullable=False),
    Column("erased_at", Moment),
    # The ground on which an erasure that the customer asked for was refused last.
    Column("kept_because", String(16)),
)

recording_parts = Table(
    "recording_part",
    metadata,
    Column("call_id", Uuid, ForeignKey("call.id"), primary_key=True),
    Column("role", Enum(Party, native_enum=False, length=12), primary_key=True),
    Column("part", Integer, primary_key=True),
    Column("node", Text, nullable=False),
    # The offer of the call by which it was published.
    Column("epoch", Integer, nullable=False, server_default="0"),
    Column("path", Text, nullable=False, server_default=""),
    Column("state", Enum(PartState, native_enum=False, length=16), nullable=False),
    Column("bytes", BigInteger, nullable=False, server_default="0"),
    Column("blocks", Integer, nullable=False, server_default="0"),
    # The end of the chain of its blocks (SHA-256, hex).
    Column("head", String(64), nullable=False, server_default=""),
    Column("video_frames", Integer, nullable=False, server_default="0"),
    Column("audio_frames", Integer, nullable=False, server_default="0"),
    Column("duration_ms", Integer, nullable=False, server_default="0"),
    Column("lag_ms", Integer, nullable=False, server_default="0"),
    Column("begun_at", Moment, nullable=False),
    Column("started_at", Moment),
    Column("last_write_at", Moment),
    Column("seen_at", Moment, nullable=False),
    # The head that stands in the chain of the call's events, once the part has ended.
    Column("chained_head", String(64)),
    Index(
        "recording_part_unchained_idx",
        "call_id",
        postgresql_where=text("chained_head is distinct from head"),
    ),
    Index(
        "recording_part_live_idx",
        "node",
        postgresql_where=text("state in ('STARTING', 'RECORDING', 'FAILED')"),
    ),
)

# A supervisor's part of a recording, and who heard it.
voices = Table(
    "voice",
    metadata,
    Column("call_id", Uuid, ForeignKey("call.id"), primary_key=True),
    Column("part", Integer, primary_key=True),
    Column("staff_id", Uuid, nullable=False),
    Column("mode", String(8), nullable=False),
)
