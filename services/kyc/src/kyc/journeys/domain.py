"""What other services have said about a journey, in whatever order it was heard."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from events import Region, SimKind
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


def later(one: datetime | None, other: datetime) -> datetime:
    """Return the later of what was known and what was heard now."""
    return max(one, other) if one else other


@dataclass(kw_only=True, eq=False)
class Journey:
    """A hold as kyc knows it. Each moment is kept, so the order of hearing does not matter."""

    hold_id: UUID
    customer_id: UUID | None = None
    sim: SimKind | None = None
    region: Region | None = None
    routed_at: datetime | None = None
    confirmed_at: datetime | None = None
    received_at: datetime | None = None
    expired_at: datetime | None = None
    given_up_at: datetime | None = None
    connected_at: datetime | None = None
    call_approved_at: datetime | None = None
    call_undone_at: datetime | None = None

    def created(self, customer_id: UUID | None, sim: SimKind) -> None:
        """Note whose slip it is; the customer of a channel claims it later (P3.3)."""
        self.customer_id, self.sim = self.customer_id or customer_id, sim

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
    def closed(self) -> bool:
        """Tell whether the hold is gone. A hold paid in time outlives its expiry."""
        expired = self.expired_at is not None and (
            self.confirmed_at is None or self.confirmed_at < self.expired_at
        )
        return expired or self.given_up_at is not None

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
