"""HTTP: a customer places the order of a hold."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Response
from pydantic import BaseModel, Field

from kit import clock
from kit.auth import Customer
from kit.db import Transaction
from kit.dependencies import from_app
from kit.http import problems
from kit.idempotency import (
    IdempotencyKey,
    IdempotentRequest,
    KeyOfAnotherRequest,
    find_result,
    save_result,
)
from kit.money import Dong
from kit.tokens import BadSlip, Verifier
from order.journeys.domain import HoldNotOpen, NoSuchHold
from order.lists.gateways import RequestPageParts
from order.lists.queries import MyOrderView, my_order_to_pay
from order.placing import commands
from order.placing.domain import (
    DeliveryRequired,
    EmailRequired,
    OnlineOnly,
    OrderExists,
)
from order.quotes.domain import Pay, PriceChanged, PromotionNotConfirmed, TooMuchOnReceipt
from order.settings import RequestSettings
from values.emails import Email
from values.labels import Label
from values.tax_codes import TaxCode
from values.wards import WardCode

router = APIRouter(prefix="/v1", tags=["orders"])

Deliveries = Annotated[Verifier, from_app(Verifier, "deliveries")]
"""Opens shipping's slips about deliveries."""


class Buyer(BaseModel):
    """The buyer an invoice is made out to, if the customer asks for that."""

    name: Annotated[Label, Field(max_length=200)]
    address: Label
    tax_code: TaxCode | None = None


class PlaceOrder(BaseModel):
    """An order as the customer agreed to it on the last page."""

    hold_id: UUID
    payment: Pay
    delivery_choice: str | None = Field(default=None, max_length=4000)
    """Shipping's signed word about how the SIM is received; for a physical SIM."""
    ward_code: WardCode | None = None
    """The ward of the customer's residence, to route an eSIM."""
    email: Email | None = None
    accepted_total_vnd: Dong
    accepted_promotion: str | None = Field(default=None, max_length=64)
    invoice: Buyer | None = None


@router.post(
    "/orders",
    status_code=201,
    summary="Place the order of a hold",
    responses=problems(
        NoSuchHold,
        HoldNotOpen,
        OrderExists,
        PriceChanged,
        PromotionNotConfirmed,
        OnlineOnly,
        EmailRequired,
        DeliveryRequired,
        BadSlip,
        KeyOfAnotherRequest,
        TooMuchOnReceipt,
    ),
)
async def place_order(
    body: PlaceOrder,
    customer: Customer,
    tx: Transaction,
    settings: RequestSettings,
    page: RequestPageParts,
    deliveries: Deliveries,
    response: Response,
    key: IdempotencyKey = None,
) -> MyOrderView:
    """Place the order (F3.7-F3.13, F4.1); the same request again shows the same order (200).

    A hold has one order: another request for it is refused and told what it says otherwise.
    """
    now, request_body = clock.now(), body.model_dump(mode="json")
    request = IdempotentRequest(
        caller=customer.subject_id, route="POST /v1/orders", key=key, content=request_body
    )
    order_id = await find_result(tx, request, now=now)
    response.status_code = 200
    if order_id is None:
        wish = _wish(body, deliveries)
        placed, is_new = await commands.place(
            tx, wish, customer.subject_id, settings=settings, sealer=page.sealer, now=now
        )
        order_id, response.status_code = placed.id, 201 if is_new else 200
        await save_result(tx, request, order_id, now=now)
    await tx.flush()
    locale = "en" if customer.locale == "en" else "vn"
    return await my_order_to_pay(tx, order_id, customer.subject_id, page, locale=locale)


def _wish(body: PlaceOrder, deliveries: Verifier) -> commands.Wish:
    return commands.Wish(
        hold_id=body.hold_id,
        payment=body.payment,
        choice=_opened(body.delivery_choice, deliveries, body.hold_id),
        ward_code=body.ward_code,
        email=body.email,
        accepted_total_vnd=body.accepted_total_vnd,
        accepted_promotion=body.accepted_promotion,
        buyer=body.invoice.model_dump(exclude_none=True) if body.invoice else None,
    )


def _opened(slip: str | None, deliveries: Verifier, hold_id: UUID) -> commands.Choice | None:
    if slip is None:
        return None
    claims: dict[str, Any] = deliveries.open(slip)
    if claims.get("hold_id") != str(hold_id) or claims.get("delivery") not in ("HOME", "STORE"):
        raise BadSlip
    return commands.Choice(
        delivery=claims["delivery"],
        delivery_id=UUID(claims["delivery_id"]),
        store_code=claims.get("store_code"),
        ward_code=claims.get("ward_code"),
        region=claims.get("region") if claims["delivery"] == "STORE" else None,
    )
