"""Withdrawals when a connection's ground is gone, and their answers (G18, G28, decision 0024)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from activation.activations.domain.journey import Journey
from activation.activations.states import AT_MSALE, CONNECTED, Decision, Stage
from events import ActivationStopped, ActivationStopRefused

STOPPABLE: Final = (Stage.SUBMITTED, Stage.QUEUED, Stage.CONNECTING)
STOPPED: Final = "NOTHING_AT_MSALE"
UNDER_WAY: Final = "CONNECTION_UNDER_WAY"
DONE: Final = "ALREADY_CONNECTED"
Answer = ActivationStopped | ActivationStopRefused


@dataclass(kw_only=True, eq=False)
class Withdrawing(Journey):
    """The ways out of a connection that has not been made yet."""

    @property
    def should_be_withdrawn(self) -> bool:
        """Whether a dossier at mSale has to be asked back, as long as it may still be given."""
        if self.stage not in STOPPABLE or self.too_late:
            return False
        return self.decision is not Decision.REFUSE and bool(self.objections())

    def cancel(self, order_id: UUID, *, now: datetime) -> Answer | None:
        """Answer an order that wants to be cancelled; None: mSale has to be asked first (G18).

        Once an officer has decided, the cancelling comes too late.
        """
        if self.stage in CONNECTED:
            return self._refused(order_id, DONE, now=now)
        if self.stage is Stage.CONNECTING:
            return self._refused(order_id, UNDER_WAY, now=now)
        self.cancel_order_id = order_id
        if self.stage in AT_MSALE:
            return None
        self.settle()
        return self._stopped(order_id, now=now)

    def given_back(self, *, now: datetime) -> ActivationStopped | None:
        """Note that nothing of this dossier is at mSale any more."""
        self.unclaim()
        self.stage = Stage.CLOSED if self.gone else Stage.OPEN
        if self.cancel_order_id is None:
            return None
        return self._stopped(self.cancel_order_id, now=now)

    def kept(self, *, now: datetime) -> ActivationStopRefused | None:
        """Note that mSale had begun to connect: the result is taken as it comes, and looked at."""
        self.move_to(Stage.CONNECTING)
        self.too_late = True
        order_id, self.cancel_order_id = self.cancel_order_id, None
        return self._refused(order_id, UNDER_WAY, now=now) if order_id else None

    def _stopped(self, order_id: UUID, *, now: datetime) -> ActivationStopped:
        return ActivationStopped(
            occurred_at=now, hold_id=self.hold_id, order_id=order_id, reason_code=STOPPED
        )

    def _refused(self, order_id: UUID, reason_code: str, *, now: datetime) -> ActivationStopRefused:
        return ActivationStopRefused(
            occurred_at=now, hold_id=self.hold_id, order_id=order_id, reason_code=reason_code
        )
