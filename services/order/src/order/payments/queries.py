"""Reading payments: the attempt that is open, the attempt behind a reference."""

from uuid import UUID

from sqlalchemy import select

from kit.db import Tx
from order.payments.domain import OPEN, Payment
from order.tables import payments


async def newest_open(tx: Tx, order_id: UUID) -> Payment | None:
    """Return the attempt the customer may still finish."""
    still_open = select(Payment).where(payments.c.order_id == order_id, payments.c.status.in_(OPEN))
    return (await tx.scalars(still_open.order_by(payments.c.id.desc()).limit(1))).one_or_none()


async def attempt_of(tx: Tx, txn_ref: str) -> Payment | None:
    """Return the attempt of a reference, for the way back from the gateway."""
    return await tx.scalar(select(Payment).where(payments.c.txn_ref == txn_ref))
