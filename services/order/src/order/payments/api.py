"""HTTP: a customer pays an order again."""

from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel

from kit import clock
from kit.auth import Customer
from kit.db import Transaction
from kit.http import problems
from kit.idempotency import (
    IdempotencyKey,
    IdempotentRequest,
    KeyOfAnotherRequest,
    find_result,
    save_result,
)
from order.journeys.domain import HoldNotOpen
from order.orders.domain import NoSuchOrder
from order.payments import commands
from order.payments.domain import NothingToPay, Payment, TooManyAttempts
from order.payments.gateways import pay_url
from order.settings import RequestSettings
from order.vnpay.gateways import RequestVnPay

router = APIRouter(prefix="/v1/orders", tags=["orders"])


class WhereToPay(BaseModel):
    """The payment page of a new attempt."""

    payment_url: str


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
    customer: Customer,
    tx: Transaction,
    settings: RequestSettings,
    vnpay: RequestVnPay,
    key: IdempotencyKey = None,
) -> WhereToPay:
    """Begin another attempt after one that failed or was left (G10)."""
    now, route = clock.now(), "POST /v1/orders/{order_id}/payments"
    body = {"order_id": str(order_id)}
    request = IdempotentRequest(caller=customer.subject_id, route=route, key=key, content=body)
    if before := await find_result(tx, request, now=now):
        return WhereToPay(payment_url=pay_url(vnpay, await tx.get_one(Payment, before)))
    attempt = await commands.pay_again(
        tx, order_id, customer.subject_id, settings=settings, now=now
    )
    await save_result(tx, request, attempt.id, now=now)
    return WhereToPay(payment_url=pay_url(vnpay, attempt))
