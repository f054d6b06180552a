"""A hold as the order service knows it, and the sales channel it may have come from."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final, Self
from uuid import UUID

from events import Entrance, HoldConsumed, HoldCreated, Region, SimKind
from events.facts.hold_facts import EXPIRED, Beginning, Ending, HoldFacts
from kit.errors import Conflict, NotFound

GIVEN_UP: Final = ("HOLD_RELEASED", "HOLD_LOST")
"""Reasons for the end of a hold that was confirmed before, by its own service's word."""


class HoldStatus(StrEnum):
    """The state of the hold, by all its facts that were consumed."""

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
class Journey(HoldFacts):
    """The terms a number is held on; nothing here is decided by the order service."""

    sim: SimKind
    number_id: UUID
    hold_code: str
    entrance: Entrance
    channel_code: str | None
    price_vnd: int
    sim_fee_vnd: int
    commitment_vnd_per_month: int
    commitment_months: int
    promotion_code: str | None
    package_code: str | None
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
            package_code=created.package_code,
            expires_at=created.expires_at,
            channel_paid_vnd=created.channel_paid_vnd,
            channel_paid_at=created.channel_paid_at,
            channel_delivers=created.channel_delivers,
            status_at=created.occurred_at,
        )

    def hear(self, fact: Beginning | Ending | HoldConsumed) -> None:
        """Take one fact about this hold; hearing it again, or in another order, changes nothing."""
        if isinstance(fact, HoldConsumed):
            self.status = HoldStatus.CONSUMED
        else:
            super().hear(fact)
        self.status = self._status()
        self.status_at = max(self.status_at, fact.occurred_at)

    @property
    def given_up(self) -> bool:
        """Whether the hold is over by its own service's word, even if it was confirmed before."""
        return self.ended_because in GIVEN_UP

    def must_be_open(self, *, now: datetime) -> None:
        """Refuse an order for a hold that is over, or that has one already."""
        if self.status is HoldStatus.HELD and now < self.expires_at:
            return
        over = HoldStatus.EXPIRED if self.status is HoldStatus.HELD else self.status
        raise HoldNotOpen(self.hold_id, over)

    def _status(self) -> HoldStatus:
        if self.status is HoldStatus.CONSUMED:
            return HoldStatus.CONSUMED
        if self.closed:
            expired = self.closed_because == EXPIRED
            return HoldStatus.EXPIRED if expired else HoldStatus.RELEASED
        return HoldStatus.CONFIRMED if self.confirmed_at else HoldStatus.HELD
