"""The events of the order service."""

from typing import Literal
from uuid import UUID

from pydantic import NonNegativeInt, PositiveInt

from events.facts.base import Event
from events.facts.vocabulary import (
    CustomerId,
    Delivery,
    HoldId,
    OrderId,
    PaymentId,
    PaymentMethod,
    ReasonCode,
    RefundId,
    Region,
    ShopCode,
    SimKind,
)
from values.moments import Moment


class OrderPlaced(Event):
    """The customer confirmed form, delivery and payment; what is due is agreed (F4.1)."""

    hold_id: HoldId
    order_id: OrderId
    customer_id: CustomerId | None
    sim: SimKind
    """A card, or a profile that the phone downloads (F3.6)."""
    delivery: Delivery
    """How the SIM comes to the customer (F3.7 to F3.10)."""
    delivery_id: UUID | None
    """The delivery details the shipping service keeps; none for an eSIM or a channel's courier."""
    store_code: ShopCode | None
    """The store that the customer fetches it from, if it is one."""
    payment: PaymentMethod
    """Who takes the money (F3.11)."""
    total_vnd: NonNegativeInt
    """Everything the customer pays, VAT included."""


class PaymentInitiated(Event):
    """The customer was sent to the payment gateway and has until `pay_before` (F3.12 TH1)."""

    hold_id: HoldId
    order_id: OrderId
    payment_id: PaymentId
    amount_vnd: PositiveInt
    """The amount, VAT included."""
    pay_before: Moment
    """When the payment page closes."""


class PaymentConfirmed(Event):
    """The money for a held number is in; the gateway's word was checked (F3.12, P2.2)."""

    hold_id: HoldId
    order_id: OrderId
    payment_id: PaymentId
    amount_vnd: NonNegativeInt
    """What was paid, VAT included."""
    method: PaymentMethod
    """Who took the money."""
    paid_at: Moment
    """When the customer paid, which is what counts, however late we hear of it."""


class PaymentFailed(Event):
    """The customer's attempt to pay did not succeed; another attempt is possible (F3.12, G10)."""

    hold_id: HoldId
    order_id: OrderId
    payment_id: PaymentId
    reason_code: ReasonCode


class RefundRequested(Event):
    """Money taken is owed back and the gateway is being asked to return it (G18, G21)."""

    hold_id: HoldId
    order_id: OrderId
    refund_id: RefundId
    amount_vnd: PositiveInt
    """The amount, VAT included."""
    reason_code: ReasonCode


class RefundAtBank(Event):
    """The gateway took the refund on and the customer's bank has yet to book it (G18, G21)."""

    hold_id: HoldId
    order_id: OrderId
    refund_id: RefundId
    amount_vnd: PositiveInt
    """The amount, VAT included."""


class RefundCompleted(Event):
    """The customer's bank has booked the refund, or a person has transferred it (G18, G21)."""

    hold_id: HoldId
    order_id: OrderId
    refund_id: RefundId
    amount_vnd: PositiveInt
    """The amount, VAT included."""


class RefundFailed(Event):
    """The bank does not give the money back: a person transfers it (G18)."""

    hold_id: HoldId
    order_id: OrderId
    refund_id: RefundId
    reason_code: ReasonCode


class OrderRouted(Event):
    """A regional company and its shop are responsible from here on, and why (SD.3)."""

    hold_id: HoldId
    order_id: OrderId
    region: Region
    """The regional company (CTKV) that is responsible from here on."""
    shop_code: ShopCode
    """The shop that the order belongs to."""
    team: str
    """The call team that will verify the customer."""
    rule: str
    """The rule that decided, for whoever asks why."""


class CancelRequested(Event):
    """The order shall go while a parcel or a connection may be on its way (F4.10, G18).

    Shipping decides about an order with a parcel, activation about one without.
    """

    hold_id: HoldId
    order_id: OrderId
    requested_by: Literal["CUSTOMER", "STAFF", "CHANNEL"]
    """Who wants it gone."""
    reason_code: ReasonCode


class OrderCancelled(Event):
    """The order is in the tab "Đã hủy" (F4.11, F4.18).

    With the reason HOLD_EXPIRED, said by the system, it is an echo: it repeats the hold's own word
    and does not mean that the journey is over. Money paid in time and heard late confirms the hold
    and brings the order back, with an OrderPlaced of the same ids.
    """

    hold_id: HoldId
    order_id: OrderId
    cancelled_by: Literal["CUSTOMER", "STAFF", "CHANNEL", "CARRIER", "SYSTEM"]
    """Who ended it."""
    reason_code: ReasonCode
    refund_due_vnd: NonNegativeInt
    """What was paid and is owed back; 0 if nothing was."""
    keep_number_until: Moment | None
    """A paid number is kept while its parcel travels back, at most until then; none: free now."""


class PromotionAttached(Event):
    """The promotion the customer saw before paying is part of the order (SB.7)."""

    hold_id: HoldId
    order_id: OrderId
    promotion_code: str
    """The promotion, such as KMTN4G."""
    package_code: str
    """The package that it grants, such as TN4G."""


class InvoiceIssued(Event):
    """The electronic invoice exists (SB.3.4)."""

    hold_id: HoldId
    order_id: OrderId
    invoice_id: UUID
    """The invoice."""
    total_vnd: NonNegativeInt
    """Everything the customer pays, VAT included."""
