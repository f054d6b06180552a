"""The state of a hold as every service but its own knows it: one fold of the facts about it.

The facts travel on different topics, so that each may come before any other, late, or twice. What
is kept of them is therefore closed under every order of arrival: a maximum of moments, or a first
word that no second one contradicts.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from events.facts.hold import (
    HoldClaimed,
    HoldConfirmed,
    HoldCreated,
    HoldExpired,
    HoldLost,
    HoldReleased,
)
from events.facts.order import OrderCancelled
from events.facts.vocabulary import SimKind

Beginning = HoldCreated | HoldClaimed | HoldConfirmed
Ending = HoldExpired | HoldReleased | HoldLost | OrderCancelled

BEGINNINGS: Final = (HoldCreated, HoldClaimed, HoldConfirmed)
ENDINGS: Final = (HoldExpired, HoldReleased, HoldLost, OrderCancelled)

EXPIRED: Final = "HOLD_EXPIRED"
CANCELLED: Final = "ORDER_CANCELLED"
_FINAL: Final = {HoldReleased: "HOLD_RELEASED", HoldLost: "HOLD_LOST", OrderCancelled: CANCELLED}


@dataclass(kw_only=True, eq=False)
class HoldFacts:
    """The facts about one hold. A service's own projection inherits the fields and maps them.

    - An expiry is final only until the hold is confirmed: paid in time and heard late, the number
      is the customer's after all (decision 0021).
    - An order cancelled by the system because the hold had expired repeats the hold's own word.
      This echo says nothing new, so it never ends a hold that was confirmed since.
    - A release, a lost number and any other cancelling are final.
    """

    hold_id: UUID
    customer_id: UUID | None = None
    sim: SimKind | None = None
    confirmed_at: datetime | None = None
    expired_at: datetime | None = None
    ended_at: datetime | None = None
    ended_because: str | None = None

    def hear(self, fact: Beginning | Ending) -> None:
        """Take one fact about this hold; hearing it again, or in another order, changes nothing."""
        at = fact.occurred_at
        if isinstance(fact, HoldCreated):
            self.sim, self.customer_id = fact.sim, self.customer_id or fact.customer_id
        elif isinstance(fact, HoldClaimed):
            self.customer_id = fact.customer_id
        elif isinstance(fact, HoldConfirmed):
            self.confirmed_at = later(self.confirmed_at, at)
        elif isinstance(fact, HoldExpired):
            self.expired_at = later(self.expired_at, at)
        elif not is_echo(fact):
            self._end(at, _FINAL[type(fact)])

    @property
    def closed_because(self) -> str | None:
        """Return why nothing more can come of this hold, as a code; none while it is open."""
        if self.ended_because:
            return self.ended_because
        if self.expired_at and not (self.confirmed_at and self.confirmed_at >= self.expired_at):
            return EXPIRED
        return None

    @property
    def closed(self) -> bool:
        """Tell whether the hold is gone, by all that was heard so far."""
        return self.closed_because is not None

    @property
    def ran_out(self) -> bool:
        """Tell whether only the clock ended the hold: money heard of late may bring it back."""
        return self.closed_because == EXPIRED

    def _end(self, at: datetime, because: str) -> None:
        first = (self.ended_at or at, self.ended_because or because)
        self.ended_at, self.ended_because = min(first, (at, because))


def later(known: datetime | None, heard: datetime) -> datetime:
    """Return the later of two moments, of which the first may not be known yet."""
    return max(known, heard) if known else heard


def is_echo(fact: Ending) -> bool:
    """Tell whether an order was cancelled only because its hold had expired before."""
    return (
        isinstance(fact, OrderCancelled)
        and fact.cancelled_by == "SYSTEM"
        and fact.reason_code == EXPIRED
    )
