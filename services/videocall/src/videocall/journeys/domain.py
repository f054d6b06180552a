"""A journey by the facts of other services, in whatever order they were heard."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from events import Region, VideoCallReopened
from events.facts.hold_facts import HoldFacts, later
from kit.errors import Conflict, NotFound

UNKNOWN: Final = UUID(int=0)


@dataclass(eq=False)
class NoSuchHold(NotFound):
    """This hold slip does not exist."""

    hold_id: UUID


@dataclass(eq=False)
class NotReady(Conflict):
    """Something has to happen before the call."""

    hold_id: UUID
    waiting_for: tuple[str, ...]


@dataclass(eq=False)
class JourneyClosed(Conflict):
    """The hold was cancelled or ran out: there is nothing to verify any more."""

    hold_id: UUID


@dataclass(eq=False)
class AlreadyConnected(Conflict):
    """The subscriber is connected: no call is needed any more."""

    hold_id: UUID


@dataclass(eq=False)
class OnlyAtStore(Conflict):
    """This case cannot be finished by video call: please come to a store."""

    hold_id: UUID
    repeat: str = "STORE"


@dataclass(eq=False)
class NotAtStore(Conflict):
    """This customer has not been sent to a store, or has been let back already."""

    hold_id: UUID


@dataclass(eq=False)
class CheckTooOld(Conflict):
    """The identity check is too old for a call: take the portrait again first."""

    hold_id: UUID
    repeat: str = "PHOTO"


@dataclass(frozen=True, order=True)
class Check:
    """One attempt of a kyc session; of two, the later one is the greater."""

    session_id: UUID
    """UUIDv7: a session opened later has the greater id."""
    attempt: int

    @property
    def is_named(self) -> bool:
        """Tell whether events can name the check; one from before sessions were kept has none."""
        return self.session_id != UNKNOWN

    def as_text(self) -> dict[str, str]:
        """Return the check as the seal over a decision has it."""
        return {"session_id": str(self.session_id), "attempt": str(self.attempt)}


@dataclass(kw_only=True, eq=False)
class Journey(HoldFacts):
    """A hold as videocall knows it, and what may come of a call."""

    region: Region | None = None
    team: str | None = None
    routed_at: datetime | None = None
    checked: Check | None = None
    """The newest check that passed."""
    checked_at: datetime | None = None
    face_in_doubt: bool = False
    """That check left the face to the agent."""
    newest: Check | None = None
    """The newest check that was sent to mobi eKYC, passed or not."""
    papers_refused_at: datetime | None = None
    """When a call or a connection found fault with form or photos: what passed before is void."""
    reopened_at: datetime | None = None
    """When a connection was refused so that an approval given before no longer counts."""
    connected_at: datetime | None = None
    sent_to_store_at: datetime | None = None
    """When an agent found that only a store can help."""
    let_back_at: datetime | None = None
    """When a supervisor decided that the customer may go on by video call after all."""
    let_back_by: UUID | None = None
    let_back_because: str | None = None

    def routed(self, region: Region, team: str, at: datetime) -> bool:
        """Note the team; the newest routing counts (SD.3). Tell whether this is it."""
        newest = self.routed_at is None or at >= self.routed_at
        if newest:
            self.region, self.team, self.routed_at = region, team, at
        return newest

    def submit(self, check: Check) -> None:
        """Note that an attempt is being checked: an older pass is no longer the last word."""
        self.newest = max(self.newest, check) if self.newest else check

    def check_passed(self, check: Check, at: datetime, *, face_in_doubt: bool = False) -> None:
        """Note that an attempt passed (P3.4); the newest one counts."""
        self.submit(check)
        if self.checked is None or check >= self.checked:
            self.checked, self.checked_at, self.face_in_doubt = check, at, face_in_doubt

    def refuse_papers(self, at: datetime) -> None:
        """Ask for a new identity check before the next call (G26, G32)."""
        self.papers_refused_at = later(self.papers_refused_at, at)

    def counts(self, compared: Check | None, approved_at: datetime | None) -> bool:
        """Tell whether an approval counts: for the newest check, and refused by no connection.

        Approvals of old name no check: they were about the one that had passed by then.
        """
        if approved_at and self.reopened_at and self.reopened_at > approved_at:
            return False
        if compared is None and approved_at and self.checked_at:
            return self.checked_at <= approved_at
        return compared in (None, self.newest)

    @property
    def only_at_store(self) -> bool:
        """Tell whether an agent's word stands that only a store can help."""
        if self.sent_to_store_at is None:
            return False
        return self.let_back_at is None or self.let_back_at < self.sent_to_store_at

    def let_back(self, manager_id: UUID, reason_code: str, *, now: datetime) -> VideoCallReopened:
        """Let a customer who was sent to a store go on by video call (G26)."""
        if not self.only_at_store:
            raise NotAtStore(self.hold_id)
        self.let_back_at, self.let_back_by, self.let_back_because = now, manager_id, reason_code
        return VideoCallReopened(
            occurred_at=now, hold_id=self.hold_id, reopened_by=manager_id, reason_code=reason_code
        )

    def regions(self, called: Region) -> tuple[Region | None, ...]:
        """Return the regions whose staff see a call: of the team called, and of the order now."""
        return called, self.region

    def check_owner(self, customer_id: UUID) -> None:
        """Refuse everybody but the owner; a slip nobody has claimed yet says so (P3.3)."""
        if self.customer_id is None:
            raise NotReady(self.hold_id, ("HoldClaimed",))
        if self.customer_id != customer_id:
            raise NoSuchHold(self.hold_id)

    @property
    def papers_in_order(self) -> bool:
        """Tell whether the newest attempt has passed and nobody found fault with it since."""
        if self.checked_at is None or self.checked != self.newest:
            return False
        return self.papers_refused_at is None or self.papers_refused_at < self.checked_at

    @property
    def waiting_for(self) -> tuple[str, ...]:
        """Return what has to happen before a call."""
        kept = ("HoldConfirmed",) if self.ran_out else ()
        checked = () if self.papers_in_order else ("KycPassed",)
        return kept + checked + (() if self.region else ("OrderRouted",))

    def check_callable(self, *, now: datetime, fresh_for: timedelta) -> None:
        """Refuse a call that could not lead to anything (P3.4, P3.5)."""
        if self.closed and not self.ran_out:
            raise JourneyClosed(self.hold_id)
        if self.connected_at:
            raise AlreadyConnected(self.hold_id)
        if self.only_at_store:
            raise OnlyAtStore(self.hold_id)
        if self.waiting_for:
            raise NotReady(self.hold_id, self.waiting_for)
        if self.is_stale(at=now, fresh_for=fresh_for):
            raise CheckTooOld(self.hold_id)

    def is_stale(self, *, at: datetime, fresh_for: timedelta) -> bool:
        """Tell whether the newest passed check is too old for a call at a time (P3.5)."""
        return self.checked_at is not None and self.checked_at + fresh_for <= at
