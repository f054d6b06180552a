"""What can be asked about holds. Reads skip the domain and shape rows for the screen."""

from datetime import datetime
from typing import Final
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, computed_field
from sqlalchemy import ColumnElement, select

from events import Entrance, SimKind
from hold.clocks.domain import Clock
from hold.holds.domain import Hold, NoSuchHold
from hold.holds.states import Status
from hold.tables import holds
from kit.db import Tx
from kit.paging import UnknownCursor, each_readable
from values import phones
from values.hold_codes import in_groups

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

    @computed_field(description="The number as people write it")  # type: ignore[prop-decorator]
    @property
    def display(self) -> str:
        """The number as people write it."""
        return phones.in_groups(self.msisdn)


async def hold_of(
    tx: Tx, hold_id: UUID, *, customer_id: UUID | None = None, partner_id: UUID | None = None
) -> Slip:
    """Return one of somebody's holds; another's looks like none at all."""
    mine = select(Hold).where(holds.c.id == hold_id, _whose(customer_id, partner_id))
    hold = await tx.scalar(mine)
    if hold is None:
        raise NoSuchHold
    return Slip.model_validate(hold)


async def holds_of(
    tx: Tx,
    *,
    customer_id: UUID | None = None,
    partner_id: UUID | None = None,
    after: UUID | None,
    limit: int,
) -> tuple[list[Slip], UUID | None]:
    """Return a page of somebody's holds, newest first, and the id to read on after."""
    mine = select(Hold).where(_whose(customer_id, partner_id))
    if after:
        if await tx.scalar(mine.where(holds.c.id == after)) is None:
            raise UnknownCursor(after)
        mine = mine.where(holds.c.id < after)
    found = (await tx.scalars(mine.order_by(holds.c.id.desc()).limit(limit + 1))).all()
    following = found[limit - 1].id if len(found) > limit else None
    return each_readable(found[:limit], Slip.model_validate), following


def _whose(customer_id: UUID | None, partner_id: UUID | None) -> ColumnElement[bool]:
    if customer_id:
        return holds.c.customer_id == customer_id
    return holds.c.partner_id == partner_id
