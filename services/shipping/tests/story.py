"""The facts that shipping hears about a hold and its order."""

import itertools
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from events import (
    CancelRequested,
    HoldConfirmed,
    HoldCreated,
    HoldExpired,
    HoldReleased,
    OrderCancelled,
    OrderPlaced,
    OrderRouted,
    PaymentConfirmed,
)
from events.ids import uuid7
from kit import clock
from values.hold_codes import hold_code

_codes = itertools.count(1)


@dataclass(kw_only=True)
class Story:
    """The events of one customer's hold and order, in any order."""

    hold_id: UUID = field(default_factory=uuid7)
    order_id: UUID = field(default_factory=uuid7)
    number_id: UUID = field(default_factory=uuid7)
    customer_id: UUID | None = field(default_factory=uuid7)
    partner_id: UUID | None = None
    payment: str = "ONLINE"
    delivery: str = "HOME"
    total_vnd: int = 110_000
    delivery_id: UUID | None = None
    hold_code: str = field(
        default_factory=lambda: hold_code(date(2026, 11, 2), f"{next(_codes):05d}")
    )

    def created(self, **more: Any) -> HoldCreated:
        """Say that the slip was issued."""
        body = {
            "occurred_at": clock.now(),
            "hold_id": self.hold_id,
            "number_id": self.number_id,
            "hold_code": self.hold_code,
            "customer_id": self.customer_id,
            "sim": "PHYSICAL",
            "entrance": "CHANNEL" if self.partner_id else "APP",
            "channel_code": None,
            "partner_id": self.partner_id,
            "price_vnd": 50_000,
            "sim_fee_vnd": 60_000,
            "commitment_vnd_per_month": 0,
            "commitment_months": 0,
            "promotion_code": None,
            "stock_region": None,
            "expires_at": clock.now() + timedelta(minutes=15),
            "channel_delivers": self.delivery == "CHANNEL",
        }
        return HoldCreated.model_validate(body | more)

    def placed(self, **more: Any) -> OrderPlaced:
        """Say that the order was placed (F4.1)."""
        body = {
            "occurred_at": clock.now(),
            "hold_id": self.hold_id,
            "order_id": self.order_id,
            "customer_id": self.customer_id,
            "sim": "PHYSICAL",
            "delivery": self.delivery,
            "delivery_id": self.delivery_id,
            "store_code": "2HCM0001" if self.delivery == "STORE" else None,
            "payment": self.payment,
            "total_vnd": self.total_vnd,
        }
        return OrderPlaced.model_validate(body | more)

    def paid(self) -> PaymentConfirmed:
        """Say that the money is in."""
        return PaymentConfirmed(
            occurred_at=clock.now(),
            hold_id=self.hold_id,
            order_id=self.order_id,
            payment_id=uuid7(),
            amount_vnd=self.total_vnd,
            method="CHANNEL" if self.payment == "CHANNEL" else "ONLINE",
            paid_at=clock.now(),
        )

    def confirmed(self, at: datetime | None = None) -> HoldConfirmed:
        """Say that the number is kept."""
        return HoldConfirmed(
            occurred_at=at or clock.now(),
            hold_id=self.hold_id,
            number_id=self.number_id,
            because="PAID",
        )

    def expired(self, at: datetime | None = None) -> HoldExpired:
        """Say that nobody paid in time."""
        return HoldExpired(
            occurred_at=at or clock.now(), hold_id=self.hold_id, number_id=self.number_id
        )

    def released(self, reason: str) -> HoldReleased:
        """Say that the number is given up."""
        return HoldReleased(
            occurred_at=clock.now(),
            hold_id=self.hold_id,
            number_id=self.number_id,
            reason_code=reason,
        )

    def cancelled(self, reason: str, by: str = "SYSTEM") -> OrderCancelled:
        """Say that the order is gone."""
        body = {
            "occurred_at": clock.now(),
            "hold_id": self.hold_id,
            "order_id": self.order_id,
            "cancelled_by": by,
            "reason_code": reason,
            "refund_due_vnd": 0,
            "keep_number_until": None,
        }
        return OrderCancelled.model_validate(body)

    def routed(self, region: str = "KV2") -> OrderRouted:
        """Say whose staff sees it (SD.3)."""
        body = {
            "occurred_at": clock.now(),
            "hold_id": self.hold_id,
            "order_id": self.order_id,
            "region": region,
            "shop_code": "2HCM0001",
            "team": "KV2-A",
            "rule": "WARD",
        }
        return OrderRouted.model_validate(body)

    def cancel_requested(self, reason: str = "CHANGED_MIND") -> CancelRequested:
        """Say that the customer wants out (F4.3, F4.10)."""
        return CancelRequested(
            occurred_at=clock.now(),
            hold_id=self.hold_id,
            order_id=self.order_id,
            requested_by="CUSTOMER",
            reason_code=reason,
        )
