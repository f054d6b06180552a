"""Partners at our routes, as long as their channel is open."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends

from hold.channels.domain import NoSuchChannel, PartnerClosed, PartnerTerms
from kit.auth import Caller, Partner, staff
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

Manager = Annotated[Caller, Depends(staff("partner_manager", "admin"))]
"""A member of staff who looks after partners, all of them or those of some regions."""


async def _managed(partner_id: UUID, manager: Manager, db: RequestDatabase) -> UUID:
    async with db.transaction() as tx:
        terms = await tx.get(PartnerTerms, partner_id)
    if terms is None or not manager.covers(terms.region):
        raise NoSuchChannel
    return partner_id


ManagedChannel = Annotated[UUID, Depends(_managed)]
"""The partner of the path, open or closed, if its channel is the manager's; else no such one."""
