"""A customer's activations, with what they agreed to in each."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Row, select

from activation.activations.domain import Activation
from activation.activations.queries import ActivationView, view_of
from activation.tables import activations, dossiers, numbers
from kit.db import Tx
from kit.paging import Page, page_of
from kit.sealing import Sealer


class MyActivation(ActivationView):
    """An activation in its customer's list, with the consents of the newest signature."""

    signed_at: datetime | None
    consents: list[str]
    """`CONTRACT`, `IDENTITY_CHECK`, `CALL_RECORDING`, `MARKETING`; empty before a signature."""


async def page(
    tx: Tx,
    customer_id: UUID,
    *,
    allowed: timedelta,
    sealer: Sealer,
    limit: int,
    after: UUID | None,
) -> Page[MyActivation]:
    """List a customer's activations, newest first."""
    own = (
        select(Activation, numbers.c.msisdn, dossiers.c.id, dossiers.c.signed_at, dossiers.c.sealed)
        .outerjoin(numbers, numbers.c.id == activations.c.number_id)
        .outerjoin(dossiers, dossiers.c.id == activations.c.dossier_id)
        .where(activations.c.customer_id == customer_id)
    )

    def view(row: Row[*tuple[Any, ...]]) -> MyActivation:
        activation, msisdn, dossier_id, signed_at, sealed, *_ = row
        signed = sealer.open_json(sealed, about=f"dossier:{dossier_id}") if sealed else {}
        return MyActivation(
            **view_of(activation, msisdn, allowed=allowed).model_dump(),
            signed_at=signed_at,
            consents=signed.get("consents", []),
        )

    return await page_of(
        tx, own, activations.c.id, view, limit=limit, after=after, newest_first=True
    )
