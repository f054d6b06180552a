"""Sales channels: noted when identity registers, changes or closes one."""

from uuid import UUID

from sqlalchemy.dialects.postgresql import insert

from events import PartnerChanged
from feed import endpoints
from hold.channels.domain import PartnerNotKnownYet, PartnerTerms
from hold.tables import partners
from kit.db import Tx


async def note_partner(tx: Tx, changed: PartnerChanged) -> None:
    """Remember what identity row about a channel; the newest word counts."""
    row = {
        "channel_code": changed.channel_code,
        "collects_fee": changed.collects_fee,
        "delivers": changed.delivers,
        "active": changed.active,
        "region": changed.region,
        "at": changed.occurred_at,
    }
    new = insert(partners).values(partner_id=changed.partner_id, **row)
    newest = new.on_conflict_do_update(
        index_elements=["partner_id"], set_=row, where=partners.c.at < changed.occurred_at
    )
    if await tx.scalar(newest.returning(partners.c.active)) is False:
        await endpoints.close(tx, changed.partner_id, at=changed.occurred_at)


async def terms_of(tx: Tx, partner_id: UUID) -> PartnerTerms:
    """Return what a channel may do; raise `PartnerNotKnownYet` before PartnerChanged came."""
    terms = await tx.get(PartnerTerms, partner_id)
    if terms is None:
        raise PartnerNotKnownYet
    return terms
