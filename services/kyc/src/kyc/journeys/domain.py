"""A journey, folded from the facts of other services in any order."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from events import HoldConfirmed, HoldCreated, Region
from events.facts.hold_facts import Beginning, Ending, HoldFacts
from kit.errors import Conflict, NotFound


@dataclass(eq=False)
class NoSuchHold(NotFound):
    """This hold slip does not exist."""

    hold_id: UUID


@dataclass(eq=False)
class NotReady(Conflict):
    """Something has to happen first."""

    hold_id: UUID
    waiting_for: tuple[str, ...]


@dataclass(eq=False)
class JourneyClosed(Conflict):
    """The hold was cancelled or ran out: there is nothing to activate any more."""

    hold_id: UUID


@dataclass(kw_only=True, eq=False)
class Journey(HoldFacts):
    """A hold as kyc knows it, and what its activation has come to."""

    number_id: UUID | None = None
    hold_code: str | None = None
    """The code the customer shows at a store."""
    region: Region | None = None
    routed_at: datetime | None = None
    received_at: datetime | None = None
    connected_at: datetime | None = None
    call_approved_at: datetime | None = None
    call_approved_attempt: int | None = None
    """The attempt whose papers the agent compared with; approvals of old name none."""
    call_undone_at: datetime | None = None

    def hear(self, fact: Beginning | Ending) -> None:
        """Take one fact about this hold, and the names of hold and number."""
        super().hear(fact)
        if isinstance(fact, HoldCreated | HoldConfirmed):
            self.number_id = fact.number_id
        if isinstance(fact, HoldCreated):
            self.hold_code = fact.hold_code

    def routed(self, region: Region, at: datetime) -> None:
        """Note which regional company is responsible; the newest routing counts (SD.3)."""
        if self.routed_at is None or at >= self.routed_at:
            self.region, self.routed_at = region, at

    def check_owner(self, customer_id: UUID) -> None:
        """Refuse everybody but the owner; a slip nobody has claimed yet says so (P3.3)."""
        if self.customer_id is None:
            raise NotReady(self.hold_id, ("HoldClaimed",))
        if self.customer_id != customer_id:
            raise NoSuchHold(self.hold_id)

    def approved(self, attempt: int | None, at: datetime) -> None:
        """Note the newest approval, and with which attempt's papers it was made."""
        if self.call_approved_at is None or at >= self.call_approved_at:
            self.call_approved_at, self.call_approved_attempt = at, attempt

    def call_stands_for(self, attempt: int) -> bool:
        """Tell whether an approved call stands that was made on the papers of an attempt."""
        if self.call_approved_at is None or self.call_approved_attempt not in (None, attempt):
            return False
        return self.call_undone_at is None or self.call_undone_at < self.call_approved_at

    def check_ready(self) -> None:
        """Refuse to start before the customer has paid and holds the SIM (F5a.1, F5b.1)."""
        if self.closed and not self.ran_out:
            raise JourneyClosed(self.hold_id)
        missing = []
        if self.confirmed_at is None or self.ran_out:
            missing.append("HoldConfirmed")
        if self.sim != "ESIM" and self.received_at is None:
            missing.append("ShipmentDelivered")
        if missing:
            raise NotReady(self.hold_id, tuple(missing))
