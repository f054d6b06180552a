"""What the order service states."""

from typing import Literal
from uuid import UUID

from pydantic import AwareDatetime, NonNegativeInt, PositiveInt

from events.base import Event
from events.vocabulary import Delivery, PaymentMethod, ReasonCode, Region, ShopCode, SimKind


class OrderPlaced(Event):
    """The customer confirmed form, delivery and payment; what is due is agreed (F4.1)."""

    hold_id: UUID
    order_id: UUID
    customer_id: UUID | None
    sim: SimKind
    delivery: Delivery
    delivery_id: UUID | None
    """The delivery details the shipping service keeps; none for an eSIM or a channel's courier."""
    store_code: ShopCode | None
    payment: PaymentMethod
    total_vnd: NonNegativeInt


class PaymentInitiated(Event):
    """The customer was sent to the payment gateway and has until `pay_before`."""

    hold_id: UUID
    order_id: UUID
    payment_id: UUID
    amount_vnd: PositiveInt
    pay_before: AwareDatetime


class PaymentConfirmed(Event):
    """The money for a held number is in: the gateway said so and its word was checked."""

    hold_id: UUID
    order_id: UUID
    payment_id: UUID
    amount_vnd: NonNegativeInt
    method: PaymentMethod
    paid_at: AwareDatetime
    """When the customer paid, which is what counts, however late we hear of it."""


class PaymentFailed(Event):
    """The customer's attempt to pay did not succeed; another attempt is possible."""

    hold_id: UUID
    order_id: UUID
    payment_id: UUID
    reason_code: ReasonCode


class RefundRequested(Event):
    """Money taken is owed back and the gateway is being asked to return it."""

    hold_id: UUID
    order_id: UUID
    refund_id: UUID
    amount_vnd: PositiveInt
    reason_code: ReasonCode


class RefundCompleted(Event):
    """The money is on its way back to the customer."""

    hold_id: UUID
    order_id: UUID
    refund_id: UUID
    amount_vnd: PositiveInt


class RefundFailed(Event):
    """The gateway refused to give the money back: a person has to."""

    hold_id: UUID
    order_id: UUID
    refund_id: UUID
    reason_code: ReasonCode


class OrderRouted(Event):
    """A regional company and its shop are responsible from here on, and why (SD.3)."""

    hold_id: UUID
    order_id: UUID
    region: Region
    shop_code: ShopCode
    team: str
    """The call team that will verify the customer."""
    rule: str
    """The rule that decided, for whoever asks why."""


class CancelRequested(Event):
    """Somebody wants the order gone while a parcel may be on its way: shipping decides."""

    hold_id: UUID
    order_id: UUID
    requested_by: Literal["CUSTOMER", "STAFF", "CHANNEL"]
    reason_code: ReasonCode


class OrderCancelled(Event):
    """The order is in the tab "Đã hủy" for good (F4.11, F4.18)."""

    hold_id: UUID
    order_id: UUID
    cancelled_by: Literal["CUSTOMER", "STAFF", "CHANNEL", "CARRIER", "SYSTEM"]
    reason_code: ReasonCode
    refund_due_vnd: NonNegativeInt
    keep_number_until: AwareDatetime | None
    """A paid number is kept while its parcel travels back, at most until then; none: free now."""


class PromotionAttached(Event):
    """The promotion the customer saw before paying is part of the order (SB.7)."""

    hold_id: UUID
    order_id: UUID
    promotion_code: str
    package_code: str


class InvoiceIssued(Event):
    """The electronic invoice exists (SB.3.4)."""

    hold_id: UUID
    order_id: UUID
    invoice_id: UUID
    total_vnd: NonNegativeInt
