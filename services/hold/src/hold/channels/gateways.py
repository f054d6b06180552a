"""Partners at our routes, as long as their channel is open."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends

from hold.channels.domain import PartnerClosed, PartnerTerms
from kit.auth import Caller, Partner
from kit.db import RequestDatabase, Tx


async def must_be_open(tx: Tx, partner_id: UUID) -> None:
    """Refuse a channel that was closed."""
    terms = await tx.get(PartnerTerms, partner_id)
    if terms and not terms.active:
        raise PartnerClosed


async def _open(partner: Partner, db: RequestDatabase) -> Caller:
    async with db.transaction() as tx:
        await must_be_open(tx, partner.subject_id)
    return partner


OpenPartner = Annotated[Caller, Depends(_open)]
"""A partner that is still ours: for what goes on after the sale."""
