"""Placing the one order of a hold: the agreement is checked, the order published and routed."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from events import Delivery, PaymentMethod, Region
from kit.db import Tx
from kit.idempotency import differing_fields
from kit.sealing import Sealer
from order.journeys.domain import Journey, NoSuchHold
from order.orders.commands import order_of
from order.orders.domain import Order
from order.orders.states import Status
from order.payments import commands as payments
from order.placing.domain import (
    DeliveryRequired,
    EmailRequired,
    OnlineOnly,
    OrderExists,
)
from order.quotes.domain import PriceChanged, PromotionNotConfirmed, Quote
from order.quotes.queries import QuoteView, quote_for
from order.routing import commands as routing
from order.settings import Settings
from order.settling import commands as settling


@dataclass(frozen=True, kw_only=True)
class Choice:
    """The way the SIM reaches the customer, by shipping's signed word or by being an eSIM."""

    delivery: Delivery
    delivery_id: UUID | None = None
    store_code: str | None = None
    ward_code: str | None = None
    region: Region | None = None


@dataclass(frozen=True, kw_only=True)
class Wish:
    """The order a customer agreed to on the last page (F3.11, SB.7)."""

    hold_id: UUID
    payment: PaymentMethod
    choice: Choice | None
    ward_code: str | None
    email: str | None
    accepted_total_vnd: int
    accepted_promotion: str | None
    buyer: dict[str, str] | None


async def place(
    tx: Tx, wish: Wish, customer_id: UUID, *, settings: Settings, sealer: Sealer, now: datetime
) -> tuple[Order, bool]:
    """Place the one order of a hold, or return it if it is placed already (F3.7-F3.13, F4.1)."""
    journey = await tx.get(Journey, wish.hold_id, with_for_update=True)
    if journey is None or journey.customer_id != customer_id:
        raise NoSuchHold(wish.hold_id)
    choice = _choice_for(journey, wish)
    if placed := await order_of(tx, wish.hold_id):
        if differs := differing_fields(_agreed(placed, sealer), _agreed_by(wish, choice)):
            raise OrderExists(placed.id, differs)
        return placed, False
    journey.must_be_open(now=now)
    quote = quote_for(journey, choice.delivery, wish.payment, settings)
    quote.check_on_receipt(settings.on_receipt_up_to_vnd)
    _check_agreement(quote, wish)
    order = _made(journey, choice, quote, now=now)
    if wish.email:
        order.email_sealed = sealer.seal_json(wish.email, about=str(order.id))
    if wish.buyer:
        order.buyer_sealed = sealer.seal_json(wish.buyer, about=str(order.id))
    await _open(tx, order, journey, choice.region, settings=settings, now=now)
    return order, True


async def place_for_channel(tx: Tx, hold_id: UUID, *, settings: Settings, now: datetime) -> None:
    """Place the order of a hold whose channel has the money already (P2.2, G05)."""
    journey = await tx.get_one(Journey, hold_id, with_for_update=True)
    if journey.entrance != "CHANNEL" or await order_of(tx, hold_id):
        return
    # A channel that does not deliver itself has no address here: its customer collects through it.
    choice = Choice(delivery="ESIM" if journey.sim == "ESIM" else "CHANNEL")
    quote = quote_for(journey, choice.delivery, "CHANNEL", settings)
    order = _made(journey, choice, quote, now=now)
    await _open(tx, order, journey, None, settings=settings, now=now)


def _choice_for(journey: Journey, wish: Wish) -> Choice:
    if journey.sim == "ESIM":
        if wish.payment != "ONLINE":
            raise OnlineOnly
        if not wish.email:
            raise EmailRequired
        return Choice(delivery="ESIM", ward_code=wish.ward_code)
    if wish.choice is None:
        raise DeliveryRequired
    return wish.choice


def _agreed(order: Order, sealer: Sealer) -> dict[str, Any]:
    """Return the agreement that an order was placed by, under the names of the request."""
    about = str(order.id)
    return {
        "payment": order.payment,
        "delivery_choice": [order.delivery, order.delivery_id, order.store_code],
        "ward_code": order.ward_code if order.delivery == "ESIM" else None,
        "email": sealer.open_json(order.email_sealed, about=about) if order.email_sealed else None,
        "invoice": sealer.open_json(order.buyer_sealed, about=about)
        if order.buyer_sealed
        else None,
        "accepted_total_vnd": order.total_vnd,
        "accepted_promotion": order.promotion_code,
    }


def _agreed_by(wish: Wish, choice: Choice) -> dict[str, Any]:
    return {
        "payment": wish.payment,
        "delivery_choice": [choice.delivery, choice.delivery_id, choice.store_code],
        "ward_code": choice.ward_code if choice.delivery == "ESIM" else None,
        "email": wish.email,
        "invoice": wish.buyer,
        "accepted_total_vnd": wish.accepted_total_vnd,
        "accepted_promotion": wish.accepted_promotion,
    }


def _check_agreement(quote: Quote, wish: Wish) -> None:
    if wish.accepted_total_vnd != quote.total_vnd:
        raise PriceChanged(QuoteView.model_validate(quote).model_dump(mode="json"))
    promised = quote.promotion.code if quote.promotion else None
    if wish.accepted_promotion != promised:
        raise PromotionNotConfirmed(promised)


def _made(journey: Journey, choice: Choice, quote: Quote, *, now: datetime) -> Order:
    waits = quote.payment in ("ONLINE", "CHANNEL")
    return Order(
        hold_id=journey.hold_id,
        customer_id=journey.customer_id,
        sim=journey.sim,
        delivery=choice.delivery,
        delivery_id=choice.delivery_id,
        store_code=choice.store_code,
        ward_code=choice.ward_code,
        payment=quote.payment,
        total_vnd=quote.total_vnd,
        promotion_code=quote.promotion.code if quote.promotion else None,
        package_code=quote.promotion.package_code if quote.promotion else None,
        placed_at=now,
        status=Status.AWAITING_PAYMENT if waits else Status.PENDING,
    )


async def _open(
    tx: Tx,
    order: Order,
    journey: Journey,
    store_region: Region | None,
    *,
    settings: Settings,
    now: datetime,
) -> None:
    tx.add(order)
    await tx.flush_or_raise(one_order_per_hold=OrderExists(None))
    await tx.publish(order.placed(now=now))
    if order.payment == "CHANNEL":
        amount = journey.channel_paid_vnd
        amount = order.total_vnd if amount is None else amount
        paid_at = journey.channel_paid_at or now
        await settling.take_as_paid(tx, order, amount, paid_at=paid_at, settings=settings, now=now)
    elif not order.total_vnd:
        await settling.take_as_paid(tx, order, 0, paid_at=now, settings=settings, now=now)
    elif order.payment == "COD":
        await payments.expect_cash(tx, order, now=now)
    await tx.publish(*order.attach_promotion(now=now))
    if order.status is Status.AWAITING_PAYMENT:
        await payments.initiate(tx, order, settings=settings, now=now)
    await routing.route_order(tx, order, journey, store_region=store_region, now=now)
