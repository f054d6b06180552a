"""An invoice as its buyer sees it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel
from sqlalchemy import select

from kit.db import Tx
from kit.errors import NotFound
from kit.sealing import Sealer
from order.invoices.domain import CONSUMER, Invoice
from order.orders.domain import Order
from order.tables import invoices


class NoInvoiceYet(NotFound):
    """There is no invoice yet: it is issued when the money is in."""


class InvoiceLineView(BaseModel):
    """One line, with its VAT split off; kind 2 is a promotion at nothing."""

    kind: int
    code: str
    text: str
    net_vnd: int
    vat_percent: int
    vat_vnd: int
    total_vnd: int


class InvoiceView(BaseModel):
    """An invoice and its buyer."""

    invoice_id: UUID
    order_id: UUID
    symbol: str
    serial: int
    issued_at: datetime
    buyer: dict[str, Any]
    lines: list[InvoiceLineView]
    net_vnd: int
    vat_vnd: int
    total_vnd: int


async def invoice_of(tx: Tx, order: Order, sealer: Sealer) -> InvoiceView:
    """Return the invoice of an order the caller may see."""
    issued = select(Invoice).where(invoices.c.order_id == order.id)
    invoice = (await tx.scalars(issued)).one_or_none()
    if invoice is None:
        raise NoInvoiceYet
    buyer = order.buyer_sealed
    return InvoiceView(
        invoice_id=invoice.id,
        order_id=order.id,
        symbol=invoice.symbol,
        serial=invoice.serial or 0,
        issued_at=invoice.issued_at,
        buyer=sealer.open_json(buyer, about=str(order.id)) if buyer else {"name": CONSUMER},
        lines=[InvoiceLineView.model_validate(line) for line in invoice.lines],
        net_vnd=invoice.net_vnd,
        vat_vnd=invoice.vat_vnd,
        total_vnd=invoice.total_vnd,
    )
