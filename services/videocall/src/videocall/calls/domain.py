"""A video call: a customer, an agent, and the agent's decision."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Self, TypeVar
from uuid import UUID

from events import (
    Event,
    Region,
    VideoCallAbandoned,
    VideoCallApproved,
    VideoCallDropped,
    VideoCallQueued,
    VideoCallRejected,
    VideoCallRetryNeeded,
    VideoCallRevoked,
    VideoCallStarted,
)
from events.ids import uuid7
from videocall.calls.states import (
    NEXT,
    REJECTIONS,
    CallMoved,
    Checklist,
    NotApprovable,
    NotYourCall,
    Priority,
    Proof,
    Repeat,
    Status,
)
from videocall.journeys.domain import Check

Fact = TypeVar("Fact", bound=Event)


@dataclass(kw_only=True, eq=False)
class Call:
    """One call from the queue to its end. Each method returns the fact it made true."""

    id: UUID = field(default_factory=uuid7)
    hold_id: UUID
    region: Region
    team: str
    status: Status = Status.QUEUED
    priority: Priority = Priority.USUAL
    queued_at: datetime
    missed_offers: int = 0
    """The number of agents at whose desks the call rang in vain."""
    epoch: int = 0
    """Counts the offers of this call: a word about an older one no longer counts."""
    agent_id: UUID | None = None
    started_at: datetime | None = None
    dropped_at: datetime | None = None
    ended_at: datetime | None = None
    wrapped_up_at: datetime | None = None
    compared: Check | None = None
    """The identity check the agent compares the person with, from the start of the call."""
    face_in_doubt: bool = False
    """That check left the face to the agent: the decision is audited."""
    place_kept_until: datetime | None = None
    """Until then the customer's next call goes to the head of the queue."""
    reason_code: str | None = None
    repeat: Repeat | None = None
    attempts_left: int | None = None
    checklist: dict[str, Any] | None = None
    note: bytes | None = None
    """Sealed."""
    evidence_sha256: str | None = None
    revoked_by: UUID | None = None
    revoked_at: datetime | None = None

    @classmethod
    def queue(
        cls, hold_id: UUID, region: Region, team: str, *, priority: Priority, now: datetime
    ) -> tuple[Self, VideoCallQueued]:
        """Let the customer wait for an agent (F5a.8, F5b.7, P3.5)."""
        call = cls(hold_id=hold_id, region=region, team=team, priority=priority, queued_at=now)
        return call, call._queued(now)

    def move(self, region: Region, team: str, *, now: datetime) -> VideoCallQueued:
        """Wait for another team: the order was routed anew. The place is kept."""
        self._check_is(Status.QUEUED)
        self.region, self.team = region, team
        return self._queued(now)

    def requeue(self, *, missed: bool) -> None:
        """Wait on in the kept place: the offer was missed, declined or withdrawn."""
        self._move_to(Status.QUEUED)
        self.missed_offers += missed

    def accept(self, agent_id: UUID, check: Check | None, *, now: datetime) -> None:
        """Come into an agent's hand (P5.1), who compares the person with this check."""
        self._move_to(Status.CONNECTING)
        self.agent_id, self.compared, self.started_at = agent_id, check, now

    def connect(self, *, now: datetime) -> VideoCallStarted:
        """Begin: agent and customer are with each other."""
        self._check_is(Status.CONNECTING)
        assert self.agent_id
        self._move_to(Status.IN_CALL)
        return self._started(self.agent_id, now)

    def come_back(self, *, now: datetime) -> VideoCallStarted:
        """Go on with the same agent after the line broke."""
        self._check_is(Status.DROPPED)
        assert self.agent_id
        self._move_to(Status.IN_CALL)
        self.dropped_at = None
        return self._started(self.agent_id, now)

    def examine(self, agent_id: UUID) -> None:
        """Allow challenges and photos while agent and customer talk (P5.1)."""
        self.check_in_hand(agent_id)
        self._check_is(Status.IN_CALL)

    def approve(
        self, agent_id: UUID, checklist: Checklist, proof: Proof, *, now: datetime
    ) -> VideoCallApproved:
        """Confirm that the person is who the record says (F5a.8 TH2)."""
        self.check_in_hand(agent_id)
        if missing := (*checklist.missing(), *proof.missing()):
            raise NotApprovable(missing)
        self._end(Status.APPROVED, now)
        check = self._named_check
        self.checklist = dict(vars(checklist))
        self.evidence_sha256 = proof.seal(self._decision(), checklist)
        return VideoCallApproved(
            occurred_at=now,
            hold_id=self.hold_id,
            call_id=self.id,
            agent_id=agent_id,
            approved_at=now,
            session_id=check.session_id if check else None,
            attempt=check.attempt if check else None,
        )

    def reject(
        self, agent_id: UUID, reason_code: str, *, earlier: int, limit: int, now: datetime
    ) -> VideoCallRejected:
        """Say no, and which step to repeat; the last no allowed leaves the store (F5a.8 TH1)."""
        self.check_in_hand(agent_id)
        self._end(Status.REJECTED, now)
        check = self._named_check
        left = max(0, limit - earlier - 1)
        repeat = REJECTIONS[reason_code] if left else "STORE"
        self.reason_code, self.repeat = reason_code, repeat
        self.attempts_left = 0 if repeat == "STORE" else left
        return VideoCallRejected(
            occurred_at=now,
            hold_id=self.hold_id,
            call_id=self.id,
            agent_id=agent_id,
            reason_code=reason_code,
            repeat=repeat,
            attempts_left=self.attempts_left,
            session_id=check.session_id if check else None,
            attempt=check.attempt if check else None,
        )

    def drop(self, agent_id: UUID, *, now: datetime) -> VideoCallDropped:
        """Note that the line broke; the agent waits for the customer a while (G26)."""
        self.check_in_hand(agent_id)
        self._move_to(Status.DROPPED)
        self.dropped_at = now
        return self._fact(VideoCallDropped, now)

    def cut_off(
        self,
        reason_code: str,
        *,
        now: datetime,
        place_kept_until: datetime | None = None,
        opens_at: datetime | None = None,
    ) -> VideoCallRetryNeeded:
        """End without a verdict: it counts nothing (G26)."""
        self._end(Status.RETRY_NEEDED, now)
        self.reason_code, self.repeat = reason_code, "CALL"
        self.place_kept_until = place_kept_until
        return self._fact(VideoCallRetryNeeded, now, reason_code=reason_code, opens_at=opens_at)

    def abandon(self, *, now: datetime) -> VideoCallAbandoned:
        """End because the customer left or did not come back, or the hold is gone."""
        self._end(Status.ABANDONED, now)
        return self._fact(VideoCallAbandoned, now)

    def keeps_place(self, *, now: datetime) -> bool:
        """Tell whether the customer's next call goes to the head of the queue."""
        return self.place_kept_until is not None and now < self.place_kept_until

    def revoke(self, manager_id: UUID, reason_code: str, *, now: datetime) -> VideoCallRevoked:
        """Take an approval back."""
        self._move_to(Status.REVOKED)
        self.revoked_by, self.reason_code, self.revoked_at = manager_id, reason_code, now
        return self._fact(VideoCallRevoked, now, revoked_by=manager_id, reason_code=reason_code)

    def check_in_hand(self, agent_id: UUID) -> None:
        """Refuse another agent's hands."""
        if self.agent_id != agent_id:
            raise NotYourCall(self.id, self.agent_id, self.started_at)

    def ended_by(self, agent_id: UUID, status: Status, reason_code: str) -> bool:
        """Tell whether an agent has said the same already."""
        return (self.agent_id, self.status, self.reason_code) == (agent_id, status, reason_code)

    def waits_for_customer(self, *, now: datetime, grace: timedelta) -> bool:
        """Tell whether the agent is still there for a customer whose line broke."""
        return self.dropped_at is not None and now < self.dropped_at + grace

    def _decision(self) -> dict[str, Any]:
        return {
            "call_id": str(self.id),
            "agent_id": str(self.agent_id),
            "check": self._named_check.as_text() if self._named_check else {},
            "decision": self.status.value,
            "decided_at": self.ended_at.isoformat() if self.ended_at else None,
        }

    @property
    def _named_check(self) -> Check | None:
        return self.compared if self.compared and self.compared.is_named else None

    def _fact(self, kind: type[Fact], now: datetime, **more: Any) -> Fact:
        of_call = {"occurred_at": now, "hold_id": self.hold_id, "call_id": self.id}
        return kind.model_validate(of_call | more)

    def _queued(self, now: datetime) -> VideoCallQueued:
        return self._fact(VideoCallQueued, now, region=self.region, team=self.team)

    def _started(self, agent_id: UUID, now: datetime) -> VideoCallStarted:
        return self._fact(VideoCallStarted, now, agent_id=agent_id)

    def _check_is(self, status: Status) -> None:
        if self.status is not status:
            raise CallMoved(self.id, self.status)

    def _end(self, status: Status, now: datetime) -> None:
        self._move_to(status)
        self.ended_at = now

    def _move_to(self, status: Status) -> None:
        if status not in NEXT[self.status]:
            raise CallMoved(self.id, self.status)
        self.status = status
