"""Kafka: the facts of the other services about a journey, in any order."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from uuid import UUID

from activation.activations.commands import get
from activation.activations.domain import Activation, Check
from activation.activations.states import CallStatus, CheckStatus, NoSuchActivation
from activation.journeys import commands
from activation.withdrawals import commands as withdrawals
from events import (
    ActivationStarted,
    CancelRequested,
    Defer,
    HoldClaimed,
    HoldConfirmed,
    HoldCreated,
    KycFailed,
    KycNeedsReview,
    KycPassed,
    KycSubmitted,
    NumberSoftLocked,
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
from events.facts.hold_facts import ENDINGS, Ending
from events.transport import Subscriptions
from kit import clock
from kit.db import Tx

subscriptions = Subscriptions[Tx]("activation")


@subscriptions.on(NumberSoftLocked)
async def remember_number(locked: NumberSoftLocked, tx: Tx) -> None:
    """Keep the digits of every number somebody may hold."""
    await commands.remember_number(tx, locked.number_id, locked.msisdn)


@subscriptions.on(HoldCreated)
async def begin(created: HoldCreated, tx: Tx) -> None:
    """Know of the journey from its beginning."""
    await commands.begin(tx, created)


@subscriptions.on(HoldClaimed, HoldConfirmed)
async def follow_the_hold(fact: HoldClaimed | HoldConfirmed, tx: Tx) -> None:
    """Know whose the slip is (P3.3), and that the number is theirs, however late it is heard."""
    async with _news_of(tx, fact.hold_id) as activation:
        activation.hear(fact)


@subscriptions.on(*ENDINGS)
async def end_with_the_hold(fact: Ending, tx: Tx) -> None:
    """Stop: there is no order or no number any more, unless it was paid in time after all."""
    async with _news_of(tx, fact.hold_id) as activation:
        activation.hear(fact)


@subscriptions.on(CancelRequested)
async def decide_cancel(asked: CancelRequested, tx: Tx) -> None:
    """Answer whether an eSIM's order can still be cancelled: with a parcel, shipping does (G18)."""
    activation = await _journey(tx, asked.hold_id)
    await withdrawals.cancel(tx, activation, asked.order_id, now=clock.now())


@subscriptions.on(OrderRouted)
async def routed(fact: OrderRouted, tx: Tx) -> None:
    """Know whose connection team is responsible (SD.3)."""
    (await _journey(tx, fact.hold_id)).region = fact.region


@subscriptions.on(PromotionAttached)
async def promised(fact: PromotionAttached, tx: Tx) -> None:
    """Know which package the subscriber must get (SB.7)."""
    async with _news_of(tx, fact.hold_id) as activation:
        activation.promotion_code = fact.promotion_code
        activation.package_code = fact.package_code


@subscriptions.on(ShipmentPacked)
async def packed(fact: ShipmentPacked, tx: Tx) -> None:
    """Know the serial that must match (G37)."""
    async with _news_of(tx, fact.hold_id) as activation:
        activation.expected_serial = fact.sim_serial


@subscriptions.on(ShipmentDelivered)
async def delivered(fact: ShipmentDelivered, tx: Tx) -> None:
    """Start the clock of a physical SIM: the customer has it (F5a.1)."""
    async with _news_of(tx, fact.hold_id) as activation:
        activation.received(fact.delivered_at, said_at=fact.occurred_at)


@subscriptions.on(StorePickupDone)
async def picked_up(fact: StorePickupDone, tx: Tx) -> None:
    """Start the clock of a physical SIM that was fetched at a store (F4.7)."""
    async with _news_of(tx, fact.hold_id) as activation:
        activation.received(fact.occurred_at, said_at=fact.occurred_at)
        activation.expected_serial = fact.sim_serial


@subscriptions.on(ActivationStarted)
async def started(fact: ActivationStarted, tx: Tx) -> None:
    """Note that the customer is filling in the declaration (F5a.3)."""
    async with _news_of(tx, fact.hold_id) as activation:
        activation.heard_kyc(CheckStatus.DRAFT, at=fact.occurred_at)


@subscriptions.on(KycSubmitted)
async def checking(fact: KycSubmitted, tx: Tx) -> None:
    """Note that mobi eKYC is looking (F5a.6): what an older attempt led to is worth nothing."""
    await _kyc(tx, fact, CheckStatus.KYC_CHECKING)


@subscriptions.on(KycPassed)
async def passed(fact: KycPassed, tx: Tx) -> None:
    """Note that the identity is proven (F5a.7 TH2)."""
    await _kyc(tx, fact, CheckStatus.KYC_PASSED)


@subscriptions.on(KycFailed)
async def failed(fact: KycFailed, tx: Tx) -> None:
    """Note that the identity is not proven (F5a.7 TH1)."""
    await _kyc(tx, fact, CheckStatus.KYC_FAILED)


@subscriptions.on(KycNeedsReview)
async def in_review(fact: KycNeedsReview, tx: Tx) -> None:
    """Note that a person has to decide about the identity (G27)."""
    await _kyc(tx, fact, CheckStatus.NEEDS_REVIEW)


@subscriptions.on(VideoCallQueued, VideoCallDropped, VideoCallRetryNeeded, VideoCallAbandoned)
async def call_waits(
    fact: VideoCallQueued | VideoCallDropped | VideoCallRetryNeeded | VideoCallAbandoned, tx: Tx
) -> None:
    """Note that the call is still to come."""
    await _call(tx, fact, CallStatus.VIDEO_WAITING)


@subscriptions.on(VideoCallStarted)
async def in_call(fact: VideoCallStarted, tx: Tx) -> None:
    """Note that an agent sees the customer (P5.1)."""
    await _call(tx, fact, CallStatus.VIDEO_IN_CALL)


@subscriptions.on(VideoCallApproved)
async def approved(fact: VideoCallApproved, tx: Tx) -> None:
    """Note who approved the call, and which check the person was compared with (G28)."""
    await _call(
        tx, fact, CallStatus.VIDEO_APPROVED, fact.agent_id, _check(fact.session_id, fact.attempt)
    )


@subscriptions.on(VideoCallRejected)
async def rejected(fact: VideoCallRejected, tx: Tx) -> None:
    """Note that the agent said no (F5a.8 TH1)."""
    await _call(tx, fact, CallStatus.VIDEO_REJECTED)


@subscriptions.on(VideoCallRevoked)
async def revoked(fact: VideoCallRevoked, tx: Tx) -> None:
    """Stop a connection whose approval was taken back, or open a case if it is too late."""
    await _call(tx, fact, CallStatus.VIDEO_REVOKED)


Checked = KycSubmitted | KycPassed | KycFailed | KycNeedsReview
Called = (
    VideoCallQueued
    | VideoCallDropped
    | VideoCallRetryNeeded
    | VideoCallAbandoned
    | VideoCallStarted
    | VideoCallApproved
    | VideoCallRejected
    | VideoCallRevoked
)


async def _kyc(tx: Tx, fact: Checked, status: CheckStatus) -> None:
    async with _news_of(tx, fact.hold_id) as activation:
        check = Check(fact.session_id, fact.attempt)
        activation.heard_kyc(status, at=fact.occurred_at, check=check)


async def _call(
    tx: Tx,
    fact: Called,
    status: CallStatus,
    agent_id: UUID | None = None,
    check: Check | None = None,
) -> None:
    async with _news_of(tx, fact.hold_id) as activation:
        activation.heard_call(
            status, at=fact.occurred_at, call_id=fact.call_id, agent_id=agent_id, check=check
        )


def _check(session_id: UUID | None, attempt: int | None) -> Check | None:
    return Check(session_id, attempt) if session_id and attempt else None


@asynccontextmanager
async def _news_of(tx: Tx, hold_id: UUID) -> AsyncGenerator[Activation]:
    """Give the journey that a fact is about; then see what the news means for it."""
    activation = await _journey(tx, hold_id)
    yield activation
    await withdrawals.reconsider(tx, activation, now=clock.now())


async def _journey(tx: Tx, hold_id: UUID) -> Activation:
    try:
        return await get(tx, hold_id)
    except NoSuchActivation as error:
        raise Defer("HoldCreated") from error
