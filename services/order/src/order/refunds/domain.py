"""Money given back: asked for once, and done when the bank or a person has said so."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Final, Self
from uuid import UUID

from events import RefundAtBank, RefundCompleted, RefundFailed, RefundRequested
from events.ids import uuid7
from kit.errors import Conflict, NotFound
from order.orders.states import PaymentStatus
from order.payments.domain import Payment

CASH: Final = "CASH_REFUND_BY_STAFF"


class RefundState(StrEnum):
    """The place of money that is owed back."""

    REQUESTED = "REQUESTED"
    AT_BANK = "AT_BANK"
    """The gateway took the refund on; the customer's bank has not booked it yet."""
    BY_HAND = "BY_HAND"
    """A person transfers the money."""
    SETTLED = "SETTLED"


LABELS_VI: Final = {
    RefundState.REQUESTED: "Đang yêu cầu hoàn tiền",
    RefundState.AT_BANK: "Ngân hàng đang xử lý hoàn tiền",
    RefundState.BY_HAND: "Nhân viên sẽ chuyển khoản hoàn tiền cho bạn",
    RefundState.SETTLED: "Đã hoàn tiền",
}


@dataclass(frozen=True)
class RefundNotice:
    """The gateway's word about a refund: settled, at the bank, or left to a person."""

    state: RefundState
    by_hand_because: str | None = None
    gateway_no: str | None = None
    """The gateway's own number of the refund, to ask about it."""

    @classmethod
    def by_hand(cls, because: str) -> "RefundNotice":
        """Leave the refund to a person."""
        return cls(RefundState.BY_HAND, because)

    @classmethod
    def unanswered(cls, refund: "Refund") -> "RefundNotice":
        """Stop waiting for a gateway that does not say whether it has taken a refund on."""
        if refund.at_bank_since:
            return cls(RefundState.AT_BANK)
        return cls.by_hand("REFUND_UNANSWERED")


@dataclass(eq=False)
class NoSuchRefund(NotFound):
    """There is no such refund."""


@dataclass(eq=False)
class RefundNotByHand(Conflict):
    """This refund is not waiting for a transfer by hand: look at its state before paying twice."""

    refund_id: UUID
    refund_state: RefundState
    bank_reference: str | None
    decided_by: UUID | None
    decided_at: datetime | None


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
    """The reason that a person has to transfer it, as a code."""
    requested_at: datetime
    at_bank_since: datetime | None = None
    gateway_no: str | None = None
    ended_at: datetime | None = None
    """The moment it was settled or left to a person."""
    settled_by: UUID | None = None
    """The member of staff who transferred the money."""
    bank_reference: str | None = None
    """The reference of that transfer."""

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

    @property
    def state(self) -> RefundState:
        """The place of the money, by status and time at the bank."""
        if self.status is PaymentStatus.REFUNDED:
            return RefundState.SETTLED
        if self.status is PaymentStatus.REFUND_FAILED:
            return RefundState.BY_HAND
        return RefundState.AT_BANK if self.at_bank_since else RefundState.REQUESTED

    @property
    def is_open(self) -> bool:
        """Whether the gateway still has the last word."""
        return self.status is PaymentStatus.REFUND_PENDING

    def apply(
        self, notice: RefundNotice, *, now: datetime
    ) -> RefundAtBank | RefundCompleted | RefundFailed | None:
        """Apply the gateway's word; a refund that is settled or left to people hears none."""
        if not self.is_open:
            return None
        self.gateway_no = notice.gateway_no or self.gateway_no
        if notice.state is RefundState.SETTLED:
            return self._settle(now=now)
        if notice.state is RefundState.BY_HAND:
            self.status, self.ended_at = PaymentStatus.REFUND_FAILED, now
            self.refused_because = notice.by_hand_because or "REFUND_REFUSED"
            return RefundFailed(
                occurred_at=now,
                hold_id=self.hold_id,
                order_id=self.order_id,
                refund_id=self.id,
                reason_code=self.refused_because,
            )
        if self.at_bank_since:
            return None
        self.at_bank_since = now
        return RefundAtBank(
            occurred_at=now,
            hold_id=self.hold_id,
            order_id=self.order_id,
            refund_id=self.id,
            amount_vnd=self.amount_vnd,
        )

    def transferred(
        self, bank_reference: str, *, staff_id: UUID, now: datetime
    ) -> RefundCompleted | None:
        """Note a person's transfer; the same reference again is the same transfer."""
        if self.state is RefundState.SETTLED and self.bank_reference == bank_reference:
            return None
        if self.state is not RefundState.BY_HAND:
            raise RefundNotByHand(
                self.id, self.state, self.bank_reference, self.settled_by, self.ended_at
            )
        self.bank_reference, self.settled_by = bank_reference, staff_id
        return self._settle(now=now)

    def _settle(self, *, now: datetime) -> RefundCompleted:
        self.status, self.ended_at = PaymentStatus.REFUNDED, now
        return RefundCompleted(
            occurred_at=now,
            hold_id=self.hold_id,
            order_id=self.order_id,
            refund_id=self.id,
            amount_vnd=self.amount_vnd,
        )
