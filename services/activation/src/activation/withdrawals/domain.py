"""Withdrawals when a connection's ground is gone, and their answers (G18, G28, decision 0024)."""

from datetime import datetime
from typing import Final
from uuid import UUID

from activation.domain import Activation
from activation.stages import AT_MSALE, CONNECTED, Stage
from events import ActivationStopped, ActivationStopRefused

STOPPABLE: Final = (Stage.SUBMITTED, Stage.QUEUED, Stage.CONNECTING)
STOPPED: Final = "NOTHING_AT_MSALE"
UNDER_WAY: Final = "CONNECTION_UNDER_WAY"
DONE: Final = "ALREADY_CONNECTED"
Answer = ActivationStopped | ActivationStopRefused


def should_withdraw(activation: Activation) -> bool:
    """Tell whether a dossier at mSale has to be asked back, as long as it may still be given."""
    if activation.stage not in STOPPABLE or activation.too_late:
        return False
    return activation.decision != "REFUSE" and bool(activation.objections())


def cancel(activation: Activation, order_id: UUID, *, now: datetime) -> Answer | None:
    """Answer who wants to cancel the order; None: mSale has to be asked first (G18).

    Once an officer has decided, the cancelling comes too late.
    """
    if activation.stage in CONNECTED:
        return _refused(activation, order_id, DONE, now=now)
    if activation.stage is Stage.CONNECTING:
        return _refused(activation, order_id, UNDER_WAY, now=now)
    activation.cancel_order_id = order_id
    if activation.stage in AT_MSALE:
        return None
    activation.settle()
    return _stopped(activation, order_id, now=now)


def given_back(activation: Activation, *, now: datetime) -> ActivationStopped | None:
    """Note that nothing of this dossier is at mSale any more."""
    activation.unclaim()
    activation.stage = Stage.CLOSED if activation.gone else Stage.OPEN
    if activation.cancel_order_id is None:
        return None
    return _stopped(activation, activation.cancel_order_id, now=now)


def kept(activation: Activation, *, now: datetime) -> ActivationStopRefused | None:
    """Note that mSale had begun to connect: the result is taken as it comes, and looked at."""
    activation.move_to(Stage.CONNECTING)
    activation.too_late = True
    order_id, activation.cancel_order_id = activation.cancel_order_id, None
    return _refused(activation, order_id, UNDER_WAY, now=now) if order_id else None


def _stopped(activation: Activation, order_id: UUID, *, now: datetime) -> ActivationStopped:
    return ActivationStopped(
        occurred_at=now, hold_id=activation.hold_id, order_id=order_id, reason_code=STOPPED
    )


def _refused(
    activation: Activation, order_id: UUID, reason_code: str, *, now: datetime
) -> ActivationStopRefused:
    return ActivationStopRefused(
        occurred_at=now, hold_id=activation.hold_id, order_id=order_id, reason_code=reason_code
    )
