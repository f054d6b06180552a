"""What other services have said about a journey, in whatever order it was heard."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from events import Region
from events.hold_facts import HoldFacts
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

    region: Region | None = None
    routed_at: datetime | None = None
    received_at: datetime | None = None
    connected_at: datetime | None = None
    call_approved_at: datetime | None = None
    call_undone_at: datetime | None = None

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

    @property
    def call_approved(self) -> bool:
        """Tell whether an approved call stands, and with it the photos it was made on."""
        return self.call_approved_at is not None and (
            self.call_undone_at is None or self.call_undone_at < self.call_approved_at
        )

    def check_ready(self) -> None:
        """Refuse to start before the customer has paid and holds the SIM (F5a.1, F5b.1)."""
        if self.closed:
            raise JourneyClosed(self.hold_id)
        missing = []
        if self.confirmed_at is None:
            missing.append("HoldConfirmed")
        if self.sim != "ESIM" and self.received_at is None:
            missing.append("ShipmentDelivered")
        if missing:
            raise NotReady(self.hold_id, tuple(missing))
