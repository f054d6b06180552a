"""Sales channels, as an administrator and their own client see them."""

from uuid import UUID

from pydantic import BaseModel, ConfigDict
from sqlalchemy import select

from events import Region
from identity.partners.domain import ChannelKind, SalesChannel
from identity.tables import partners
from kit.db import Tx
from kit.paging import Page, page_of


class PartnerView(BaseModel):
    """A sales channel, as an administrator sees it."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    client_id: str
    channel_code: str
    name: str
    kind: ChannelKind
    region: Region | None
    collects_fee: bool
    delivers: bool
    own_customers: bool
    active: bool


class PartnerWithSecret(PartnerView):
    """A sales channel with its new secret, which is never shown again."""

    client_secret: str | None = None


async def by_client(tx: Tx, client_id: str) -> SalesChannel | None:
    """Find the active channel that a client belongs to."""
    known = select(SalesChannel).where(partners.c.client_id == client_id, partners.c.active)
    return (await tx.scalars(known)).one_or_none()


async def page(tx: Tx, *, limit: int, after: UUID | None) -> Page[PartnerView]:
    """List the channels, oldest first."""
    return await page_of(
        tx,
        select(SalesChannel),
        partners.c.id,
        lambda row: PartnerView.model_validate(row.SalesChannel),
        limit=limit,
        after=after,
    )
