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
    ShipmentReturned,
)
from events.subscriptions import Subscriptions
from hold import commands
from hold.domain import Hold, HoldClosed, Status
from hold.feed.commands import state
from hold.offers.domain import NumberTaken
from hold.partners import commands as partners
from kit import clock
from kit.db import Tx
from kit.revocations import consumers as revocations

subscriptions = Subscriptions[Tx]("hold")
revocations.listen(subscriptions)


@subscriptions.on(OrderPlaced)
async def confirm_cod_hold(placed: OrderPlaced, tx: Tx) -> None:
    """Stop the clock of an order that is paid on receipt (F3.12 TH2, F3.13)."""
    if placed.payment == "COD":
        await _confirm(tx, placed, "COD", agreed_at=placed.occurred_at)


@subscriptions.on(PaymentInitiated)
async def keep_while_paying(started: PaymentInitiated, tx: Tx) -> None:
    """Keep the number while the payment page is open (F3.12 TH1)."""
    hold = await _hold(tx, started.hold_id)
    extended = hold.extend_for_payment(started.pay_before, now=clock.now())
    await state(tx, *filter(None, [extended]))


@subscriptions.on(PaymentConfirmed)
async def confirm_paid_hold(paid: PaymentConfirmed, tx: Tx) -> None:
    """Let money stop the clock; money that finds no hold and no free number is owed back."""
    await _confirm(tx, paid, "PAID", agreed_at=paid.paid_at)


@subscriptions.on(OrderCancelled)
async def release_cancelled_hold(cancelled: OrderCancelled, tx: Tx) -> None:
    """Free the number at once, or when its parcel is back (F4.11, G21)."""
    hold, now = await _hold(tx, cancelled.hold_id), clock.now()
    # An order that ended because the hold had expired tells us our own news: money that was paid
    # in time may have brought the hold back since.
    is_echo = cancelled.reason_code == "HOLD_EXPIRED"
    if is_echo or hold.status not in (Status.HELD, Status.CONFIRMED):
        return
    until = cancelled.keep_number_until
    if until is None or until <= now or hold.parcel_returned:
        await state(tx, hold.release(cancelled.reason_code, now=now))
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
    consumed = hold.consume(now=clock.now())
    await tx.flush_or_raise(one_live_hold_per_number=NumberTaken(hold.number_id))
    await state(tx, consumed)


@subscriptions.on(ActivationExpired)
async def release_unactivated_hold(expired: ActivationExpired, tx: Tx) -> None:
    """Put a number that nobody activated back on sale (G39)."""
    hold = await _hold(tx, expired.hold_id)
    if hold.status is Status.CONFIRMED:
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


async def _confirm(
    tx: Tx,
    fact: OrderPlaced | PaymentConfirmed,
    because: Literal["PAID", "COD"],
    *,
    agreed_at: datetime,
) -> None:
    hold, now = await _hold(tx, fact.hold_id), clock.now()
    if hold.status in (Status.CONFIRMED, Status.CONSUMED):
        return
    try:
        await commands.confirm_hold(tx, hold, because, agreed_at=agreed_at, now=now)
    except (HoldClosed, NumberTaken):
        hold = await _hold(tx, fact.hold_id)
        if hold.is_lapsed(now):
            await state(tx, hold.expire(now=now))
        await state(tx, hold.lose(fact.order_id, now=now))
