"""A hold as the order service knows it, and the sales channel it may have come from."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Self
from uuid import UUID

from events import Entrance, HoldCreated, Region, SimKind
from kit.errors import Conflict, NotFound


class HoldStatus(StrEnum):
    """Where the hold stands, by the hold service's last word."""

    HELD = "HELD"
    CONFIRMED = "CONFIRMED"
    CONSUMED = "CONSUMED"
    RELEASED = "RELEASED"
    EXPIRED = "EXPIRED"


@dataclass(eq=False)
class NoSuchHold(NotFound):
    """There is no such hold slip."""

    hold_id: UUID


@dataclass(eq=False)
class HoldNotOpen(Conflict):
    """This hold is not waiting for an order: its time ran out, or it was given up or ordered."""

    hold_id: UUID
    hold_status: HoldStatus


@dataclass(frozen=True)
class Channel:
    """A sales channel's terms, as far as routing asks (SD.3 ii)."""

    channel_code: str
    region: Region | None
    own_customers: bool


@dataclass(kw_only=True, eq=False)
class Journey:
    """The terms a number is held on; nothing here is decided by the order service."""

    hold_id: UUID
    number_id: UUID
    hold_code: str
    customer_id: UUID | None
    sim: SimKind
    entrance: Entrance
    channel_code: str | None
    price_vnd: int
    sim_fee_vnd: int
    commitment_vnd_per_month: int
    commitment_months: int
    promotion_code: str | None
    expires_at: datetime
    channel_paid_vnd: int | None
    channel_paid_at: datetime | None
    channel_delivers: bool
    status: HoldStatus = HoldStatus.HELD
    status_at: datetime

    @classmethod
    def begun_by(cls, created: HoldCreated) -> Self:
        """Take over the terms of a slip."""
        return cls(
            hold_id=created.hold_id,
            number_id=created.number_id,
            hold_code=created.hold_code,
            customer_id=created.customer_id,
            sim=created.sim,
            entrance=created.entrance,
            channel_code=created.channel_code,
            price_vnd=created.price_vnd,
            sim_fee_vnd=created.sim_fee_vnd,
            commitment_vnd_per_month=created.commitment_vnd_per_month,
            commitment_months=created.commitment_months,
            promotion_code=created.promotion_code,
            expires_at=created.expires_at,
            channel_paid_vnd=created.channel_paid_vnd,
            channel_paid_at=created.channel_paid_at,
            channel_delivers=created.channel_delivers,
            status_at=created.occurred_at,
        )

    def hear(self, status: HoldStatus, *, at: datetime) -> bool:
        """Take the hold service's word unless a newer one was heard; tell whether it was taken."""
        if at < self.status_at:
            return False
        self.status, self.status_at = status, at
        return True

    def must_be_open(self, *, now: datetime) -> None:
        """Refuse an order for a hold that is over, or that has one already."""
        if self.status is HoldStatus.HELD and now < self.expires_at:
            return
        over = HoldStatus.EXPIRED if self.status is HoldStatus.HELD else self.status
        raise HoldNotOpen(self.hold_id, over)
