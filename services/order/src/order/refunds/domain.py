"""Money given back: asked for once, by a reference that stays the same at every repeat."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, Self
from uuid import UUID

from events import RefundCompleted, RefundFailed, RefundRequested
from events.ids import uuid7
from order.payments.domain import Payment, PaymentStatus

BY_HAND: Final = "CASH_REFUND_BY_STAFF"


@dataclass(frozen=True)
class Returned:
    """The gateway's word about a refund; no reason: the money is on its way."""

    refused_because: str | None = None


@dataclass(kw_only=True, eq=False)
class Refund:
    """Money owed back for one payment."""

    id: UUID = field(default_factory=uuid7)
    payment_id: UUID
    order_id: UUID
    hold_id: UUID
    amount_vnd: int
    reason_code: str
    status: PaymentStatus = PaymentStatus.REFUND_PENDING
    refused_because: str | None = None
    requested_at: datetime
    ended_at: datetime | None = None

    @classmethod
    def request(
        cls, payment: Payment, reason_code: str, *, now: datetime
    ) -> tuple[Self, RefundRequested]:
        """Owe a payment back."""
        payment.owe_back()
        refund = cls(
            payment_id=payment.id,
            order_id=payment.order_id,
            hold_id=payment.hold_id,
            amount_vnd=payment.amount_vnd,
            reason_code=reason_code,
            requested_at=now,
        )
        return refund, RefundRequested(
            occurred_at=now,
            hold_id=refund.hold_id,
            order_id=refund.order_id,
            refund_id=refund.id,
            amount_vnd=refund.amount_vnd,
            reason_code=reason_code,
        )

    def end(self, returned: Returned, *, now: datetime) -> RefundCompleted | RefundFailed:
        """Take the gateway's word: returned, or refused and left to a person."""
        self.ended_at, self.refused_because = now, returned.refused_because
        if returned.refused_because is None:
            self.status = PaymentStatus.REFUNDED
            return RefundCompleted(
                occurred_at=now,
                hold_id=self.hold_id,
                order_id=self.order_id,
                refund_id=self.id,
                amount_vnd=self.amount_vnd,
            )
        self.status = PaymentStatus.REFUND_FAILED
        return RefundFailed(
            occurred_at=now,
            hold_id=self.hold_id,
            order_id=self.order_id,
            refund_id=self.id,
            reason_code=returned.refused_because,
        )
