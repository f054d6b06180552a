"""Kafka: transitions of a hold that follow from its order, payment, parcel or connection.

Nobody waits for a consumer's answer, so a rule that says no is not an error here: it is one more
fact. Only what should stop the line (a bug, a broken promise) is left to raise.
"""

from datetime import datetime
from typing import Final, Literal

from events import (
    ActivationExpired,
    ConnectionCompleted,
    OrderCancelled,
    OrderPlaced,
    OrderRouted,
    PaymentConfirmed,
    PaymentInitiated,
    ShipmentReturned,
)
from events.facts.hold_facts import is_echo
from events.transport import Subscriptions
from hold.feed.commands import publish_with_feed
from hold.holds import commands
from hold.holds.domain import Hold, earliest
from hold.holds.queries import hold_of_fact
from hold.holds.states import HoldClosed, NumberTaken, Status
from kit import clock
from kit.db import Tx

subscriptions: Final = Subscriptions[Tx]("hold")


@subscriptions.on(OrderPlaced)
async def confirm_cod_hold(placed: OrderPlaced, tx: Tx) -> None:
    """Give an order that is paid on receipt its own clock (F3.12 TH2, F3.13)."""
    if placed.payment != "COD":
        return
    hold, now = await hold_of_fact(tx, placed.hold_id), clock.now()
    # A revived order is published again: what was agreed once is not agreed anew.
    if hold.agreed_at is None:
        hold.agreed_at = hold.placed_in_time(placed.occurred_at, now=now)
        await _confirm(tx, hold, placed, "COD", at=hold.agreed_at, now=now)


@subscriptions.on(OrderRouted)
async def note_region(routed: OrderRouted, tx: Tx) -> None:
    """Note the regional company whose staff may find this hold (SD.3)."""
    (await hold_of_fact(tx, routed.hold_id)).region = routed.region


@subscriptions.on(PaymentInitiated)
async def keep_while_paying(started: PaymentInitiated, tx: Tx) -> None:
    """Keep the number while the payment page is open (F3.12 TH1)."""
    hold = await hold_of_fact(tx, started.hold_id)
    extended = hold.extend_for_payment(started.pay_before, now=clock.now())
    if extended:
        await publish_with_feed(tx, hold, extended)


@subscriptions.on(PaymentConfirmed)
async def confirm_paid_hold(paid: PaymentConfirmed, tx: Tx) -> None:
    """Let money stop the clock; money that finds no hold and no free number is owed back."""
    hold, now = await hold_of_fact(tx, paid.hold_id), clock.now()
    at = hold.placed_in_time(paid.paid_at, now=now)
    hold.paid_at = earliest(hold.paid_at, at)
    await _confirm(tx, hold, paid, "PAID", at=at, now=now)


@subscriptions.on(OrderCancelled)
async def release_cancelled_hold(cancelled: OrderCancelled, tx: Tx) -> None:
    """Free the number at once, or when its parcel is back (F4.11, G21)."""
    hold, now = await hold_of_fact(tx, cancelled.hold_id), clock.now()
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
        await publish_with_feed(
            tx, hold, hold.release(cancelled.reason_code, owed_vnd=due, now=now)
        )
    else:
        hold.keep_until = until


@subscriptions.on(ShipmentReturned)
async def release_returned_hold(returned: ShipmentReturned, tx: Tx) -> None:
    """Free the number of a refused parcel that is back."""
    hold = await hold_of_fact(tx, returned.hold_id)
    hold.parcel_returned = True
    if hold.keep_until and hold.status is Status.CONFIRMED:
        await publish_with_feed(tx, hold, hold.release("PARCEL_RETURNED", now=clock.now()))


@subscriptions.on(ConnectionCompleted)
async def consume_hold(connected: ConnectionCompleted, tx: Tx) -> None:
    """Give the number its owner (P4.2): what the network has done is done."""
    hold = await hold_of_fact(tx, connected.hold_id)
    if hold.status is Status.CONSUMED:
        return
    await commands.consume(tx, hold, now=clock.now())


@subscriptions.on(ActivationExpired)
async def release_unactivated_hold(expired: ActivationExpired, tx: Tx) -> None:
    """Put a number that nobody activated back on sale (G39).

    Of a channel's sale the end of the order says what the policy lets its customer have back.
    """
    hold = await hold_of_fact(tx, expired.hold_id)
    if hold.status is Status.CONFIRMED and hold.channel_paid_vnd is None:
        await publish_with_feed(tx, hold, hold.release("ACTIVATION_EXPIRED", now=clock.now()))


async def _confirm(
    tx: Tx,
    hold: Hold,
    fact: OrderPlaced | PaymentConfirmed,
    because: Literal["PAID", "COD"],
    *,
    at: datetime,
    now: datetime,
) -> None:
    if hold.status in (Status.CONFIRMED, Status.CONSUMED):
        hold.wind()
        return
    try:
        await commands.confirm_hold(tx, hold, because, at=at, now=now)
    except (HoldClosed, NumberTaken):
        hold = await hold_of_fact(tx, fact.hold_id)
        if hold.is_lapsed(now):
            await publish_with_feed(tx, hold, hold.expire(now=now))
        await publish_with_feed(tx, hold, hold.lose(fact.order_id, now=now))
