"""An order: its five tabs, its cancelling, and what it owes back (flow 4, decision 0022)."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, Literal
from uuid import UUID

from events import (
    CancelRequested,
    Delivery,
    OrderCancelled,
    OrderPlaced,
    OrderRouted,
    PaymentMethod,
    PromotionAttached,
    Region,
    ShopCode,
    SimKind,
)
from events.ids import uuid7
from kit.errors import NotFound
from order.orders.states import (
    CONNECTION_BEGAN,
    HAS_MONEY,
    NEXT,
    UNDER_WAY,
    WHY_NOT,
    ActivationStatus,
    CannotCancel,
    PaymentStatus,
    Status,
    SubStatus,
)

Asker = Literal["CUSTOMER", "STAFF", "CHANNEL"]
Canceller = Literal["CUSTOMER", "STAFF", "CHANNEL", "CARRIER", "SYSTEM"]
HOLD_EXPIRED: Final = "HOLD_EXPIRED"


@dataclass(eq=False)
class NoSuchOrder(NotFound):
    """There is no such order."""


@dataclass(kw_only=True, eq=False)
class Order:
    """An order a customer agreed to. Methods that make something true return the fact."""

    id: UUID = field(default_factory=uuid7)
    hold_id: UUID
    customer_id: UUID | None
    sim: SimKind
    delivery: Delivery
    delivery_id: UUID | None = None
    store_code: ShopCode | None = None
    ward_code: str | None = None
    payment: PaymentMethod
    total_vnd: int
    promotion_code: str | None
    package_code: str | None
    email_sealed: bytes | None = None
    buyer_sealed: bytes | None = None
    placed_at: datetime
    status: Status = Status.AWAITING_PAYMENT
    sub_status: SubStatus | None = None
    reached: Status | None = None
    """The tab the parcel has reached, whatever became of the order."""
    payment_status: PaymentStatus = PaymentStatus.INITIATED
    paid_by: UUID | None = None
    """The payment that settled this order."""
    paid_vnd: int = 0
    paid_too_late: bool = False
    """The money came after the order was cancelled: what the hold says decides."""
    cancel_asked_by: Asker | None = None
    cancel_asked_because: str | None = None
    cancel_refused_because: str | None = None
    cancelled_by: Canceller | None = None
    cancelled_because: str | None = None
    cancelled_at: datetime | None = None
    refund_after: datetime | None = None
    """A refused parcel's refund: at its return, or now at the latest (G21)."""
    activation: ActivationStatus = ActivationStatus.NOT_STARTED
    activation_reason: str | None = None
    activation_at: datetime | None = None
    region: Region | None = None
    shop_code: ShopCode | None = None
    team: str | None = None

    def placed(self, *, now: datetime) -> OrderPlaced:
        """Return the fact of what was agreed (F4.1)."""
        return OrderPlaced(
            occurred_at=now,
            hold_id=self.hold_id,
            order_id=self.id,
            customer_id=self.customer_id,
            sim=self.sim,
            delivery=self.delivery,
            delivery_id=self.delivery_id,
            store_code=self.store_code,
            payment=self.payment,
            total_vnd=self.total_vnd,
        )

    def attach_promotion(self, *, now: datetime) -> list[PromotionAttached]:
        """Return the promotion the customer saw before paying, if there is one (SB.7)."""
        if not self.promotion_code or not self.package_code:
            return []
        attached = PromotionAttached(
            occurred_at=now,
            hold_id=self.hold_id,
            order_id=self.id,
            promotion_code=self.promotion_code,
            package_code=self.package_code,
        )
        return [attached]

    def route_to(
        self, region: Region, shop_code: ShopCode, team: str, rule: str, *, now: datetime
    ) -> OrderRouted:
        """Make a regional company and its shop responsible (SD.3)."""
        self.region, self.shop_code, self.team = region, shop_code, team
        return OrderRouted(
            occurred_at=now,
            hold_id=self.hold_id,
            order_id=self.id,
            region=region,
            shop_code=shop_code,
            team=team,
            rule=rule,
        )

    @property
    def owed_back_vnd(self) -> int:
        """The đồng that have to be given back if the order is cancelled now."""
        return self.paid_vnd if self.payment_status in HAS_MONEY else 0

    @property
    def cancelled_by_the_clock(self) -> bool:
        """Whether only the hold's clock ended it: a hold confirmed after all brings it back."""
        return self.cancelled_by == "SYSTEM" and self.cancelled_because == HOLD_EXPIRED

    def settle(self, payment_id: UUID, amount_vnd: int, status: PaymentStatus) -> None:
        """Note the money for this order; it enters Chờ xử lý unless it was cancelled (F4.2)."""
        self.paid_by, self.paid_vnd, self.payment_status = payment_id, amount_vnd, status
        if self.status is Status.AWAITING_PAYMENT:
            self._move_to(Status.PENDING)
        elif self.status is Status.CANCELLED:
            self.paid_too_late = True

    def advance(self, status: Status, sub_status: SubStatus | None = None) -> None:
        """Follow the parcel; a word that comes late or twice never leads back (F4.8 to F4.23).

        A parcel goes its way although its order is cancelled: should that be revived, it is there.
        """
        if self.reached is None or status in NEXT[self.reached]:
            self.reached = status
        ahead = status in NEXT[self.status] and self.status is not Status.CANCELLED
        if ahead:
            self._move_to(status)
        if ahead or (self.status is status and sub_status):
            self.sub_status = sub_status

    def ask_to_cancel(
        self, asker: Asker, reason_code: str, *, now: datetime
    ) -> OrderCancelled | CancelRequested | None:
        """Cancel at once before anything begins, or ask who may still stop it (F4.3, F4.10, G19).

        Shipping answers for a parcel, activation for an eSIM.
        """
        if self.status in WHY_NOT:
            raise CannotCancel(self.status, *WHY_NOT[self.status])
        if self.activation in UNDER_WAY:
            raise CannotCancel(self.status, *CONNECTION_BEGAN)
        if self.status is Status.AWAITING_PAYMENT:
            return self.cancel(asker, reason_code, now=now)
        if self.cancel_asked_by:
            return None
        self.cancel_asked_by, self.cancel_asked_because = asker, reason_code
        self.cancel_refused_because = None
        return CancelRequested(
            occurred_at=now,
            hold_id=self.hold_id,
            order_id=self.id,
            requested_by=asker,
            reason_code=reason_code,
        )

    def refuse_cancel(self, reason_code: str) -> None:
        """Keep the order: it was too late (G18)."""
        self.cancel_asked_by = self.cancel_asked_because = None
        self.cancel_refused_because = reason_code

    def cancel(
        self,
        canceller: Canceller,
        reason_code: str,
        *,
        now: datetime,
        keep_number_until: datetime | None = None,
        owes: bool = True,
    ) -> OrderCancelled:
        """Move to Đã hủy for good (F4.11, F4.18); it owes what was paid unless policy keeps it."""
        self._move_to(Status.CANCELLED)
        self.sub_status = self.cancel_asked_by = self.cancel_asked_because = None
        self.cancelled_by, self.cancelled_because = canceller, reason_code
        self.cancelled_at, self.refund_after = now, keep_number_until
        return self.cancelled(now=now, owes=owes)

    def cancelled(self, *, now: datetime, owes: bool = True) -> OrderCancelled:
        """Return the fact that it is cancelled, with what is owed."""
        assert self.cancelled_by, "not cancelled"
        assert self.cancelled_because, "cancelled without a reason"
        return OrderCancelled(
            occurred_at=now,
            hold_id=self.hold_id,
            order_id=self.id,
            cancelled_by=self.cancelled_by,
            reason_code=self.cancelled_because,
            refund_due_vnd=self.owed_back_vnd if owes else 0,
            keep_number_until=self.refund_after,
        )

    def revive(self, *, now: datetime) -> OrderPlaced:
        """Go on after all: the hold was confirmed although its clock was over (decision 0021)."""
        self._move_to(self.reached or Status.PENDING)
        self.cancelled_by = self.cancelled_because = self.cancelled_at = None
        self.sub_status, self.paid_too_late = None, False
        return self.placed(now=now)

    def show_activation(
        self, status: ActivationStatus, reason_code: str | None, *, at: datetime
    ) -> None:
        """Show the activation's newest label (F5a.14, F5a.16, decision 0025)."""
        A = ActivationStatus  # noqa: N806, as its module calls it
        old = self.activation_at is not None and at < self.activation_at
        has_profile = self.activation in (A.ESIM_QR_SENT, A.ESIM_INSTALL_FAILED)
        if old or self.activation is A.ACTIVATED or (status is A.CONNECTING and has_profile):
            return
        self.activation, self.activation_reason, self.activation_at = status, reason_code, at

    def show_connected(self, *, at: datetime) -> None:
        """Show a completed connection: an eSIM is joined only when it is on the phone (G30)."""
        A = ActivationStatus  # noqa: N806, as its module calls it
        self.show_activation(A.ACTIVATED if self.sim == "PHYSICAL" else A.CONNECTING, None, at=at)

    def _move_to(self, status: Status) -> None:
        if status not in NEXT[self.status]:
            raise CannotCancel(self.status, *WHY_NOT.get(self.status, CONNECTION_BEGAN))
        self.status = status
