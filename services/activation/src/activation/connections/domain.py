"""What the connection team decides and mSale reports (P4.1, P6.1, P4.2, F5a.11-F5a.18)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from activation.domain import Activation
from activation.stages import ActivationClosed, NotReadyYet, Stage
from events import (
    ConnectionCompleted,
    ConnectionConfirmed,
    ConnectionDelayed,
    ConnectionQueued,
    ConnectionRejected,
    Event,
    PromotionGranted,
    Region,
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
"""Which step a refusal sends the customer back to. Any other reason is the operator's own trouble:
the customer can do nothing about it, and need not."""

SEEN_AGAIN: Final = ("EDIT", "PHOTO", "CALL")
"""Steps after which the call team must see the customer again."""


@dataclass(eq=False)
class ApproverMayNotDecide(Refused):
    """Whoever approved the call may not decide about the connection: leave it to a colleague."""


@dataclass(eq=False)
class ClaimedByAnother(Conflict):
    """A colleague is working on this dossier; take another one."""


@dataclass(eq=False)
class ClaimItFirst(Conflict):
    """Claim the dossier before you decide about it."""


@dataclass(frozen=True)
class Officer:
    """A member of the connection team, and whose dossiers they may see."""

    id: UUID
    regions: frozenset[Region]

    def covers(self, region: Region | None) -> bool:
        """Tell whether a dossier of this region is theirs to see; head office sees all."""
        return not self.regions or region in self.regions


def queue(activation: Activation, connection_id: UUID, *, now: datetime) -> ConnectionQueued:
    """Note that mSale took the dossier into its queue (P4.1)."""
    activation.move_to(Stage.QUEUED)
    activation.connection_id = connection_id
    return ConnectionQueued(
        occurred_at=now, hold_id=activation.hold_id, connection_id=connection_id
    )


def claim(activation: Activation, officer_id: UUID, *, good_for: timedelta, now: datetime) -> None:
    """Put the dossier on one officer's desk; the call's approver is refused (G28).

    A claim that nobody acted on in time is anybody's again.
    """
    activation.must_be(Stage.QUEUED, Stage.DELAYED)
    if officer_id == activation.agent_id:
        raise ApproverMayNotDecide
    since = activation.claimed_at
    lasts = since is None or since + good_for > now
    if activation.claimed_by not in (None, officer_id) and lasts:
        raise ClaimedByAnother
    activation.claimed_by, activation.claimed_at = officer_id, now


def release(activation: Activation, officer_id: UUID) -> None:
    """Put the dossier back for the colleagues."""
    if activation.claimed_by not in (None, officer_id):
        raise ClaimedByAnother
    activation.unclaim()


def take_over(activation: Activation, supervisor_id: UUID, *, now: datetime) -> None:
    """Put a colleague's dossier on a supervisor's desk."""
    activation.unclaim()
    claim(activation, supervisor_id, good_for=timedelta(), now=now)


def confirm(activation: Activation, officer_id: UUID, *, now: datetime) -> ConnectionConfirmed:
    """Permit the connection (P6.1): all that was signed for must still hold (LAW08)."""
    activation.must_be(Stage.QUEUED)
    _decide(activation, officer_id, "CONFIRM")
    if against := activation.objections():
        raise NotReadyYet(against)
    activation.move_to(Stage.CONNECTING)
    assert activation.connection_id
    return ConnectionConfirmed(
        occurred_at=now,
        hold_id=activation.hold_id,
        connection_id=activation.connection_id,
        officer_id=officer_id,
    )


def refuse(activation: Activation, officer_id: UUID, reason_code: str, reason_text: str) -> None:
    """Refuse the connection with a reason; it is a fact when mSale has taken note of it."""
    activation.must_be(Stage.QUEUED)
    _decide(activation, officer_id, "REFUSE")
    activation.move_to(Stage.CONNECTING)
    activation.reason_code, activation.reason_text = reason_code, reason_text


def refuse_delayed(
    activation: Activation,
    officer_id: UUID,
    reason_code: str,
    reason_text: str,
    *,
    now: datetime,
) -> ConnectionRejected:
    """Refuse what mSale has refused before: the trouble was not the operator's after all."""
    activation.must_be(Stage.DELAYED)
    _decide(activation, officer_id, "REFUSE")
    return reject(activation, reason_code, reason_text, now=now)


def _decide(activation: Activation, officer_id: UUID, decision: str) -> None:
    if officer_id == activation.agent_id:
        raise ApproverMayNotDecide
    if activation.claimed_by != officer_id:
        raise ClaimedByAnother if activation.claimed_by else ClaimItFirst
    activation.decided_by, activation.decision = officer_id, decision


def delay(activation: Activation, reason_code: str, *, now: datetime) -> ConnectionDelayed:
    """Note a refusal for the operator's own trouble: the desk will send the dossier again."""
    activation.move_to(Stage.DELAYED)
    activation.unclaim()
    return ConnectionDelayed(
        occurred_at=now,
        hold_id=activation.hold_id,
        connection_id=activation.asked_as,
        reason_code=reason_code,
    )


def connected(
    activation: Activation, officer_id: UUID, *, at: datetime, now: datetime
) -> list[Event]:
    """Note mSale's word that the subscriber is connected (F5a.13 TH1, F5b.12 TH1)."""
    # An eSIM that is connected and not to be installed yet: its code is still to come.
    is_card = activation.sim == "PHYSICAL"
    activation.move_to(Stage.ACTIVATED if is_card else Stage.ESIM_INSTALL_FAILED)
    activation.connected_at = at
    assert activation.connection_id
    facts: list[Event] = [
        ConnectionCompleted(
            occurred_at=now,
            hold_id=activation.hold_id,
            number_id=activation.number_id,
            connection_id=activation.connection_id,
            officer_id=officer_id,
            connected_at=at,
        )
    ]
    if activation.promotion_code and activation.package_code:
        facts.append(
            PromotionGranted(
                occurred_at=now,
                hold_id=activation.hold_id,
                promotion_code=activation.promotion_code,
                package_code=activation.package_code,
            )
        )
    return facts


def reject(
    activation: Activation, reason_code: str, reason_text: str | None, *, now: datetime
) -> ConnectionRejected:
    """Note the refusal and reopen the step it names, keeping what is still valid (G32)."""
    activation.move_to(Stage.REFUSED)
    activation.reason_code = reason_code
    activation.reason_text = reason_text or activation.reason_text
    return _send_back(activation, reason_code, REPEAT[reason_code], now=now)


def reopen(
    activation: Activation, repeat: RepeatStep, reason_text: str, *, now: datetime
) -> ConnectionRejected:
    """Name another step to repeat than the store, by a supervisor's decision."""
    activation.must_be(Stage.REFUSED)
    if activation.repeat != "STORE":
        raise ActivationClosed(activation.hold_id, activation.stage)
    activation.reason_text = reason_text
    assert activation.reason_code
    return _send_back(activation, activation.reason_code, repeat, now=now)


def _send_back(
    activation: Activation, reason_code: str, repeat: RepeatStep, *, now: datetime
) -> ConnectionRejected:
    activation.repeat = repeat
    if repeat in ("EDIT", "PHOTO"):
        activation.kyc_needed_after = now
    if repeat in SEEN_AGAIN:
        activation.call_needed_after = now
    if repeat == "SERIAL":
        activation.sim_serial = None
    return ConnectionRejected(
        occurred_at=now,
        hold_id=activation.hold_id,
        connection_id=activation.asked_as,
        reason_code=reason_code,
        repeat=repeat,
    )
