"""Holds as their owners see them, and holds to change: another's looks like none at all."""

from datetime import datetime
from typing import Final
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, computed_field
from sqlalchemy import ColumnElement, select

from events import Defer, Entrance, SimKind
from hold.holds.domain import Hold
from hold.holds.states import Clock, NoSuchHold, Owner, Status
from hold.tables import holds
from kit.db import Tx
from kit.paging import Page, page_of
from values.hold_codes import in_groups
from values.number_groups import set_apart

STATUS_VI: Final = {
    Status.DRAFT: "Đang điền thông tin",
    Status.HELD: "Đang giữ",
    Status.CONFIRMED: "Đã xác nhận",
    Status.CONSUMED: "Đã hòa mạng",
    Status.RELEASED: "Đã hủy",
    Status.EXPIRED: "Hết hạn giữ",
}


class Slip(BaseModel):
    """A hold slip as its owner sees it (F3.13, F3.14). Nothing on it names a person."""

    model_config = ConfigDict(from_attributes=True)

    hold_id: UUID = Field(validation_alias="id")
    number_id: UUID
    msisdn: str
    price_class: str
    sim: SimKind
    status: Status
    hold_code: str | None
    entrance: Entrance
    channel_code: str | None
    price_vnd: int
    sim_fee_vnd: int
    commitment_vnd_per_month: int
    commitment_months: int
    promotion_code: str | None
    package_code: str | None
    created_at: datetime
    expires_at: datetime = Field(description="When an unpaid hold ends, or a `clock` runs out")
    clock: Clock | None = Field(description="What has to happen before the end, once confirmed")
    extended: bool

    @computed_field(description="As people read it")  # type: ignore[prop-decorator]
    @property
    def status_vi(self) -> str:
        """The status as people read it."""
        return STATUS_VI[self.status]

    @computed_field(description="The code in groups, to be read aloud")  # type: ignore[prop-decorator]
    @property
    def hold_code_display(self) -> str | None:
        """The code in groups, to be read aloud."""
        return in_groups(self.hold_code) if self.hold_code else None

    @computed_field(description="The number, its nice part together")  # type: ignore[prop-decorator]
    @property
    def display(self) -> str:
        """The number as people write it, in the groups the catalogue shows it in."""
        return set_apart(self.msisdn, self.price_class)


async def hold_of(tx: Tx, owner: Owner, hold_id: UUID) -> Slip:
    """Return an owner's hold as its slip; another's looks like none at all."""
    hold = await tx.scalar(select(Hold).where(holds.c.id == hold_id, owned_by(owner)))
    if hold is None:
        raise NoSuchHold
    return Slip.model_validate(hold)


async def hold_to_change(tx: Tx, owner: Owner, hold_id: UUID) -> Hold:
    """Return an owner's hold, locked until the commit; another's looks like none at all."""
    own = select(Hold).where(holds.c.id == hold_id, owned_by(owner)).with_for_update()
    hold = await tx.scalar(own.execution_options(populate_existing=True))
    if hold is None:
        raise NoSuchHold
    return hold


async def hold_of_fact(tx: Tx, hold_id: UUID) -> Hold:
    """Return the hold that a fact is about, locked; a fact that comes before its hold waits."""
    hold = await tx.get(Hold, hold_id, with_for_update=True)
    if hold is None:
        raise Defer("HoldCreated")
    return hold


async def page_of_holds(tx: Tx, owner: Owner, *, after: UUID | None, limit: int) -> Page[Slip]:
    """Return a page of an owner's holds, newest first."""
    return await page_of(
        tx,
        select(Hold).where(owned_by(owner)),
        holds.c.id,
        lambda row: Slip.model_validate(row.Hold),
        limit=limit,
        after=after,
        newest_first=True,
    )


def owned_by(owner: Owner) -> ColumnElement[bool]:
    """Select holds of this customer, or of this partner, and of nobody else."""
    column = holds.c.customer_id if owner.entrance == "APP" else holds.c.partner_id
    return column == owner.id
