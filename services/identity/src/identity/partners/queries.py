"""Sales channels, as an administrator and their own client see them."""

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict
from sqlalchemy import or_, select

from events import Region
from identity.partners.domain import ChannelKind, NoSuchPartner, SalesChannel
from identity.tables import partners
from kit.auth import Caller
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
    created_at: datetime
    secret_changed_at: datetime
    """The moment since which the client's secret is good."""


class PartnerWithSecret(PartnerView):
    """A sales channel with its new secret, which is never shown again."""

    client_secret: str | None = None


async def by_client(tx: Tx, client_id: str) -> SalesChannel | None:
    """Find the active channel that a client belongs to."""
    known = select(SalesChannel).where(partners.c.client_id == client_id, partners.c.active)
    return (await tx.scalars(known)).one_or_none()


async def page(
    tx: Tx, manager: Caller, text: str | None, *, limit: int, after: UUID | None
) -> Page[PartnerView]:
    """List the channels that somebody manages, oldest first, perhaps those with a text in them."""
    seen = select(SalesChannel)
    if manager.regions:
        seen = seen.where(partners.c.region.in_(manager.regions))
    listed = seen
    if text:
        columns = (partners.c.name, partners.c.channel_code, partners.c.client_id)
        listed = seen.where(or_(*(column.icontains(text, autoescape=True) for column in columns)))
    return await page_of(
        tx,
        listed,
        partners.c.id,
        lambda row: PartnerView.model_validate(row.SalesChannel),
        limit=limit,
        after=after,
        cursors=seen,
    )


async def of_manager(tx: Tx, manager: Caller, partner_id: UUID) -> PartnerView:
    """Return one of the channels that somebody manages; another's looks like none."""
    channel = await tx.get(SalesChannel, partner_id)
    if channel is None or not manager.covers(channel.region):
        raise NoSuchPartner
    return PartnerView.model_validate(channel)
