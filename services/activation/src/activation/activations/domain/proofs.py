"""The proofs a connection rests on: the newest identity check, and the newest call about it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from activation.activations.states import CallStatus, CheckStatus

UNHEARD: Final = -1
CHECKS: Final = {
    None: UNHEARD,
    CheckStatus.DRAFT: 0,
    CheckStatus.KYC_CHECKING: 1,
    CheckStatus.NEEDS_REVIEW: 2,
    CheckStatus.KYC_FAILED: 3,
    CheckStatus.KYC_PASSED: 3,
}
"""The progress of an attempt: the facts about it may be heard in any order."""

CALLS: Final = {
    None: UNHEARD,
    CallStatus.VIDEO_WAITING: 0,
    CallStatus.VIDEO_IN_CALL: 0,
    CallStatus.VIDEO_REJECTED: 1,
    CallStatus.VIDEO_APPROVED: 1,
    CallStatus.VIDEO_REVOKED: 2,
}
"""The progress of a call: no approval follows its own revocation."""


@dataclass(frozen=True)
class Check:
    """One attempt of one identity check, as kyc counts them over the whole hold."""

    session_id: UUID
    attempt: int


@dataclass(kw_only=True, eq=False)
class Proofs:
    """The words of kyc and of the call team: of the newest attempt, and of the newest call."""

    kyc_status: CheckStatus | None = None
    kyc_at: datetime | None = None
    kyc_session_id: UUID | None = None
    kyc_attempt: int | None = None
    call_status: CallStatus | None = None
    call_at: datetime | None = None
    call_id: UUID | None = None
    call_session_id: UUID | None = None
    call_attempt: int | None = None
    agent_id: UUID | None = None
    """The member of the call team who approved the newest call."""
    kyc_needed_after: datetime | None = None
    call_needed_after: datetime | None = None

    @property
    def check(self) -> Check | None:
        """The newest attempt that was heard of; a newer one makes all it replaces worthless."""
        if self.kyc_session_id is None or self.kyc_attempt is None:
            return None
        return Check(self.kyc_session_id, self.kyc_attempt)

    @property
    def called_about(self) -> Check | None:
        """The attempt the agent compared the person with; older approvals do not name it."""
        if self.call_session_id is None or self.call_attempt is None:
            return None
        return Check(self.call_session_id, self.call_attempt)

    def heard_kyc(self, status: CheckStatus, *, at: datetime, check: Check | None = None) -> None:
        """Remember the newest word about the newest attempt of the identity check."""
        attempt = check.attempt if check else 0
        known = (self.kyc_attempt or 0, CHECKS[self.kyc_status])
        heard = (attempt, CHECKS[status])
        if heard < known or (heard == known and self.kyc_at is not None and at < self.kyc_at):
            return
        self.kyc_status, self.kyc_at = status, at
        if check:
            self.kyc_session_id, self.kyc_attempt = check.session_id, check.attempt

    def heard_call(
        self,
        status: CallStatus,
        *,
        at: datetime,
        call_id: UUID,
        agent_id: UUID | None = None,
        check: Check | None = None,
    ) -> None:
        """Remember the newest word about the newest call; a revoked yes is none (decision 0024)."""
        if self._is_older(call_id, at):
            return
        if call_id != self.call_id:
            self.call_id, self.call_status, self.call_at = call_id, None, None
            self.call_session_id = self.call_attempt = self.agent_id = None
        self.agent_id = agent_id or self.agent_id
        if check:
            self.call_session_id, self.call_attempt = check.session_id, check.attempt
        known, heard = CALLS[self.call_status], CALLS[status]
        if heard > known or (heard == known and (self.call_at is None or at >= self.call_at)):
            self.call_status, self.call_at = status, at

    def _is_older(self, call_id: UUID, at: datetime) -> bool:
        if self.call_id is None:  # what was heard before calls were told apart goes by time
            return self.call_at is not None and at < self.call_at
        return call_id < self.call_id

    @property
    def checked(self) -> bool:
        """Whether the newest attempt passed, after whatever a refusal asked for."""
        return self.kyc_status is CheckStatus.KYC_PASSED and _after(
            self.kyc_at, self.kyc_needed_after
        )

    @property
    def approved(self) -> bool:
        """Whether the newest call was approved, and was about the newest attempt."""
        is_approved = self.call_status is CallStatus.VIDEO_APPROVED
        if not is_approved or not _after(self.call_at, self.call_needed_after):
            return False
        if self.called_about is None:
            # An approval from before the fact named its check: the one that had passed by then.
            return self.kyc_at is None or not _after(self.kyc_at, self.call_at)
        return self.called_about == self.check


def _after(at: datetime | None, floor: datetime | None) -> bool:
    return floor is None or (at is not None and at > floor)
