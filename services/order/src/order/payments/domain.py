"""An attempt to pay, and money given back: what is taken is owed until it is earned or returned."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
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


class PaymentStatus(StrEnum):
    """Where the money is."""

    NONE_DUE = "NONE_DUE"
    INITIATED = "INITIATED"
    PENDING = "PENDING"
    PAID = "PAID"
    FAILED = "FAILED"
    EXPIRED = "EXPIRED"
    COD_DUE = "COD_DUE"
    COD_COLLECTED = "COD_COLLECTED"
    REFUND_PENDING = "REFUND_PENDING"
    REFUNDED = "REFUNDED"
    REFUND_FAILED = "REFUND_FAILED"


S = PaymentStatus

LABELS_VI: Final = {
    S.NONE_DUE: "Không phải thanh toán",
    S.INITIATED: "Chờ thanh toán",
    S.PENDING: "Đang chờ kết quả thanh toán",
    S.PAID: "Đã thanh toán",
    S.FAILED: "Thanh toán không thành công",
    S.EXPIRED: "Hết hạn thanh toán",
    S.COD_DUE: "Thu khi nhận hàng",
    S.COD_COLLECTED: "Đã thu hộ",
    S.REFUND_PENDING: "Đang hoàn tiền",
    S.REFUNDED: "Đã hoàn tiền",
    S.REFUND_FAILED: "Nhân viên sẽ chuyển khoản hoàn tiền cho bạn",
}

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
HAS_MONEY: Final = (S.PAID, S.COD_COLLECTED)


class Outcome(StrEnum):
    """What the gateway says of an attempt."""

    PAID = "PAID"
    FAILED = "FAILED"
    UNDECIDED = "UNDECIDED"
    """Not finished, or money was taken and the gateway itself doubts it: wait, ask again."""
    UNKNOWN = "UNKNOWN"
    """The customer never opened the payment page."""


@dataclass(frozen=True)
class Notice:
    """The gateway's checked word about one attempt: by its call (IPN) or on our question."""

    txn_ref: str
    outcome: Outcome
    amount_vnd: int | None = None
    reason_code: str = "GATEWAY_ERROR"
    gateway_no: str | None = None
    paid_at: datetime | None = None


class Heard(StrEnum):
    """What became of a notice; VNPay's own answer codes for the IPN."""

    APPLIED = "00"
    UNKNOWN_REFERENCE = "01"
    ALREADY_FINAL = "02"
    WRONG_AMOUNT = "04"


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
    """One attempt to pay an order; each method returns the fact it made true."""

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
        cls, order_id: UUID, hold_id: UUID, amount_vnd: int, *, now: datetime, pay_before: datetime
    ) -> tuple[Self, PaymentInitiated]:
        """Send the customer to the gateway (F3.12 TH1)."""
        payment = cls(
            order_id=order_id,
            hold_id=hold_id,
            method="ONLINE",
            amount_vnd=amount_vnd,
            status=S.INITIATED,
            created_at=now,
            pay_before=pay_before,
        )
        payment.txn_ref = payment.id.hex
        return payment, PaymentInitiated(
            occurred_at=now,
            hold_id=hold_id,
            order_id=order_id,
            payment_id=payment.id,
            amount_vnd=amount_vnd,
            pay_before=pay_before,
        )

    def succeed(self, *, paid_at: datetime, now: datetime, gateway_no: str | None = None) -> None:
        """Note that the money is in; the order decides whether that is news or owed back."""
        self._move_to(S.PAID)
        self.gateway_no, self.next_question_at = gateway_no, None
        self._paid_at(paid_at, now=now)

    def confirmed(self, *, now: datetime) -> PaymentConfirmed:
        """State that the money for the hold is in."""
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

    def _paid_at(self, said: datetime, *, now: datetime) -> None:
        # Another's clock: nothing is paid before it was asked for, or later than it was heard.
        self.paid_at = min(max(said, self.created_at), max(now, self.created_at))

    def _move_to(self, status: PaymentStatus) -> None:
        if status not in NEXT[self.status]:
            raise PaymentClosed(self.id, self.status)
        self.status = status
