"""Kafka: facts that people should know of. Most are told as they are; few need remembering."""

from collections.abc import Awaitable, Callable
from typing import Any, Final

from events import (
    ActivationEnding,
    ActivationExpired,
    ActivationStopRefused,
    AppointmentBooked,
    CancelRefused,
    ConnectionCompleted,
    ConnectionDelayed,
    ConnectionRejected,
    DeliveryRefused,
    EsimInstalled,
    EsimInstallFailed,
    EsimProfileIssued,
    Event,
    HoldClaimed,
    HoldConfirmed,
    HoldCreated,
    HoldEnding,
    HoldExpired,
    HoldLost,
    HoldReleased,
    InvoiceIssued,
    KycFailed,
    KycNeedsReview,
    KycPassed,
    OrderCancelled,
    PasswordChanged,
    PaymentConfirmed,
    PaymentFailed,
    PromotionGranted,
    RefundAtBank,
    RefundCompleted,
    RefundFailed,
    ShipmentDelivered,
    ShipmentHandedOver,
    ShipmentLost,
    StorePickupReady,
    SubjectErased,
    VideoCallApproved,
    VideoCallRejected,
    VideoCallReopened,
    VideoCallRetryNeeded,
    VideoCallRevoked,
)
from events.transport import Subscriptions
from kit import clock
from kit.db import Tx
from notification.journeys.commands import note_hold
from notification.messages.commands import Notifier, forget_person

__all__ = ["TOLD", "Notifier", "listening"]

TOLD: Final[dict[type[Event], str]] = {
    HoldConfirmed: "hold_confirmed",
    HoldEnding: "hold_ending",
    HoldExpired: "hold_expired",
    HoldReleased: "hold_released",
    HoldLost: "hold_lost",
    PaymentConfirmed: "payment_confirmed",
    PaymentFailed: "payment_failed",
    OrderCancelled: "order_cancelled",
    CancelRefused: "cancel_refused",
    ActivationStopRefused: "cancel_refused",
    RefundAtBank: "refund_at_bank",
    RefundCompleted: "refund_completed",
    RefundFailed: "refund_by_hand",
    InvoiceIssued: "invoice_issued",
    ShipmentHandedOver: "parcel_handed_over",
    ShipmentDelivered: "parcel_delivered",
    DeliveryRefused: "parcel_refused",
    ShipmentLost: "parcel_lost",
    StorePickupReady: "store_ready",
    KycPassed: "kyc_passed",
    KycFailed: "kyc_failed",
    KycNeedsReview: "kyc_review",
    VideoCallApproved: "call_approved",
    VideoCallRejected: "call_rejected",
    VideoCallRetryNeeded: "call_retry",
    VideoCallRevoked: "call_revoked",
    VideoCallReopened: "call_reopened",
    AppointmentBooked: "appointment_booked",
    ConnectionCompleted: "connected",
    ConnectionRejected: "connection_rejected",
    ConnectionDelayed: "connection_delayed",
    EsimProfileIssued: "esim_ready",
    EsimInstalled: "esim_installed",
    EsimInstallFailed: "esim_failed",
    ActivationEnding: "activation_ending",
    ActivationExpired: "activation_expired",
    PromotionGranted: "promotion_granted",
}
"""Facts of a journey and the message about each; which ways it takes is the domain's to say."""


def listening(notifier: Notifier) -> Subscriptions[Tx]:
    """Subscribe to every fact that a person should know of."""
    subscriptions = Subscriptions[Tx]("notification")
    for event, template in TOLD.items():
        subscriptions.on(event)(_teller(notifier, template))
    subscriptions.on(SubjectErased)(forget)

    @subscriptions.on(HoldCreated)
    async def show_slip(created: HoldCreated, tx: Tx) -> None:
        """Begin a journey, and show its slip (F3.13, F3.14)."""
        await note_hold(tx, created)
        await notifier.tell(tx, created, "hold_slip", now=clock.now())

    @subscriptions.on(HoldClaimed)
    async def note_claim(claimed: HoldClaimed, tx: Tx) -> None:
        """Find the reader of what was said about a channel's slip (P3.3)."""
        await notifier.note_claim(tx, claimed.hold_id, claimed.customer_id, now=clock.now())

    @subscriptions.on(PasswordChanged)
    async def warn(changed: PasswordChanged, tx: Tx) -> None:
        """Tell the owner of an account that its password is another one (F2.11)."""
        await notifier.tell(
            tx, changed, "password_changed", now=clock.now(), customer_id=changed.subject_id
        )

    return subscriptions


async def forget(erased: SubjectErased, tx: Tx) -> None:
    """Forget a person who asked for it."""
    await forget_person(tx, erased.subject_id)


def _teller(notifier: Notifier, template: str) -> Callable[[Any, Tx], Awaitable[None]]:
    async def tell(fact: Event, tx: Tx) -> None:
        await notifier.tell(tx, fact, template, now=clock.now())

    tell.__doc__ = f"Tell the customer: `{template}`."
    return tell
