"""The tables of the order service. Importing this module maps its objects onto their tables."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    DateTime,
    Enum,
    ForeignKey,
    Identity,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Uuid,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

from kit.db import service_registry
from order.invoices.domain import Invoice
from order.journeys.domain import HoldStatus, Journey
from order.orders.domain import Order
from order.orders.states import ActivationStatus, PaymentStatus, Status, SubStatus
from order.payments.domain import Payment
from order.refunds.domain import Refund

mapper = service_registry()
metadata = mapper.metadata

TIME = DateTime(timezone=True)
CODE = String(64)
UNDER_WAY = text("due_at is not null")

journeys = Table(
    "journey",
    metadata,
    Column("hold_id", Uuid, primary_key=True),
    Column("number_id", Uuid, nullable=False),
    Column("hold_code", String(32), nullable=False),
    Column("customer_id", Uuid),
    Column("sim", String(8), nullable=False),
    Column("entrance", String(8), nullable=False),
    Column("channel_code", CODE),
    Column("price_vnd", BigInteger, nullable=False),
    Column("sim_fee_vnd", BigInteger, nullable=False),
    Column("commitment_vnd_per_month", BigInteger, nullable=False),
    Column("commitment_months", Integer, nullable=False),
    Column("promotion_code", CODE),
    Column("package_code", CODE),
    Column("expires_at", TIME, nullable=False),
    Column("channel_paid_vnd", BigInteger),
    Column("channel_paid_at", TIME),
    Column("channel_delivers", Boolean, nullable=False),
    Column("status", Enum(HoldStatus, native_enum=False, length=16), nullable=False),
    Column("status_at", TIME, nullable=False),
    Column("confirmed_at", TIME),
    Column("expired_at", TIME),
    Column("ended_at", TIME),
    Column("ended_because", CODE),
    Index("journey_hold_code_idx", "hold_code"),
    Index("journey_number_id_idx", "number_id"),
)

numbers = Table(
    "number",
    metadata,
    Column("number_id", Uuid, primary_key=True),
    Column("msisdn", String(16), nullable=False),
    Index("number_msisdn_idx", "msisdn"),
)
# Found by its last digits, too.
Index(
    "number_last_digits_idx",
    func.reverse(numbers.c.msisdn).label("backwards"),
    postgresql_ops={"backwards": "text_pattern_ops"},
)

channels = Table(
    "channel",
    metadata,
    Column("partner_id", Uuid, primary_key=True),
    Column("channel_code", CODE, nullable=False, index=True),
    Column("region", String(4)),
    Column("own_customers", Boolean, nullable=False),
    Column("active", Boolean, nullable=False),
    Column("changed_at", TIME, nullable=False),
)

orders = Table(
    "order",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("hold_id", Uuid, nullable=False),
    Column("customer_id", Uuid, index=True),
    Column("sim", String(8), nullable=False),
    Column("delivery", String(8), nullable=False),
    Column("delivery_id", Uuid),
    Column("store_code", String(16)),
    Column("ward_code", String(8)),
    Column("payment", String(8), nullable=False),
    Column("total_vnd", BigInteger, nullable=False),
    Column("promotion_code", CODE),
    Column("package_code", CODE),
    Column("email_sealed", LargeBinary),
    Column("buyer_sealed", LargeBinary),
    Column("placed_at", TIME, nullable=False),
    Column("status", Enum(Status, native_enum=False, length=24), nullable=False),
    Column("sub_status", Enum(SubStatus, native_enum=False, length=24)),
    Column("reached", Enum(Status, native_enum=False, length=24)),
    Column("payment_status", Enum(PaymentStatus, native_enum=False, length=16), nullable=False),
    Column("paid_by", Uuid),
    Column("paid_vnd", BigInteger, nullable=False),
    Column("paid_too_late", Boolean, nullable=False),
    Column("cancel_asked_by", String(8)),
    Column("cancel_asked_because", CODE),
    Column("cancel_refused_because", CODE),
    Column("cancelled_by", String(8)),
    Column("cancelled_because", CODE),
    Column("cancelled_at", TIME),
    Column("refund_after", TIME),
    Column("activation", Enum(ActivationStatus, native_enum=False, length=24), nullable=False),
    Column("activation_reason", CODE),
    Column("activation_at", TIME),
    Column("region", String(4)),
    Column("shop_code", String(16)),
    Column("team", CODE),
    Column("version", Integer, nullable=False),
    Index("one_order_per_hold", "hold_id", unique=True),
    Index("order_by_region_idx", "region", "status", "id"),
    Index(
        "order_refund_due_idx", "refund_after", postgresql_where=text("refund_after is not null")
    ),
)

payments = Table(
    "payment",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("order_id", Uuid, ForeignKey(orders.c.id), nullable=False, index=True),
    Column("hold_id", Uuid, nullable=False),
    Column("method", String(8), nullable=False),
    Column("amount_vnd", BigInteger, nullable=False),
    Column("status", Enum(PaymentStatus, native_enum=False, length=16), nullable=False),
    Column("txn_ref", String(64)),
    Column("created_at", TIME, nullable=False),
    Column("pay_before", TIME),
    Column("next_question_at", TIME),
    Column("paid_at", TIME),
    Column("gateway_no", String(32)),
    Column("reason_code", CODE),
    Column("version", Integer, nullable=False),
    Index("one_payment_per_reference", "txn_ref", unique=True),
    Index(
        "payment_question_due_idx",
        "next_question_at",
        postgresql_where=text("next_question_at is not null"),
    ),
)

refunds = Table(
    "refund",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("payment_id", Uuid, ForeignKey(payments.c.id), nullable=False),
    Column("order_id", Uuid, ForeignKey(orders.c.id), nullable=False),
    Column("hold_id", Uuid, nullable=False),
    Column("amount_vnd", BigInteger, nullable=False),
    Column("reason_code", CODE, nullable=False),
    Column("status", Enum(PaymentStatus, native_enum=False, length=16), nullable=False),
    Column("refused_because", CODE),
    Column("requested_at", TIME, nullable=False),
    Column("at_bank_since", TIME),
    Column("gateway_no", String(32)),
    Column("ended_at", TIME),
    Column("settled_by", Uuid),
    Column("bank_reference", String(64)),
    Column("version", Integer, nullable=False),
    Index("one_refund_per_payment", "payment_id", unique=True),
    Index("refund_open_idx", "id", postgresql_where=text("status <> 'REFUNDED'")),
    Index("refund_order_id_idx", "order_id"),
)

invoices = Table(
    "invoice",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("order_id", Uuid, ForeignKey(orders.c.id), nullable=False),
    Column("hold_id", Uuid, nullable=False),
    Column("symbol", String(8), nullable=False),
    Column("serial", BigInteger, Identity(), nullable=False),
    Column("lines", JSONB, nullable=False),
    Column("net_vnd", BigInteger, nullable=False),
    Column("vat_vnd", BigInteger, nullable=False),
    Column("total_vnd", BigInteger, nullable=False),
    Column("issued_at", TIME, nullable=False),
    Index("one_invoice_per_order", "order_id", unique=True),
)

decisions = Table(
    "routing_decision",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("order_id", Uuid, ForeignKey(orders.c.id), nullable=False, index=True),
    Column("region", String(4), nullable=False),
    Column("shop_code", String(16), nullable=False),
    Column("team", CODE, nullable=False),
    Column("rule", String(32), nullable=False),
    Column("inputs", JSONB, nullable=False),
    Column("decided_by", Uuid),
    Column("decided_at", TIME, nullable=False),
)

timeline = Table(
    "timeline_entry",
    metadata,
    Column("event_id", Uuid, primary_key=True),
    Column("hold_id", Uuid, nullable=False),
    Column("at", TIME, nullable=False),
    Column("event", CODE, nullable=False),
    Column("reason_code", CODE),
    # The member of staff who did it, if the fact names one; for staff alone.
    Column("actor_id", Uuid),
    Index("timeline_of_a_journey_idx", "hold_id", "at", "event_id"),
)

# The stage each journey stands in, folded from its story (decision 0039).
stages = Table(
    "journey_stage",
    metadata,
    Column("hold_id", Uuid, primary_key=True),
    Column("region", String(4)),
    Column("stage", String(16), nullable=False),
    Column("since", TIME),
    Column("due_at", TIME),
    Column("event", CODE),
    Column("reason_code", CODE),
    # What is under way: a small part of all journeys there ever were.
    Index("journey_under_way_idx", "region", "stage", "due_at", postgresql_where=UNDER_WAY),
    Index("journey_due_idx", "due_at", postgresql_where=UNDER_WAY),
)

mapper.map_imperatively(Journey, journeys)
mapper.map_imperatively(Order, orders, version_id_col=orders.c.version)
mapper.map_imperatively(Payment, payments, version_id_col=payments.c.version)
mapper.map_imperatively(Refund, refunds, version_id_col=refunds.c.version)
mapper.map_imperatively(Invoice, invoices)
