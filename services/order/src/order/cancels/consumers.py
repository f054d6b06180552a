"""Kafka: the ends of holds, parcels and activations that end an order, or keep it."""

from events import (
    ActivationExpired,
    ActivationStopped,
    ActivationStopRefused,
    CancelRefused,
    DeliveryRefused,
    HoldConfirmed,
    HoldExpired,
    HoldLost,
    HoldReleased,
    ShipmentCancelled,
    ShipmentLost,
    ShipmentReturned,
)
from events.transport import Subscriptions
from kit import clock
from kit.db import Tx
from order.cancels import commands
from order.orders.commands import show_activation
from order.orders.states import ActivationStatus
from order.settings import Settings

subscriptions = Subscriptions[Tx]("order")


@subscriptions.on(HoldExpired)
async def hold_expired(expired: HoldExpired, tx: Tx) -> None:
    """End what the clock ended before the money came (G10)."""
    await commands.hold_is_gone(tx, expired.hold_id, now=clock.now())


@subscriptions.on(HoldReleased)
async def hold_released(released: HoldReleased, tx: Tx) -> None:
    """Note that the hold was given up."""
    reason = released.reason_code
    await commands.hold_was_released(tx, released.hold_id, reason, now=clock.now())


@subscriptions.on(HoldLost)
async def hold_lost(lost: HoldLost, tx: Tx) -> None:
    """Give back money that found no number (decision 0021)."""
    await commands.hold_was_lost(tx, lost.hold_id, now=clock.now())


@subscriptions.on(ShipmentCancelled)
async def parcel_stopped(shipment: ShipmentCancelled, tx: Tx) -> None:
    """Cancel: shipping could still stop the parcel (F4.11)."""
    await commands.parcel_stopped(tx, shipment.hold_id, now=clock.now())


@subscriptions.on(CancelRefused)
async def too_late(shipment: CancelRefused, tx: Tx) -> None:
    """Go on: shipping could not stop it any more (G18)."""
    await commands.refused(tx, shipment.hold_id, shipment.reason_code)


@subscriptions.on(ActivationStopped)
async def activation_stopped(activation: ActivationStopped, tx: Tx) -> None:
    """Cancel: activation has stopped, nothing is at mSale (G18)."""
    await commands.activation_stopped(tx, activation.hold_id, now=clock.now())


@subscriptions.on(ActivationStopRefused)
async def too_late_to_stop(activation: ActivationStopRefused, tx: Tx) -> None:
    """Go on: the connection was quicker (G18)."""
    await commands.refused(tx, activation.hold_id, activation.reason_code)


@subscriptions.on(ShipmentReturned)
async def parcel_returned(shipment: ShipmentReturned, tx: Tx) -> None:
    """Give the money back: the refused parcel is here (G21)."""
    await commands.parcel_returned(tx, shipment.hold_id, now=clock.now())


@subscriptions.on(ShipmentLost)
async def parcel_lost(shipment: ShipmentLost, tx: Tx) -> None:
    """End the order of a parcel the carrier lost (G23)."""
    await commands.parcel_lost(tx, shipment.hold_id, shipment.reason_code, now=clock.now())


def listening(settings: Settings) -> Subscriptions[Tx]:
    """Return what is done about facts for which there is a policy."""
    by_policy = Subscriptions[Tx]("order")

    @by_policy.on(DeliveryRefused)
    async def parcel_refused(shipment: DeliveryRefused, tx: Tx) -> None:
        """Cancel what the customer did not take (F4.16)."""
        keep, reason = settings.keep_refused_for, shipment.reason_code
        now = clock.now()
        await commands.parcel_refused(tx, shipment.hold_id, reason, keep=keep, now=now)

    @by_policy.on(ActivationExpired)
    async def never_activated(expired: ActivationExpired, tx: Tx) -> None:
        """Cancel an order whose number nobody activated in time (G39)."""
        refund = settings.refund_on_activation_expiry
        await commands.never_activated(tx, expired.hold_id, refund=refund, now=clock.now())
        status, at = ActivationStatus.EXPIRED, expired.occurred_at
        await show_activation(tx, expired.hold_id, status, None, at=at)

    @by_policy.on(HoldConfirmed)
    async def bring_back(confirmed: HoldConfirmed, tx: Tx) -> None:
        """Go on with a hold that was confirmed although its clock had run out (decision 0021)."""
        await commands.hold_was_confirmed(tx, confirmed.hold_id, settings=settings, now=clock.now())

    return by_policy
