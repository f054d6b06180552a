"""The record of one subscriber's way to the network, and the rules that all its steps share."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from activation.activations.domain.proofs import Proofs
from activation.activations.states import CONNECTED, NEXT, ActivationClosed, Decision, Stage
from events import Region, RepeatStep, SimKind
from events.facts.hold_facts import HoldFacts
from events.ids import uuid7

Binding = dict[str, Any]
"""The facts that a signature is bound to, by name."""


@dataclass(kw_only=True, eq=False)
class Journey(Proofs, HoldFacts):
    """A hold on its way to the network, without its steps: each of them is a class of its own.

    The words of other services are kept as the newest fact of each kind, so that their events may
    come twice, late, and in any order.
    """

    sim: SimKind
    number_id: UUID
    stage: Stage = Stage.OPEN
    region: Region | None = None
    package_code: str | None = None
    promotion_code: str | None = None
    received_at: datetime | None = None
    expected_serial: str | None = None
    cancel_order_id: UUID | None = None
    """The order that shall be cancelled, from the asking until we refuse."""
    sim_serial: str | None = None
    sim_photo_sha256: str | None = None
    dossier_id: UUID | None = None
    signed_for: Binding | None = None
    """The facts that the newest signature is bound to."""
    submission: int = 0
    request_id: UUID | None = None
    connection_id: UUID | None = None
    too_late: bool = False
    """mSale would not give the dossier back any more."""
    waiting_since: datetime | None = None
    """Since when the dossier waits for the desk: in mSale's queue, or because of a trouble."""
    claimed_by: UUID | None = None
    claimed_at: datetime | None = None
    decided_by: UUID | None = None
    decision: Decision | None = None
    decided_at: datetime | None = None
    stands_by: UUID | None = None
    """The person who decided about a case that its connection stands although a rule was broken."""
    reason_code: str | None = None
    reason_text: str | None = None
    repeat: RepeatStep | None = None
    connected_at: datetime | None = None
    reminded_at: datetime | None = None
    profile_id: UUID | None = None
    reissues: int = 0
    incident: str | None = None
    """The newest incident that nobody has closed yet."""
    id: UUID = field(default_factory=uuid7)

    def received(self, at: datetime, *, said_at: datetime) -> None:
        """Remember when the customer got the SIM; never later than when it was said."""
        self.received_at = self.received_at or min(at, said_at)

    def missing(self) -> list[str]:
        """Say which earlier steps are not done, in the order the customer meets them."""
        return [step for step, done in self._steps() if not done]

    def _steps(self) -> list[tuple[str, bool]]:
        has_card = self.sim == "PHYSICAL"
        serial = self.sim_serial is not None and self.sim_serial == self.expected_serial
        return [
            ("CONFIRMED_ORDER", self.confirmed_at is not None),
            ("SIM_RECEIVED", not has_card or self.received_at is not None),
            ("KYC", self.checked),
            ("VIDEO_CALL", self.approved),
            ("SIM_SERIAL", not has_card or serial),
        ]

    def binding(self) -> Binding:
        """Return the facts a signature given now is bound to; all must still be so later."""
        return {
            "customer_id": _text(self.customer_id),
            "number_id": _text(self.number_id),
            "sim": self.sim,
            "sim_serial": self.sim_serial,
            "sim_photo_sha256": self.sim_photo_sha256,
            "promotion_code": self.promotion_code,
            "package_code": self.package_code,
            "session_id": _text(self.kyc_session_id),
            "attempt": self.kyc_attempt,
            "call_id": _text(self.call_id),
        }

    @property
    def gone(self) -> bool:
        """Whether there is nothing to connect any more, or shall not be."""
        return self.closed or self.cancel_order_id is not None

    def objections(self) -> list[str]:
        """Name the objections, by all that is known now, to connecting what was signed."""
        gone = ["ORDER"] if self.gone else []
        stale = [] if self.signed_for == self.binding() else ["SIGNATURE"]
        return gone + self.missing() + stale

    def begin_submission(self) -> None:
        """Start anew with mSale: what an earlier submission came to is history."""
        self.submission += 1
        self.request_id, self.connection_id, self.too_late = uuid7(), None, False
        self.unclaim()
        self.decided_by = self.decision = self.decided_at = self.repeat = self.stands_by = None
        self.reason_code = self.reason_text = self.waiting_since = None

    @property
    def asked_as(self) -> UUID:
        """The name of the newest request to mSale: mSale's, or ours if it was never taken in."""
        name = self.connection_id or self.request_id
        assert name, "nothing was ever sent to mSale"
        return name

    def unclaim(self) -> None:
        """Put the dossier back for anybody of the team."""
        self.claimed_by = self.claimed_at = None

    def settle(self) -> None:
        """Let what is not at mSale follow the news: end with its hold, begin again with it.

        A signature under what has changed since is worth nothing: its customer signs again.
        """
        may_close = Stage.CLOSED in NEXT[self.stage] and self.stage is not Stage.WITHDRAWING
        is_stale = self.stage in (Stage.SIGNED, Stage.DELAYED) and bool(self.objections())
        is_revived = self.stage is Stage.CLOSED and not self.gone
        if self.gone and may_close:
            self.stage = Stage.CLOSED
        elif is_revived and self.repeat:
            self.stage = Stage.REFUSED  # what was refused is refused still
        elif is_stale or is_revived:
            self.stage = Stage.OPEN

    def deadline(self, allowed: timedelta) -> datetime | None:
        """Return until when the customer may activate; the clock starts with SIM or payment."""
        if self.confirmed_at is None:
            return None
        if self.sim == "ESIM":
            return self.confirmed_at + allowed
        # Nobody receives what is not sold yet, whatever the courier's clock says.
        return max(self.received_at, self.confirmed_at) + allowed if self.received_at else None

    @property
    def is_connected(self) -> bool:
        """Whether the subscriber is in the network, and has been told so."""
        return self.stage in CONNECTED

    def must_be(self, *stages: Stage) -> None:
        """Raise `ActivationClosed` in any other stage than these."""
        if self.stage not in stages:
            raise ActivationClosed(self.hold_id, self.stage)

    def move_to(self, stage: Stage) -> None:
        """Go on to the next stage, if there is such a way."""
        if stage not in NEXT[self.stage]:
            raise ActivationClosed(self.hold_id, self.stage)
        self.stage = stage


def _text(value: UUID | None) -> str | None:
    return str(value) if value else None
