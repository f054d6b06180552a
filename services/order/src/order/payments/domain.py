"""A payment of an order: an attempt online, cash on receipt, or what a channel collected."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, Self
from uuid import UUID

from events import (
    PaymentConfirmed,
    PaymentFailed,
    PaymentInitiated,
    PaymentMethod,
)
from events.ids import uuid7
from kit.errors import Conflict, TooManyRequests
from order.orders.domain import Order
from order.orders.states import PaymentStatus

S = PaymentStatus

NEXT: Final[dict[PaymentStatus, set[PaymentStatus]]] = {
    S.NONE_DUE: set(),
    S.INITIATED: {S.PENDING, S.PAID, S.FAILED, S.EXPIRED},
    S.PENDING: {S.PAID, S.FAILED, S.EXPIRED},
    S.FAILED: {S.PAID},  # money taken is money owed, whatever was said before
    S.EXPIRED: {S.PAID},  # paid in time, heard late
    S.PAID: {S.REFUND_PENDING},
    S.COD_DUE: {S.COD_COLLECTED},
    S.COD_COLLECTED: {S.REFUND_PENDING},
    S.REFUND_PENDING: {S.REFUNDED, S.REFUND_FAILED},
    S.REFUNDED: set(),
    S.REFUND_FAILED: {S.REFUNDED},  # transferred by a person
}
OPEN: Final = (S.INITIATED, S.PENDING)
CAN_BE_PAID: Final = (*OPEN, S.FAILED, S.EXPIRED)


@dataclass(eq=False)
class PaymentClosed(Conflict):
    """This payment has moved on."""

    payment_id: UUID
    payment_status: PaymentStatus


@dataclass(eq=False)
class NothingToPay(Conflict):
    """This order is not waiting for a payment."""

    order_id: UUID


@dataclass(eq=False)
class TooManyAttempts(TooManyRequests):
    """You tried to pay this order too often: choose the number again."""

    limit: int


@dataclass(kw_only=True, eq=False)
class Payment:
    """A payment of an order; each method returns the fact it made true."""

    id: UUID = field(default_factory=uuid7)
    order_id: UUID
    hold_id: UUID
    method: PaymentMethod
    amount_vnd: int
    status: PaymentStatus
    txn_ref: str | None = None
    """Our reference at the gateway: new for every attempt, opaque."""
    created_at: datetime
    pay_before: datetime | None = None
    next_question_at: datetime | None = None
    paid_at: datetime | None = None
    gateway_no: str | None = None
    reason_code: str | None = None

    @classmethod
    def initiate(
        cls, order: Order, *, now: datetime, pay_before: datetime
    ) -> tuple[Self, PaymentInitiated]:
        """Send the customer to the gateway (F3.12 TH1)."""
        payment = cls.of(order, order.total_vnd, S.INITIATED, now=now)
        payment.method, payment.pay_before = "ONLINE", pay_before
        payment.txn_ref = payment.id.hex
        return payment, PaymentInitiated(
            occurred_at=now,
            hold_id=order.hold_id,
            order_id=order.id,
            payment_id=payment.id,
            amount_vnd=payment.amount_vnd,
            pay_before=pay_before,
        )

    @classmethod
    def of(cls, order: Order, amount_vnd: int, status: PaymentStatus, *, now: datetime) -> Self:
        """Begin a payment of an order by the way its customer chose to pay."""
        return cls(
            order_id=order.id,
            hold_id=order.hold_id,
            method=order.payment,
            amount_vnd=amount_vnd,
            status=status,
            created_at=now,
        )

    def succeed(self, *, paid_at: datetime, now: datetime, gateway_no: str | None = None) -> None:
        """Note that the money is in; the order decides whether that is news or owed back."""
        self._move_to(S.PAID)
        self.gateway_no, self.next_question_at = gateway_no, None
        self._paid_at(paid_at, now=now)

    def confirmed(self, *, now: datetime) -> PaymentConfirmed:
        """Return the fact that the money for the hold is in."""
        assert self.paid_at, "confirmed before paid"
        return PaymentConfirmed(
            occurred_at=now,
            hold_id=self.hold_id,
            order_id=self.order_id,
            payment_id=self.id,
            amount_vnd=self.amount_vnd,
            method=self.method,
            paid_at=self.paid_at,
        )

    def fail(self, status: PaymentStatus, reason_code: str, *, now: datetime) -> PaymentFailed:
        """End the attempt without money; the customer may try again."""
        self._move_to(status)
        self.reason_code = reason_code
        if status is S.FAILED:
            self.next_question_at = None
        return PaymentFailed(
            occurred_at=now,
            hold_id=self.hold_id,
            order_id=self.order_id,
            payment_id=self.id,
            reason_code=reason_code,
        )

    def wait(self) -> None:
        """Note that the gateway has not decided yet."""
        if self.status is S.INITIATED:
            self._move_to(S.PENDING)

    def collect(self, amount_vnd: int, *, at: datetime, now: datetime) -> None:
        """Note the cash that was taken at the door or the counter (F4.20, G15)."""
        self._move_to(S.COD_COLLECTED)
        self.amount_vnd = amount_vnd
        self._paid_at(at, now=now)

    def owe_back(self) -> None:
        """Note that the money has to go back."""
        self._move_to(S.REFUND_PENDING)

    def refund_ended(self, status: PaymentStatus) -> None:
        """Note how giving the money back ended."""
        self._move_to(status)

    def _paid_at(self, reported: datetime, *, now: datetime) -> None:
        # Another's clock: nothing is paid before it was asked for, or later than it was heard.
        self.paid_at = min(max(reported, self.created_at), max(now, self.created_at))

    def _move_to(self, status: PaymentStatus) -> None:
        if status not in NEXT[self.status]:
            raise PaymentClosed(self.id, self.status)
        self.status = status
