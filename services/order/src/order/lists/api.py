"""HTTP: what customers ask about their orders, and paying again."""

from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel

from kit import clock
from kit.auth import Customer
from kit.db import Transaction
from kit.http import problems
from kit.idempotency import IdempotencyKey, KeyOfAnotherRequest, Named, made_by, remember
from kit.paging import After, Limit, Page, UnknownCursor
from order.gateways import Config, Gateway, Means, OurSealer
from order.invoices.queries import InvoiceView, NoInvoiceYet, invoice_of
from order.journeys.domain import HoldNotOpen
from order.lists.queries import MyOrderView, my_order, my_orders
from order.orders import commands
from order.orders.domain import NoSuchOrder
from order.payments.domain import NothingToPay, Payment, TooManyAttempts
from order.payments.queries import newest_open

router = APIRouter(prefix="/v1/orders", tags=["orders"])


class WhereToPay(BaseModel):
    """The payment page of a new attempt."""

    payment_url: str


@router.get("", summary="List my orders", responses=problems(UnknownCursor))
async def list_orders(
    who: Customer, tx: Transaction, sealer: OurSealer, limit: Limit = 20, after: After = None
) -> Page[MyOrderView]:
    """List the caller's orders, newest first (F4.4)."""
    return await my_orders(tx, who.subject_id, sealer, limit=limit, after=after)


@router.get(
    "/by-hold/{hold_id}", summary="Show the order of a hold", responses=problems(NoSuchOrder)
)
async def read_order_of_hold(
    hold_id: UUID, who: Customer, tx: Transaction, by: Means
) -> MyOrderView:
    """Show the order of one of the caller's holds (F3.14)."""
    return await _shown(tx, hold_id, who, by)


@router.get("/{order_id}", summary="Show an order", responses=problems(NoSuchOrder))
async def read_order(order_id: UUID, who: Customer, tx: Transaction, by: Means) -> MyOrderView:
    """Show one of the caller's orders: tab, money, activation."""
    return await _shown(tx, order_id, who, by)


@router.get(
    "/{order_id}/invoice",
    summary="Show the invoice of an order",
    responses=problems(NoSuchOrder, NoInvoiceYet),
)
async def read_invoice(
    order_id: UUID, who: Customer, tx: Transaction, sealer: OurSealer
) -> InvoiceView:
    """Show the electronic invoice (SB.3.4)."""
    order = await commands.locked_of(tx, order_id, who.subject_id)
    return await invoice_of(tx, order, sealer)


@router.post(
    "/{order_id}/payments",
    status_code=201,
    summary="Try to pay again",
    responses=problems(
        NoSuchOrder,
        NothingToPay,
        HoldNotOpen,
        TooManyAttempts,
        KeyOfAnotherRequest,
    ),
)
async def pay_again(
    order_id: UUID,
    who: Customer,
    tx: Transaction,
    config: Config,
    gateway: Gateway,
    key: IdempotencyKey = None,
) -> WhereToPay:
    """Begin another attempt after one that failed or was left (G10)."""
    now, route = clock.now(), "POST /v1/orders/{order_id}/payments"
    said = {"order_id": str(order_id)}
    request = Named(caller=who.subject_id, route=route, key=key, said=said)
    if before := await made_by(tx, request, now=now):
        return WhereToPay(payment_url=gateway.pay_url(await tx.get_one(Payment, before)))
    order = await commands.pay_again(tx, order_id, who.subject_id, config=config, now=now)
    attempt = await newest_open(tx, order.id)
    assert attempt, "the attempt just begun is open"
    await remember(tx, request, attempt.id, now=now)
    return WhereToPay(payment_url=gateway.pay_url(attempt))


async def _shown(tx: Transaction, wanted: UUID, who: Customer, by: Means) -> MyOrderView:
    view = await my_order(tx, wanted, who.subject_id, by.sealer)
    attempt = await newest_open(tx, view.order_id)
    if attempt and view.status == "AWAITING_PAYMENT":
        view.payment_url = by.gateway.pay_url(attempt)
    view.contact = by.contacts.word(view.hold_id, who.subject_id, view.email)
    return view
