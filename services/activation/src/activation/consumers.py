"""Kafka: what the activation service learns from the others, in any order."""

from datetime import datetime
from uuid import UUID

from activation.domain import Activation, NoSuchActivation
from activation.dossiers import commands
from events import (
    ActivationStarted,
    Defer,
    HoldClaimed,
    HoldConfirmed,
    HoldCreated,
    HoldExpired,
    HoldReleased,
    KycFailed,
    KycNeedsReview,
    KycPassed,
    KycSubmitted,
    NumberSoftLocked,
    OrderCancelled,
    OrderRouted,
    PromotionAttached,
    ShipmentDelivered,
    ShipmentPacked,
    StorePickupDone,
    VideoCallAbandoned,
    VideoCallApproved,
    VideoCallDropped,
    VideoCallQueued,
    VideoCallRejected,
    VideoCallRetryNeeded,
    VideoCallRevoked,
    VideoCallStarted,
)
from events.subscriptions import Subscriptions
from kit.db import Tx
from kit.revocations import consumers as revocations

subscriptions = Subscriptions[Tx]("activation")
revocations.listen(subscriptions)


@subscriptions.on(NumberSoftLocked)
async def remember_number(locked: NumberSoftLocked, tx: Tx) -> None:
    """Keep the digits of every number somebody may hold."""
    await commands.remember_number(tx, locked.number_id, locked.msisdn)


@subscriptions.on(HoldCreated)
async def begin(created: HoldCreated, tx: Tx) -> None:
    """Know of the journey from its beginning."""
    await commands.begin(tx, created)


@subscriptions.on(HoldClaimed)
async def give_to_customer(claimed: HoldClaimed, tx: Tx) -> None:
    """Let the customer of a channel go on with their slip (P3.3)."""
    (await _journey(tx, claimed.hold_id)).customer_id = claimed.customer_id


@subscriptions.on(HoldConfirmed)
async def confirmed(fact: HoldConfirmed, tx: Tx) -> None:
    """Start the clock of an eSIM: nothing has to be waited for."""
    activation = await _journey(tx, fact.hold_id)
    activation.confirmed_at = activation.confirmed_at or fact.occurred_at


@subscriptions.on(OrderRouted)
async def routed(fact: OrderRouted, tx: Tx) -> None:
    """Know whose connection team is responsible (SD.3)."""
    (await _journey(tx, fact.hold_id)).region = fact.region


@subscriptions.on(PromotionAttached)
async def promised(fact: PromotionAttached, tx: Tx) -> None:
    """Know which package the subscriber must get (SB.7)."""
    activation = await _journey(tx, fact.hold_id)
    activation.promotion_code = fact.promotion_code
    activation.package_code = fact.package_code


@subscriptions.on(ShipmentPacked)
async def packed(fact: ShipmentPacked, tx: Tx) -> None:
    """Know the serial that must match (G37)."""
    (await _journey(tx, fact.hold_id)).expected_serial = fact.sim_serial


@subscriptions.on(ShipmentDelivered)
async def delivered(fact: ShipmentDelivered, tx: Tx) -> None:
    """Start the clock of a physical SIM: the customer has it (F5a.1)."""
    activation = await _journey(tx, fact.hold_id)
    activation.received_at = activation.received_at or fact.delivered_at


@subscriptions.on(StorePickupDone)
async def picked_up(fact: StorePickupDone, tx: Tx) -> None:
    """Start the clock of a physical SIM that was fetched at a store (F4.7)."""
    activation = await _journey(tx, fact.hold_id)
    activation.received_at = activation.received_at or fact.occurred_at
    activation.expected_serial = fact.sim_serial


@subscriptions.on(OrderCancelled, HoldExpired, HoldReleased)
async def closed(fact: OrderCancelled | HoldExpired | HoldReleased, tx: Tx) -> None:
    """Stop: there is no order or no number any more."""
    (await _journey(tx, fact.hold_id)).close()


@subscriptions.on(ActivationStarted)
async def started(fact: ActivationStarted, tx: Tx) -> None:
    """Note that the customer is filling in the declaration (F5a.3)."""
    await _kyc(tx, fact.hold_id, "DRAFT", fact.occurred_at)


@subscriptions.on(KycSubmitted)
async def checking(fact: KycSubmitted, tx: Tx) -> None:
    """Note that mobi eKYC is looking (F5a.6)."""
    await _kyc(tx, fact.hold_id, "KYC_CHECKING", fact.occurred_at)


@subscriptions.on(KycPassed)
async def passed(fact: KycPassed, tx: Tx) -> None:
    """Note that the identity is proven (F5a.7 TH2)."""
    await _kyc(tx, fact.hold_id, "KYC_PASSED", fact.occurred_at)


@subscriptions.on(KycFailed, KycNeedsReview)
async def failed(fact: KycFailed | KycNeedsReview, tx: Tx) -> None:
    """Note that the identity is not proven (F5a.7 TH1)."""
    await _kyc(tx, fact.hold_id, "KYC_FAILED", fact.occurred_at)


@subscriptions.on(VideoCallQueued, VideoCallDropped, VideoCallRetryNeeded, VideoCallAbandoned)
async def call_waits(
    fact: VideoCallQueued | VideoCallDropped | VideoCallRetryNeeded | VideoCallAbandoned, tx: Tx
) -> None:
    """Note that the call is still to come."""
    await _call(tx, fact.hold_id, "VIDEO_WAITING", fact.occurred_at)


@subscriptions.on(VideoCallStarted)
async def in_call(fact: VideoCallStarted, tx: Tx) -> None:
    """Note that an agent sees the customer (P5.1)."""
    await _call(tx, fact.hold_id, "VIDEO_IN_CALL", fact.occurred_at)


@subscriptions.on(VideoCallApproved)
async def approved(fact: VideoCallApproved, tx: Tx) -> None:
    """Note who approved the call: that person may not decide about the connection (G28)."""
    await _call(tx, fact.hold_id, "VIDEO_APPROVED", fact.occurred_at, fact.agent_id)


@subscriptions.on(VideoCallRejected)
async def rejected(fact: VideoCallRejected, tx: Tx) -> None:
    """Note that the agent said no (F5a.8 TH1)."""
    await _call(tx, fact.hold_id, "VIDEO_REJECTED", fact.occurred_at)


@subscriptions.on(VideoCallRevoked)
async def revoked(fact: VideoCallRevoked, tx: Tx) -> None:
    """Stop a connection whose approval was taken back, or open a case if it is too late."""
    await _call(tx, fact.hold_id, "VIDEO_REVOKED", fact.occurred_at)


async def _kyc(tx: Tx, hold_id: UUID, status: str, at: datetime) -> None:
    (await _journey(tx, hold_id)).heard_kyc(status, at=at)


async def _call(
    tx: Tx, hold_id: UUID, status: str, at: datetime, agent_id: UUID | None = None
) -> None:
    (await _journey(tx, hold_id)).heard_call(status, at=at, agent_id=agent_id)


async def _journey(tx: Tx, hold_id: UUID) -> Activation:
    try:
        return await commands.get(tx, hold_id)
    except NoSuchActivation as error:
        raise Defer("HoldCreated") from error
