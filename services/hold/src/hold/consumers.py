"""Kafka: what the hold service does when it hears other services.

Nobody waits for a consumer's answer, so a rule that says no is not an error here: it is one more
fact. Only what should stop the line (a bug, a broken promise) is left to raise.
"""

from datetime import datetime
from typing import Literal
from uuid import UUID

from events import (
    ActivationExpired,
    ConnectionCompleted,
    Defer,
    NumberPublished,
    NumberWithdrawn,
    OrderCancelled,
    OrderPlaced,
    PartnerChanged,
    PaymentConfirmed,
    PaymentInitiated,
    ShipmentDelivered,
    ShipmentHandedOver,
    ShipmentReturned,
    StorePickupDone,
    StorePickupReady,
)
from events.facts.hold_facts import is_echo
from events.transport import Subscriptions
from hold.clocks import commands as clocks
from hold.clocks.domain import earliest
from hold.feed.commands import state
from hold.holds import commands
from hold.holds.domain import Hold, HoldClosed
from hold.holds.states import Status
from hold.offers.domain import NumberTaken
from hold.partners import commands as partners
from kit import clock
from kit.db import Tx
from kit.revocations import consumers as revocations
from values.moments import between

subscriptions = Subscriptions[Tx]("hold")
revocations.listen(subscriptions)


@subscriptions.on(OrderPlaced)
async def confirm_cod_hold(placed: OrderPlaced, tx: Tx) -> None:
    """Give an order that is paid on receipt its own clock (F3.12 TH2, F3.13)."""
    if placed.payment != "COD":
        return
    hold = await _hold(tx, placed.hold_id)
    # A revived order is stated again: what was agreed once is not agreed anew.
    if hold.agreed_at is None:
        hold.agreed_at = _placed_in_time(placed.occurred_at, hold)
        await _confirm(tx, hold, placed, "COD", at=hold.agreed_at)


@subscriptions.on(PaymentInitiated)
async def keep_while_paying(started: PaymentInitiated, tx: Tx) -> None:
    """Keep the number while the payment page is open (F3.12 TH1)."""
    hold = await _hold(tx, started.hold_id)
    extended = hold.extend_for_payment(started.pay_before, now=clock.now())
    await state(tx, *filter(None, [extended]))


@subscriptions.on(PaymentConfirmed)
async def confirm_paid_hold(paid: PaymentConfirmed, tx: Tx) -> None:
    """Let money stop the clock; money that finds no hold and no free number is owed back."""
    hold = await _hold(tx, paid.hold_id)
    at = _placed_in_time(paid.paid_at, hold)
    hold.paid_at = earliest(hold.paid_at, at)
    await _confirm(tx, hold, paid, "PAID", at=at)


@subscriptions.on(StorePickupReady)
async def wait_for_pickup(ready: StorePickupReady, tx: Tx) -> None:
    """Give the customer some working days to fetch the SIM (F4.6)."""
    hold = await _hold(tx, ready.hold_id)
    at = _placed_in_time(ready.occurred_at, hold)
    hold.ready_at = earliest(hold.ready_at, at)
    await clocks.keep(tx, hold, at=at, now=clock.now())


@subscriptions.on(ShipmentHandedOver)
async def wait_for_delivery(handed_over: ShipmentHandedOver, tx: Tx) -> None:
    """Keep the number while its parcel is on the road (F4.13)."""
    hold = await _hold(tx, handed_over.hold_id)
    at = _placed_in_time(handed_over.occurred_at, hold)
    hold.handed_over_at = earliest(hold.handed_over_at, at)
    await clocks.keep(tx, hold, at=at, now=clock.now())


@subscriptions.on(ShipmentDelivered, StorePickupDone)
async def stop_at_receipt(received: ShipmentDelivered | StorePickupDone, tx: Tx) -> None:
    """Stop the clocks: with the SIM in the customer's hand the activation's deadline runs."""
    hold = await _hold(tx, received.hold_id)
    at = received.occurred_at
    if isinstance(received, ShipmentDelivered):
        at = received.delivered_at
    at = _placed_in_time(at, hold)
    hold.received_at = earliest(hold.received_at, at)
    await clocks.keep(tx, hold, at=at, now=clock.now())


@subscriptions.on(OrderCancelled)
async def release_cancelled_hold(cancelled: OrderCancelled, tx: Tx) -> None:
    """Free the number at once, or when its parcel is back (F4.11, G21)."""
    hold, now = await _hold(tx, cancelled.hold_id), clock.now()
    # An order that ended because the hold had expired tells us our own news: money that was paid
    # in time may have brought the hold back since.
    if is_echo(cancelled):
        return
    if hold.status is Status.EXPIRED:
        hold.forsake()
    if hold.status not in (Status.HELD, Status.CONFIRMED):
        return
    until = cancelled.keep_number_until
    if until is None or until <= now or hold.parcel_returned:
        due = cancelled.refund_due_vnd
        await state(tx, hold.release(cancelled.reason_code, owed_vnd=due, now=now))
    else:
        hold.keep_until = until


@subscriptions.on(ShipmentReturned)
async def release_returned_hold(returned: ShipmentReturned, tx: Tx) -> None:
    """Free the number of a refused parcel that is back."""
    hold = await _hold(tx, returned.hold_id)
    hold.parcel_returned = True
    if hold.keep_until and hold.status is Status.CONFIRMED:
        await state(tx, hold.release("PARCEL_RETURNED", now=clock.now()))


@subscriptions.on(ConnectionCompleted)
async def consume_hold(connected: ConnectionCompleted, tx: Tx) -> None:
    """Give the number its owner (P4.2): what the network has done is done."""
    hold = await _hold(tx, connected.hold_id)
    if hold.status is Status.CONSUMED:
        return
    await commands.consume(tx, hold, now=clock.now())


@subscriptions.on(ActivationExpired)
async def release_unactivated_hold(expired: ActivationExpired, tx: Tx) -> None:
    """Put a number that nobody activated back on sale (G39).

    Of a channel's sale the end of the order says what the policy lets its customer have back.
    """
    hold = await _hold(tx, expired.hold_id)
    if hold.status is Status.CONFIRMED and hold.channel_paid_vnd is None:
        await state(tx, hold.release("ACTIVATION_EXPIRED", now=clock.now()))


@subscriptions.on(NumberWithdrawn)
async def refuse_withdrawn_number(gone: NumberWithdrawn, tx: Tx) -> None:
    """Refuse new holds of the number, even with an offer that is still good."""
    await commands.note_on_sale(tx, gone.number_id, withdrawn=True, at=gone.occurred_at)


@subscriptions.on(NumberPublished)
async def allow_published_number(sold: NumberPublished, tx: Tx) -> None:
    """Let the number be held again."""
    await commands.note_on_sale(tx, sold.number_id, withdrawn=False, at=sold.occurred_at)


@subscriptions.on(PartnerChanged)
async def note_partner(changed: PartnerChanged, tx: Tx) -> None:
    """Remember what a sales channel may and does (SA.1)."""
    await partners.note_partner(tx, changed)


async def _hold(tx: Tx, hold_id: UUID) -> Hold:
    hold = await commands.find_hold(tx, hold_id)
    if hold is None:
        raise Defer("HoldCreated")
    return hold


def _placed_in_time(moment: datetime, hold: Hold) -> datetime:
    """Let no fact lie before the hold it is about, nor in the future, whatever its clock said."""
    return between(moment, hold.created_at, now=clock.now())


async def _confirm(
    tx: Tx,
    hold: Hold,
    fact: OrderPlaced | PaymentConfirmed,
    because: Literal["PAID", "COD"],
    *,
    at: datetime,
) -> None:
    now = clock.now()
    if hold.status in (Status.CONFIRMED, Status.CONSUMED):
        hold.wind()
        return
    try:
        await commands.confirm_hold(tx, hold, because, at=at, now=now)
    except (HoldClosed, NumberTaken):
        hold = await _hold(tx, fact.hold_id)
        if hold.is_lapsed(now):
            await state(tx, hold.expire(now=now))
        await state(tx, hold.lose(fact.order_id, now=now))
