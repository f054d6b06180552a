"""A number in the stock: where it stands, as far as the hold service's facts have told us.

This is a projection. The hold service decides who has a number; we repeat it for the search. Its
facts arrive on different topics and may overtake each other, so the newest by the time it became
true counts, not the last one consumed.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final
from uuid import NAMESPACE_URL, UUID, uuid5

from events import NumberPublished, NumberWithdrawn, Region
from kit.errors import Conflict, Invalid, NotFound
from values.errors import BadValue
from values.phones import MOBIFONE, national, parse_phone


class Status(StrEnum):
    """The status of a number, by the newest fact consumed."""

    AVAILABLE = "AVAILABLE"
    SOFT_LOCKED = "SOFT_LOCKED"
    HELD = "HELD"
    ALLOCATED = "ALLOCATED"
    ACTIVE = "ACTIVE"
    QUARANTINED = "QUARANTINED"
    WITHDRAWN = "WITHDRAWN"


FREE: Final = (Status.AVAILABLE, Status.QUARANTINED, Status.WITHDRAWN)
"""Statuses in which nobody has the number."""

STEP: Final = {
    Status.SOFT_LOCKED: 0,
    Status.HELD: 1,
    Status.ALLOCATED: 2,
    Status.AVAILABLE: 3,
    Status.QUARANTINED: 3,
    Status.ACTIVE: 4,
}
"""The order of what happens to one hold, for facts that became true in the same instant."""


@dataclass(eq=False)
class NoSuchNumber(NotFound):
    """This number is not in our stock."""


@dataclass(eq=False)
class NumberInUse(Conflict):
    """This number has an owner: it cannot be taken off or put on sale."""

    number_id: UUID


@dataclass(eq=False)
class NotOurNumber(Invalid):
    """This is not a number with a MobiFone prefix."""


@dataclass(frozen=True)
class Sighting:
    """The status of a number that one fact tells, and since when."""

    status: Status
    at: datetime
    hold_id: UUID | None = None
    rests_until: datetime | None = None


@dataclass(kw_only=True, eq=False)
class Number:
    """A number of the stock."""

    id: UUID
    msisdn: str
    national: str
    price_class: str
    price_vnd: int
    commitment_vnd_per_month: int
    commitment_months: int
    region: Region | None
    status: Status
    status_since: datetime
    status_at: datetime | None = None
    hold_id: UUID | None = None
    rests_until: datetime | None = None
    withdrawn_at: datetime | None = None

    def see(self, sighting: Sighting) -> bool:
        """Believe a fact, unless we know a newer one; tell whether it was believed."""
        if not self._is_newer(sighting):
            return False
        self.status_at, self.hold_id = sighting.at, sighting.hold_id
        self.rests_until = sighting.rests_until
        self._show(sighting.status, sighting.at)
        return True

    def withdraw(self, reason_code: str, *, now: datetime) -> NumberWithdrawn:
        """Take the number off sale; whoever holds it already may keep it."""
        if self.status is Status.ACTIVE:
            raise NumberInUse(self.id)
        self.withdrawn_at = now
        if self.status in FREE:
            self._show(self.status, now)
        return NumberWithdrawn(
            occurred_at=now, number_id=self.id, msisdn=self.msisdn, reason_code=reason_code
        )

    def publish(self, price_vnd: int | None, *, now: datetime) -> NumberPublished:
        """Put the number on sale, perhaps for another price."""
        if self.status is Status.ACTIVE:
            raise NumberInUse(self.id)
        self.withdrawn_at = None
        self.price_vnd = self.price_vnd if price_vnd is None else price_vnd
        if self.status is Status.WITHDRAWN:
            self._show(Status.AVAILABLE, now)
        return NumberPublished(
            occurred_at=now,
            number_id=self.id,
            msisdn=self.msisdn,
            price_class=self.price_class,
            price_vnd=self.price_vnd,
            commitment_vnd_per_month=self.commitment_vnd_per_month,
            commitment_months=self.commitment_months,
            region=self.region,
        )

    def _show(self, status: Status, since: datetime) -> None:
        self.status = Status.WITHDRAWN if self.withdrawn_at and status in FREE else status
        self.status_since = since

    def _is_newer(self, sighting: Sighting) -> bool:
        if self.status_at is None or sighting.at != self.status_at:
            return self.status_at is None or sighting.at > self.status_at
        # The same instant. Of one hold: what comes later in its life. Of two: one was taken over
        # because its clock had run out, and the number belongs to the new one.
        if sighting.hold_id and sighting.hold_id == self.hold_id:
            return STEP[sighting.status] > STEP.get(self.status, STEP[Status.QUARANTINED])
        if sighting.hold_id is None or self.hold_id is None:
            return self._steps_on(sighting)
        return sighting.status not in FREE

    def _steps_on(self, sighting: Sighting) -> bool:
        if sighting.status in FREE:
            return False
        return self.status in FREE or STEP[sighting.status] > STEP[self.status]


def id_of(msisdn: str) -> UUID:
    """Return the id of a number: always the same, so that the stock can be loaded again."""
    return uuid5(NAMESPACE_URL, f"tel:+{msisdn}")


def national_of(text: str) -> str:
    """Read a number of the operator as people write it."""
    try:
        digits = national(parse_phone(text))
    except BadValue as error:
        raise NotOurNumber from error
    if digits[:3] not in MOBIFONE:
        raise NotOurNumber
    return digits


def msisdn_of(national: str) -> str:
    """Write a national number as E.164 digits."""
    return "84" + national[1:]
