"""The decision of the connection team, and mSale's report (P4.1, P6.1, P4.2, F5a.11-F5a.18)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from activation.activations.domain.journey import Journey
from activation.activations.states import ActivationClosed, Decision, NotReadyYet, Stage
from events import (
    ConnectionCompleted,
    ConnectionConfirmed,
    ConnectionDelayed,
    ConnectionQueued,
    ConnectionRejected,
    Event,
    PromotionGranted,
    RepeatStep,
)
from kit.errors import Conflict, Refused

UNDONE: Final = "CONNECTION_UNDONE"

REPEAT: Final[dict[str, RepeatStep]] = {
    "DATA_MISMATCH": "EDIT",
    "PHOTO_UNCLEAR": "PHOTO",
    "CALL_INSUFFICIENT": "CALL",
    "SERIAL_MISMATCH": "SERIAL",
    "SIGNATURE_INVALID": "SIGN",
    "ID_QUOTA_EXCEEDED": "STORE",
    "FRAUD_SUSPECTED": "STORE",
    UNDONE: "SIGN",
}
"""The step to which a refusal sends the customer back. Any other reason is the operator's own
trouble: the customer can do nothing about it, and need not."""

SEEN_AGAIN: Final = ("EDIT", "PHOTO", "CALL")
"""Steps after which the call team must see the customer again."""


@dataclass(eq=False)
class ApproverMayNotDecide(Refused):
    """The call's approver may not decide about the connection: leave it to a colleague."""


@dataclass(eq=False)
class ClaimedByAnother(Conflict):
    """A colleague is working on this dossier; take another one."""

    claimed_by: UUID
    claimed_at: datetime | None


@dataclass(eq=False)
class DecidedAlready(Conflict):
    """A colleague has decided about this dossier; there is nothing left to decide."""

    decision: Decision
    decided_by: UUID | None
    decided_at: datetime | None


@dataclass(eq=False)
class ClaimItFirst(Conflict):
    """Claim the dossier before you decide about it."""


@dataclass(kw_only=True, eq=False)
class Connecting(Journey):
    """The steps from mSale's queue through an officer's decision to the network."""

    def queue(self, connection_id: UUID, *, now: datetime) -> ConnectionQueued:
        """Note that mSale took the dossier into its queue (P4.1)."""
        self.move_to(Stage.QUEUED)
        self.connection_id, self.waiting_since = connection_id, now
        return ConnectionQueued(occurred_at=now, hold_id=self.hold_id, connection_id=connection_id)

    def claim(self, officer_id: UUID, *, good_for: timedelta, now: datetime) -> None:
        """Put the dossier on one officer's desk; the call's approver is refused (G28).

        A claim that nobody acted on in time is anybody's again.
        """
        self._must_wait(Stage.QUEUED, Stage.DELAYED)
        if officer_id == self.agent_id:
            raise ApproverMayNotDecide
        lasts = self.claimed_at is None or self.claimed_at + good_for > now
        if self.claimed_by not in (None, officer_id) and lasts:
            raise self._claimed()
        self.claimed_by, self.claimed_at = officer_id, now

    def release(self, officer_id: UUID) -> None:
        """Put the dossier back for the colleagues."""
        if self.claimed_by not in (None, officer_id):
            raise self._claimed()
        self.unclaim()

    def take_over(self, supervisor_id: UUID, *, now: datetime) -> None:
        """Put a colleague's dossier on a supervisor's desk."""
        self.unclaim()
        self.claim(supervisor_id, good_for=timedelta(), now=now)

    def confirm(self, officer_id: UUID, *, now: datetime) -> ConnectionConfirmed:
        """Permit the connection (P6.1): all that was signed for must still hold (LAW08)."""
        self._must_wait(Stage.QUEUED)
        self._decide(officer_id, Decision.CONFIRM, now=now)
        if objections := self.objections():
            raise NotReadyYet(objections)
        self.move_to(Stage.CONNECTING)
        assert self.connection_id
        return ConnectionConfirmed(
            occurred_at=now,
            hold_id=self.hold_id,
            connection_id=self.connection_id,
            officer_id=officer_id,
        )

    def refuse(
        self, officer_id: UUID, reason_code: str, reason_text: str, *, now: datetime
    ) -> None:
        """Refuse the connection with a reason; it is a fact when mSale has taken note of it."""
        self._must_wait(Stage.QUEUED)
        self._decide(officer_id, Decision.REFUSE, now=now)
        self.move_to(Stage.CONNECTING)
        self.reason_code, self.reason_text = reason_code, reason_text

    def refuse_delayed(
        self, officer_id: UUID, reason_code: str, reason_text: str, *, now: datetime
    ) -> ConnectionRejected:
        """Refuse a dossier that mSale refused before: the trouble was not the operator's."""
        self._must_wait(Stage.DELAYED)
        self._decide(officer_id, Decision.REFUSE, now=now)
        return self.reject(reason_code, reason_text, now=now)

    def was_decided(self, officer_id: UUID, decision: Decision) -> bool:
        """Tell a repeated request, whose answer was lost, from a new decision."""
        return (self.decided_by, self.decision) == (officer_id, decision)

    def _must_wait(self, *stages: Stage) -> None:
        if self.decision and self.stage not in stages:
            raise DecidedAlready(self.decision, self.decided_by, self.decided_at)
        self.must_be(*stages)

    def _claimed(self) -> ClaimedByAnother:
        assert self.claimed_by
        return ClaimedByAnother(self.claimed_by, self.claimed_at)

    def _decide(self, officer_id: UUID, decision: Decision, *, now: datetime) -> None:
        if officer_id == self.agent_id:
            raise ApproverMayNotDecide
        if self.claimed_by != officer_id:
            raise self._claimed() if self.claimed_by else ClaimItFirst
        self.decided_by, self.decision, self.decided_at = officer_id, decision, now

    def delay(self, reason_code: str, *, now: datetime) -> ConnectionDelayed:
        """Note a refusal for the operator's own trouble: the desk will send the dossier again."""
        self.move_to(Stage.DELAYED)
        self.waiting_since = now
        self.unclaim()
        return ConnectionDelayed(
            occurred_at=now,
            hold_id=self.hold_id,
            connection_id=self.asked_as,
            reason_code=reason_code,
        )

    def connected(self, officer_id: UUID, *, at: datetime, now: datetime) -> list[Event]:
        """Note mSale's word that the subscriber is connected (F5a.13 TH1, F5b.12 TH1)."""
        # An eSIM that is connected and not to be installed yet: its code is still to come.
        is_card = self.sim == "PHYSICAL"
        self.move_to(Stage.ACTIVATED if is_card else Stage.ESIM_INSTALL_FAILED)
        self.connected_at = at
        assert self.connection_id
        facts: list[Event] = [
            ConnectionCompleted(
                occurred_at=now,
                hold_id=self.hold_id,
                number_id=self.number_id,
                connection_id=self.connection_id,
                officer_id=officer_id,
                connected_at=at,
            )
        ]
        if self.promotion_code and self.package_code:
            facts.append(
                PromotionGranted(
                    occurred_at=now,
                    hold_id=self.hold_id,
                    promotion_code=self.promotion_code,
                    package_code=self.package_code,
                )
            )
        return facts

    def reject(
        self, reason_code: str, reason_text: str | None, *, now: datetime
    ) -> ConnectionRejected:
        """Note the refusal and reopen the step it names, keeping what is still valid (G32)."""
        self.move_to(Stage.REFUSED)
        self.reason_code = reason_code
        self.reason_text = reason_text or self.reason_text
        return self._send_back(reason_code, REPEAT[reason_code], now=now)

    def reopen(self, repeat: RepeatStep, reason_text: str, *, now: datetime) -> ConnectionRejected:
        """Name another step to repeat than the store, by a supervisor's decision."""
        self.must_be(Stage.REFUSED)
        if self.repeat != "STORE":
            raise ActivationClosed(self.hold_id, self.stage)
        self.reason_text = reason_text
        assert self.reason_code
        return self._send_back(self.reason_code, repeat, now=now)

    def _send_back(
        self, reason_code: str, repeat: RepeatStep, *, now: datetime
    ) -> ConnectionRejected:
        self.repeat = repeat
        if repeat in ("EDIT", "PHOTO"):
            self.kyc_needed_after = now
        if repeat in SEEN_AGAIN:
            self.call_needed_after = now
        if repeat == "SERIAL":
            self.sim_serial = None
        return ConnectionRejected(
            occurred_at=now,
            hold_id=self.hold_id,
            connection_id=self.asked_as,
            reason_code=reason_code,
            repeat=repeat,
        )
