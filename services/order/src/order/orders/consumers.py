"""Kafka: the parcel's way, the activation's steps and the account move or show an order."""

from typing import Final
from uuid import UUID

from events import (
    ActivationStarted,
    CollectionFailed,
    ConnectionCompleted,
    ConnectionConfirmed,
    ConnectionDelayed,
    ConnectionQueued,
    ConnectionRejected,
    DossierSigned,
    EsimInstalled,
    EsimInstallFailed,
    EsimProfileIssued,
    Event,
    HoldClaimed,
    KycFailed,
    KycNeedsReview,
    KycPassed,
    KycSubmitted,
    ShipmentConfirmed,
    ShipmentDelivered,
    ShipmentHandedOver,
    StorePickupDone,
    StorePickupReady,
    SubjectErased,
    VideoCallApproved,
    VideoCallQueued,
    VideoCallRejected,
    VideoCallRevoked,
    VideoCallStarted,
)
from events.transport import Subscriptions
from kit.db import Tx
from order.orders import commands
from order.orders.states import ActivationStatus, Status, SubStatus

subscriptions = Subscriptions[Tx]("order")

A = ActivationStatus
SHOWN_AFTER: Final[dict[type[Event], ActivationStatus]] = {
    ActivationStarted: A.DRAFT,
    KycSubmitted: A.KYC_CHECKING,
    KycFailed: A.KYC_FAILED,
    KycNeedsReview: A.NEEDS_REVIEW,
    KycPassed: A.KYC_PASSED,
    VideoCallQueued: A.VIDEO_WAITING,
    VideoCallStarted: A.VIDEO_IN_CALL,
    VideoCallRejected: A.VIDEO_REJECTED,
    VideoCallRevoked: A.VIDEO_REJECTED,
    VideoCallApproved: A.VIDEO_APPROVED,
    DossierSigned: A.SIGNED,
    ConnectionQueued: A.QUEUED,
    ConnectionConfirmed: A.CONNECTING,
    ConnectionDelayed: A.QUEUED,
    ConnectionRejected: A.REFUSED,
    EsimProfileIssued: A.ESIM_QR_SENT,
    EsimInstallFailed: A.ESIM_INSTALL_FAILED,
    EsimInstalled: A.ACTIVATED,
}
"""The label an order shows after each step of its activation (F5a.16, F5b.18, decision 0025)."""


@subscriptions.on(HoldClaimed)
async def claim(claimed: HoldClaimed, tx: Tx) -> None:
    """Put the order of a claimed slip into the same account (P3.3)."""
    await commands.claim(tx, claimed.hold_id, claimed.customer_id)


@subscriptions.on(SubjectErased)
async def forget(erased: SubjectErased, tx: Tx) -> None:
    """Forget the customer's e-mail address."""
    await commands.forget(tx, erased.subject_id)


@subscriptions.on(ShipmentConfirmed)
async def confirmed(shipment: ShipmentConfirmed, tx: Tx) -> None:
    """Move to Chờ lấy hàng: staff confirmed it (F4.8.1)."""
    await commands.follow(tx, shipment.hold_id, Status.AWAITING_COLLECTION)


@subscriptions.on(CollectionFailed)
async def collection_failed(shipment: CollectionFailed, tx: Tx) -> None:
    """Stay in Chờ lấy hàng: the courier came in vain (G23)."""
    failed = SubStatus.COLLECTION_FAILED
    await commands.follow(tx, shipment.hold_id, Status.AWAITING_COLLECTION, failed)


@subscriptions.on(StorePickupReady)
async def ready_at_store(shipment: StorePickupReady, tx: Tx) -> None:
    """Show that the SIM waits at the store (F4.6)."""
    ready = SubStatus.READY_AT_STORE
    await commands.follow(tx, shipment.hold_id, Status.AWAITING_COLLECTION, ready)


@subscriptions.on(ShipmentHandedOver)
async def handed_over(shipment: ShipmentHandedOver, tx: Tx) -> None:
    """Move to Đang giao hàng: the courier has it (F4.14)."""
    await commands.follow(tx, shipment.hold_id, Status.DELIVERING)


@subscriptions.on(ShipmentDelivered)
async def delivered(shipment: ShipmentDelivered, tx: Tx) -> None:
    """Move to Đã giao: the customer has it (F4.23)."""
    await commands.follow(tx, shipment.hold_id, Status.DELIVERED)


@subscriptions.on(StorePickupDone)
async def picked_up(shipment: StorePickupDone, tx: Tx) -> None:
    """Move to Đã giao: store staff gave it to the customer (F4.7, G15)."""
    await commands.follow(tx, shipment.hold_id, Status.DELIVERED)


@subscriptions.on(ConnectionCompleted)
async def connected(connection: ConnectionCompleted, tx: Tx) -> None:
    """Show that the subscriber is connected (F5a.14, F5b.16)."""
    await commands.show_connected(tx, connection.hold_id, at=connection.occurred_at)


@subscriptions.on(*SHOWN_AFTER)
async def show_activation(step: Event, tx: Tx) -> None:
    """Show the label of the activation's newest step (F5a.14, F5a.16, decision 0025)."""
    reason = None
    if isinstance(step, ConnectionRejected | EsimInstallFailed | VideoCallRejected):
        reason = step.reason_code
    hold_id, status = UUID(step.key), SHOWN_AFTER[type(step)]
    await commands.show_activation(tx, hold_id, status, reason, at=step.occurred_at)
