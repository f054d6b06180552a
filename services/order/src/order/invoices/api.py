"""HTTP: customers look at the invoice of an order."""

from uuid import UUID

from fastapi import APIRouter

from kit.auth import Customer
from kit.db import Transaction
from kit.dependencies import RequestSealer
from kit.http import problems
from order.invoices.queries import InvoiceView, NoInvoiceYet, invoice_of
from order.orders.commands import locked_of
from order.orders.domain import NoSuchOrder

router = APIRouter(prefix="/v1/orders", tags=["orders"])


@router.get(
    "/{order_id}/invoice",
    summary="Show the invoice of an order",
    responses=problems(NoSuchOrder, NoInvoiceYet),
)
async def read_invoice(
    order_id: UUID, customer: Customer, tx: Transaction, sealer: RequestSealer
) -> InvoiceView:
    """Show the electronic invoice (SB.3.4)."""
    order = await locked_of(tx, order_id, customer.subject_id)
    return await invoice_of(tx, order, sealer)
