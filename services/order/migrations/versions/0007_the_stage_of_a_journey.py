"""the stage of a journey, what it is found by, and who did what."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
UNDER_WAY = sa.text("due_at is not null")
# The stage that each fact leads to, and the hours a journey may stand in it.
STAGES: dict[str, tuple[float | None, tuple[str, ...]]] = {
    "HELD": (24.0, ("HoldCreated",)),
    "PREPARING": (4.0, ("HoldConfirmed",)),
    "ENDED": (
        None,
        (
            "HoldExpired",
            "HoldReleased",
            "HoldLost",
            "OrderCancelled",
            "RefundCompleted",
            "ActivationExpired",
        ),
    ),
    "PAYING": (1.0, ("OrderPlaced", "PaymentInitiated", "PaymentFailed")),
    "REFUNDING": (120.0, ("RefundRequested", "RefundAtBank")),
    "REFUND_BY_HAND": (24.0, ("RefundFailed",)),
    "COLLECTION": (
        24.0,
        ("ShipmentConfirmed", "ShipmentBooked", "CollectionFailed", "ShipmentPacked"),
    ),
    "DELIVERING": (120.0, ("ShipmentHandedOver",)),
    "RETURNING": (168.0, ("DeliveryRefused",)),
    "TO_ACTIVATE": (72.0, ("ShipmentDelivered", "StorePickupDone")),
    "AT_STORE": (72.0, ("StorePickupReady",)),
    "IDENTITY": (2.0, ("ActivationStarted", "KycSubmitted")),
    "REVIEW": (2.0, ("KycNeedsReview",)),
    "TO_REPEAT": (
        24.0,
        ("KycFailed", "VideoCallRejected", "VideoCallRevoked", "ConnectionRejected"),
    ),
    "TO_CALL": (
        4.0,
        (
            "KycPassed",
            "VideoCallAbandoned",
            "VideoCallRetryNeeded",
            "VideoCallReopened",
            "AppointmentBooked",
        ),
    ),
    "CALL_WAITING": (0.1667, ("VideoCallQueued",)),
    "IN_CALL": (0.5, ("VideoCallStarted", "VideoCallDropped")),
    "TO_SIGN": (4.0, ("VideoCallApproved", "DossierSigned")),
    "CONNECTION": (2.0, ("DossierSubmitted", "ConnectionQueued")),
    "CONNECTING": (0.5, ("ConnectionConfirmed",)),
    "DELAYED": (1.0, ("ConnectionDelayed",)),
    "CONNECTED": (None, ("ConnectionCompleted", "EsimInstalled")),
    "INSTALLING": (24.0, ("EsimProfileIssued", "EsimInstallFailed")),
}
OF_AN_ESIM = {"HoldConfirmed": "TO_ACTIVATE", "ConnectionCompleted": "INSTALLING"}


def upgrade() -> None:
    op.add_column("timeline_entry", sa.Column("actor_id", sa.Uuid()))
    op.create_index("journey_hold_code_idx", "journey", ["hold_code"])
    op.create_index("journey_number_id_idx", "journey", ["number_id"])
    op.create_index("number_msisdn_idx", "number", ["msisdn"])
    op.create_index(
        "number_last_digits_idx", "number", [sa.text("reverse(msisdn) text_pattern_ops")]
    )
    op.create_table(
        "journey_stage",
        sa.Column("hold_id", sa.Uuid(), nullable=False),
        sa.Column("region", sa.String(4)),
        sa.Column("stage", sa.String(16), nullable=False),
        sa.Column("since", MOMENT),
        sa.Column("due_at", MOMENT),
        sa.Column("event", sa.String(64)),
        sa.Column("reason_code", sa.String(64)),
        sa.PrimaryKeyConstraint("hold_id", name=op.f("journey_stage_pkey")),
    )
    _fold_what_is_known()
    op.create_index(
        "journey_under_way_idx",
        "journey_stage",
        ["region", "stage", "due_at"],
        postgresql_where=UNDER_WAY,
    )
    op.create_index("journey_due_idx", "journey_stage", ["due_at"], postgresql_where=UNDER_WAY)


def _fold_what_is_known() -> None:
    """Begin with the newest line of each story that has a stage; the next fact folds it anew."""
    after = [(event, stage) for stage, (_, events) in STAGES.items() for event in events]
    pairs = ", ".join(
        f"('{event}', '{stage}', '{OF_AN_ESIM.get(event, stage)}')" for event, stage in after
    )
    limits = ", ".join(
        f"('{stage}', {'null' if hours is None else hours}::float)"
        for stage, (hours, _) in STAGES.items()
    )
    op.execute(
        f"""
        insert into journey_stage (hold_id, region, stage, since, due_at, event, reason_code)
        select newest.hold_id, newest.region, newest.stage, newest.at,
               newest.at + limits.hours * interval '1 hour', newest.event, newest.reason_code
        from (
            select distinct on (line.hold_id) line.hold_id, o.region, line.at, line.event,
                   line.reason_code,
                   case journey.sim when 'ESIM' then after.esim else after.card end as stage
            from timeline_entry line
            join (values {pairs}) as after (event, card, esim) on after.event = line.event
            join journey on journey.hold_id = line.hold_id
            left join "order" o on o.hold_id = line.hold_id
            order by line.hold_id, line.at desc, line.event_id desc
        ) newest
        join (values {limits}) as limits (stage, hours) on limits.stage = newest.stage
        """  # noqa: S608, constants of this module
    )


def downgrade() -> None:
    op.drop_table("journey_stage")
    op.drop_index("number_last_digits_idx", table_name="number")
    op.drop_index("number_msisdn_idx", table_name="number")
    op.drop_index("journey_number_id_idx", table_name="journey")
    op.drop_index("journey_hold_code_idx", table_name="journey")
    op.drop_column("timeline_entry", "actor_id")
