"""The tables of activation. Importing this module maps `Activation` onto its own."""

from enum import StrEnum
from typing import TypeVar

from sqlalchemy import (
    ARRAY,
    Boolean,
    Column,
    DateTime,
    Dialect,
    Enum,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

from activation.activations.domain import Activation
from activation.activations.states import CallStatus, CheckStatus, Decision, Stage
from kit.db import service_registry

E = TypeVar("E", bound=StrEnum)


class EnumText(TypeDecorator[E]):
    """A column of plain text whose words are those of an enumeration."""

    impl = Text
    cache_ok = True

    def __init__(self, enum: type[E], stored_as: String | None = None) -> None:
        super().__init__()
        self.enum = enum
        if stored_as is not None:
            self.impl = stored_as  # type: ignore[assignment] # SQLAlchemy keeps an instance here

    def process_bind_param(self, value: E | None, dialect: Dialect) -> str | None:  # noqa: ARG002, SQLAlchemy's signature
        """Store the word."""
        return value and value.value

    def process_result_value(self, value: str | None, dialect: Dialect) -> E | None:  # noqa: ARG002
        """Read the word; one that the enumeration does not have raises `ValueError`."""
        return None if value is None else self.enum(value)


mapper = service_registry()
metadata = mapper.metadata

activations = Table(
    "activation",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("hold_id", Uuid, nullable=False, unique=True),
    Column("number_id", Uuid, nullable=False),
    Column("customer_id", Uuid, index=True),
    Column("sim", String(8), nullable=False),
    Column("stage", Enum(Stage, native_enum=False, length=24), nullable=False),
    Column("region", String(3)),
    Column("promotion_code", Text),
    Column("package_code", Text),
    Column("confirmed_at", DateTime(timezone=True)),
    Column("expired_at", DateTime(timezone=True)),
    Column("ended_at", DateTime(timezone=True)),
    Column("ended_because", String(16)),
    Column("cancel_order_id", Uuid),
    Column("received_at", DateTime(timezone=True)),
    Column("expected_serial", Text),
    Column("kyc_status", EnumText(CheckStatus)),
    Column("kyc_at", DateTime(timezone=True)),
    Column("kyc_session_id", Uuid),
    Column("kyc_attempt", Integer),
    Column("call_status", EnumText(CallStatus)),
    Column("call_at", DateTime(timezone=True)),
    Column("call_id", Uuid),
    Column("call_session_id", Uuid),
    Column("call_attempt", Integer),
    Column("agent_id", Uuid),
    Column("kyc_needed_after", DateTime(timezone=True)),
    Column("call_needed_after", DateTime(timezone=True)),
    Column("sim_serial", Text),
    Column("sim_photo_sha256", String(64)),
    Column("dossier_id", Uuid),
    Column("signed_for", JSONB(none_as_null=True)),
    Column("submission", Integer, nullable=False),
    Column("request_id", Uuid, unique=True),
    Column("connection_id", Uuid, unique=True),
    Column("too_late", Boolean, nullable=False, server_default=text("false")),
    Column("waiting_since", DateTime(timezone=True)),
    Column("claimed_by", Uuid),
    Column("claimed_at", DateTime(timezone=True)),
    Column("decided_by", Uuid),
    Column("decision", EnumText(Decision, String(8))),
    Column("decided_at", DateTime(timezone=True)),
    Column("stands_by", Uuid),
    Column("reason_code", Text),
    Column("reason_text", Text),
    Column("repeat", String(8)),
    Column("connected_at", DateTime(timezone=True)),
    Column("reminded_at", DateTime(timezone=True)),
    Column("profile_id", Uuid),
    Column("reissues", Integer, nullable=False, server_default=text("0")),
    Column("incident", Text),
    Column("version", Integer, nullable=False),
    # The lists of the connection desk, and their counts: what waits, is decided, or was sent away.
    Index(
        "activation_desk_idx",
        "stage",
        "region",
        "id",
        postgresql_where=text("stage in ('QUEUED', 'CONNECTING', 'DELAYED', 'REFUSED')"),
    ),
    Index("activation_claim_idx", "claimed_by", postgresql_where=text("claimed_by is not null")),
    Index(
        "activation_due_idx",
        "confirmed_at",
        postgresql_where=text("stage in ('OPEN', 'SIGNED', 'REFUSED')"),
    ),
)

mapper.map_imperatively(Activation, activations, version_id_col=activations.c.version)

dossiers = Table(
    "dossier",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("hold_id", Uuid, nullable=False, index=True),
    Column("sealed", LargeBinary, nullable=False),
    Column("sha256", String(64), nullable=False),
    # One proof of the phone signs one dossier.
    Column("challenge_id", Uuid, nullable=False, unique=True),
    Column("signed_at", DateTime(timezone=True), nullable=False),
)

# Like dossiers, photos are only ever added: a trigger refuses every change.
sim_photos = Table(
    "sim_photo",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("hold_id", Uuid, ForeignKey("activation.hold_id"), nullable=False, index=True),
    Column("sealed", LargeBinary, nullable=False),
    # Of the file as it was sent, and of the copy that is sealed.
    Column("sha256", String(64), nullable=False),
    Column("kept_sha256", String(64)),
    Column("photographed_at", DateTime(timezone=True)),
    Column("taken_at", DateTime(timezone=True), nullable=False),
)

incidents = Table(
    "incident",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("hold_id", Uuid, ForeignKey("activation.hold_id"), nullable=False, index=True),
    Column("kind", Text, nullable=False),
    Column("about", Text, nullable=False),
    Column("found", ARRAY(Text), nullable=False),
    Column("opened_at", DateTime(timezone=True), nullable=False),
    Column("closed_at", DateTime(timezone=True)),
    Column("closed_by", Uuid),
    Column("resolution", String(8)),
    Column("note", Text),
    # Closed or not, the same thing is one incident, however often it is noticed.
    UniqueConstraint("hold_id", "kind", "about", name="one_incident_per_subject"),
    Index("incident_open_idx", "id", postgresql_where=text("closed_at is null")),
)

accesses = Table(
    "access_log",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("staff_id", Uuid, nullable=False),
    Column("hold_id", Uuid, nullable=False, index=True),
    Column("what", Text, nullable=False),
)

profiles = Table(
    "esim_profile",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("hold_id", Uuid, nullable=False, index=True),
    Column("sealed", LargeBinary, nullable=False),
    Column("matching_index", String(64), nullable=False, unique=True),
    Column("issued_at", DateTime(timezone=True), nullable=False),
)

numbers = Table(
    "number",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("msisdn", Text, nullable=False),
)
