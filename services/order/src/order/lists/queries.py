"""Orders as customers and staff see them."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from pydantic import BaseModel, Field
from sqlalchemy import select

from events import Delivery, PaymentMethod, Region, ShopCode, SimKind
from kit.auth import Caller
from kit.db import Tx
from kit.paging import Page, page_of
from kit.sealing import Sealer
from order.lists.gateways import PageParts
from order.orders.domain import NoSuchOrder, Order
from order.orders.states import (
    ACTIVATION_LABELS_VI,
    PAYMENT_LABELS_VI,
    SUB_LABELS_VI,
    ActivationStatus,
    PaymentStatus,
    Status,
    SubStatus,
    label_of,
)
from order.payments.queries import newest_open
from order.refunds.queries import RefundView, refunds_of
from order.tables import journeys, numbers, orders
from values import phones


class CancelView(BaseModel):
    """The state of a cancel: asked for, refused, or done."""

    pending: bool
    refused_because: str | None
    cancelled_by: str | None
    reason_code: str | None
    cancelled_at: datetime | None


class OrderView(BaseModel):
    """An order with its tab, its money and its activation."""

    order_id: UUID
    hold_id: UUID
    hold_code: str
    msisdn: str | None
    display: str | None = None
    sim: SimKind
    status: Status
    label_vi: str
    sub_status: SubStatus | None
    sub_label_vi: str | None
    delivery: Delivery
    store_code: ShopCode | None
    payment: PaymentMethod
    payment_status: PaymentStatus
    payment_label_vi: str
    total_vnd: int
    promotion_code: str | None
    package_code: str | None
    activation_status: ActivationStatus
    activation_label_vi: str
    activation_reason: str | None
    region: Region | None
    shop_code: ShopCode | None
    team: str | None
    placed_at: datetime
    cancel: CancelView
    payment_url: str | None = None
    """The address of the pay page, while an attempt is open."""
    refunds: list[RefundView] = []
    """Money that goes back, and where it is now."""


class StaffOrderView(OrderView):
    """An order as staff see it."""

    customer_id: UUID | None


class MyOrderView(OrderView):
    """An order as its customer sees it."""

    email: str | None = None
    contact: str | None = Field(
        default=None,
        description="Our signed word about the e-mail address: hand it to the notification service",
    )


_ROWS = (
    select(Order, journeys.c.hold_code, numbers.c.msisdn)
    .join(journeys, journeys.c.hold_id == orders.c.hold_id)
    .outerjoin(numbers, numbers.c.number_id == journeys.c.number_id)
)


async def my_order(
    tx: Tx, order_or_hold_id: UUID, customer_id: UUID, sealer: Sealer
) -> MyOrderView:
    """Return a customer's order by its own or its hold's id; another's looks like none at all."""
    own = _ROWS.where(
        (orders.c.id == order_or_hold_id) | (orders.c.hold_id == order_or_hold_id),
        orders.c.customer_id == customer_id,
    )
    row = (await tx.execute(own)).one_or_none()
    if row is None:
        raise NoSuchOrder
    view = _own(*row, sealer=sealer)
    await _add_refunds(tx, [view])
    return view


async def my_order_to_pay(
    tx: Tx, order_or_hold_id: UUID, customer_id: UUID, page: PageParts, *, locale: str = "vn"
) -> MyOrderView:
    """Return a customer's order with the link to pay, while it waits for money, and the contact."""
    view = await my_order(tx, order_or_hold_id, customer_id, page.sealer)
    attempt = await newest_open(tx, view.order_id)
    if attempt and view.status is Status.AWAITING_PAYMENT:
        view.payment_url = page.pay_url(attempt, locale)
    view.contact = page.contact(view.hold_id, customer_id, view.email)
    return view


async def my_orders(
    tx: Tx,
    customer_id: UUID,
    sealer: Sealer,
    *,
    status: Status | None,
    limit: int,
    after: UUID | None,
) -> Page[MyOrderView]:
    """Return a customer's orders, all or those of a tab, newest first."""
    own = _ROWS.where(orders.c.customer_id == customer_id)
    page = await page_of(
        tx,
        own.where(orders.c.status == status) if status else own,
        orders.c.id,
        lambda row: _own(row.Order, row.hold_code, row.msisdn, sealer=sealer),
        limit=limit,
        after=after,
        newest_first=True,
        cursors=own,  # an order that has moved to another tab is still a cursor
    )
    await _add_refunds(tx, page.items)
    return page


async def staff_orders(
    tx: Tx,
    caller: Caller,
    *,
    status: Status | None,
    region: Region | None,
    hold_id: UUID | None,
    limit: int,
    after: UUID | None,
) -> Page[StaffOrderView]:
    """Return the orders of the regions a member of staff covers, newest first (F4.4)."""
    visible = _ROWS
    if caller.regions:
        visible = visible.where(orders.c.region.in_(caller.regions))
    filters = {orders.c.status: status, orders.c.region: region, orders.c.hold_id: hold_id}
    listed = visible.where(
        *(column == value for column, value in filters.items() if value is not None)
    )
    page = await page_of(
        tx,
        listed,
        orders.c.id,
        lambda row: staff_view(row.Order, row.hold_code, row.msisdn),
        limit=limit,
        after=after,
        newest_first=True,
        cursors=visible,  # an order that has moved to another tab is still a cursor
    )
    await _add_refunds(tx, page.items)
    return page


async def staff_order(tx: Tx, order_id: UUID, caller: Caller) -> StaffOrderView:
    """Return an order of a region the member of staff covers."""
    row = (await tx.execute(_ROWS.where(orders.c.id == order_id))).one_or_none()
    if row is None or not caller.covers(row[0].region):
        raise NoSuchOrder
    view = staff_view(*row)
    await _add_refunds(tx, [view])
    return view


def staff_view(order: Order, hold_code: str, msisdn: str | None) -> StaffOrderView:
    """Show an order to staff."""
    shown = _view(order, hold_code, msisdn).model_dump()
    return StaffOrderView(customer_id=order.customer_id, **shown)


async def _add_refunds(tx: Tx, views: Sequence[OrderView]) -> None:
    by_order = await refunds_of(tx, [view.order_id for view in views])
    for view in views:
        view.refunds = by_order.get(view.order_id, [])
        if view.refunds and view.payment_status is PaymentStatus.REFUND_PENDING:
            view.payment_label_vi = view.refunds[0].label_vi


def _own(order: Order, hold_code: str, msisdn: str | None, *, sealer: Sealer) -> MyOrderView:
    sealed = order.email_sealed
    email = sealer.open_json(sealed, about=str(order.id)) if sealed else None
    return MyOrderView(email=email, **_view(order, hold_code, msisdn).model_dump())


def _view(order: Order, hold_code: str, msisdn: str | None) -> OrderView:
    return OrderView(
        order_id=order.id,
        hold_id=order.hold_id,
        hold_code=hold_code,
        msisdn=msisdn,
        display=phones.in_groups(msisdn) if msisdn else None,
        sim=order.sim,
        status=order.status,
        label_vi=label_of(order.status, order.activation, order.sim),
        sub_status=order.sub_status,
        sub_label_vi=SUB_LABELS_VI[order.sub_status] if order.sub_status else None,
        delivery=order.delivery,
        store_code=order.store_code,
        payment=order.payment,
        payment_status=order.payment_status,
        payment_label_vi=PAYMENT_LABELS_VI[order.payment_status],
        total_vnd=order.total_vnd,
        promotion_code=order.promotion_code,
        package_code=order.package_code,
        activation_status=order.activation,
        activation_label_vi=ACTIVATION_LABELS_VI[order.activation],
        activation_reason=order.activation_reason,
        region=order.region,
        shop_code=order.shop_code,
        team=order.team,
        placed_at=order.placed_at,
        cancel=CancelView(
            pending=order.cancel_asked_by is not None,
            refused_because=order.cancel_refused_because,
            cancelled_by=order.cancelled_by,
            reason_code=order.cancelled_because or order.cancel_asked_because,
            cancelled_at=order.cancelled_at,
        ),
    )
