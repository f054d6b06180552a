"""Issuing invoices."""

from datetime import datetime

from sqlalchemy import select

from kit.db import Tx
from order.invoices.domain import Invoice, invoice_lines
from order.journeys.domain import Journey
from order.orders.domain import Order
from order.quotes.domain import agreed_lines, promotion_of
from order.settings import Settings
from order.tables import invoices


async def issue(tx: Tx, order: Order, *, settings: Settings, now: datetime) -> None:
    """Invoice an order whose money is in, once; the caller holds the order's lock (SB.3.4)."""
    before = select(invoices.c.id).where(invoices.c.order_id == order.id)
    if await tx.scalar(before) or not order.total_vnd:
        return
    journey = await tx.get_one(Journey, order.hold_id)
    lines = agreed_lines(journey, order.delivery, order.payment, order.total_vnd)
    promotion = promotion_of(order.promotion_code, order.package_code)
    invoice, issued = Invoice.issue(
        order.id,
        order.hold_id,
        invoice_lines(lines, promotion, settings.vat_percent),
        symbol=settings.invoice_symbol,
        now=now,
    )
    tx.add(invoice)
    await tx.publish(issued)
