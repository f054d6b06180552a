"""The customer's steps of an activation: serial, signature, submission (F5a.9-10, F5b.8-9)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from activation.activations.domain.journey import Journey
from activation.activations.states import (
    BEFORE_SUBMISSION,
    UNSIGNED,
    ActivationClosed,
    NoSuchActivation,
    NotReadyYet,
    Stage,
)
from events import ActivationEnding, ActivationExpired, DossierSigned, DossierSubmitted
from events.ids import uuid7
from kit.errors import Conflict, Invalid


@dataclass(eq=False)
class SerialMismatch(Invalid):
    """This is not the serial of the SIM that was sent; compare it with the card and the parcel."""


@dataclass(eq=False)
class DeclarationOutdated(Conflict):
    """This form is not what was checked and approved; read the form again, and sign that."""

    differs: list[str]


class WrongSlip(NoSuchActivation):
    """The slip that was presented belongs to another activation."""


@dataclass(kw_only=True, eq=False)
class Signing(Journey):
    """The steps from the SIM's serial to the submission of the signed dossier."""

    def enter_serial(self, serial: str) -> None:
        """Take the serial printed on the SIM; it must be the one that was packed (F5a.9, G37)."""
        self.must_be(*UNSIGNED)
        if self.sim != "PHYSICAL" or not self.expected_serial:
            raise NotReadyYet(["SIM_RECEIVED"])
        if serial != self.expected_serial:
            raise SerialMismatch
        self.sim_serial = serial

    def may_sign(self) -> None:
        """Refuse a signature under a dossier that is not complete."""
        self.must_be(*BEFORE_SUBMISSION)
        if self.stage is Stage.REFUSED and self.repeat == "STORE":
            raise ActivationClosed(self.hold_id, self.stage)
        if missing := self.missing():
            raise NotReadyYet(missing)

    def check_declaration(self, declaration: dict[str, Any]) -> None:
        """Refuse every form but that of the attempt that passed and that the agent approved."""
        if declaration["hold_id"] != str(self.hold_id):
            raise WrongSlip
        attempt = declaration.get("attempt")
        if isinstance(attempt, int) and attempt > (self.kyc_attempt or 0):
            raise NotReadyYet(["KYC"])  # the form is of an attempt whose news is on its way
        bound = self.binding()
        always = ["session_id", "attempt"]
        stated = [name for name in ("customer_id", "number_id", "sim") if declaration.get(name)]
        differs = [name for name in always + stated if declaration.get(name) != bound[name]]
        if differs:
            raise DeclarationOutdated(differs)

    def sign(self, sha256: str, *, now: datetime) -> DossierSigned:
        """Bind the customer to the dossier with this hash (F5a.9, F5b.8)."""
        self.may_sign()
        self.move_to(Stage.SIGNED)
        self.dossier_id = uuid7()
        self.signed_for = self.binding()
        return DossierSigned(
            occurred_at=now,
            hold_id=self.hold_id,
            dossier_id=self.dossier_id,
            sha256=sha256,
            signed_at=now,
            session_id=self.kyc_session_id,
            attempt=self.kyc_attempt,
            call_id=self.call_id,
        )

    def submit(self, *, now: datetime) -> DossierSubmitted:
        """Send the dossier on its way to mSale (F5a.10, F5b.9)."""
        if self.stage is not Stage.SIGNED:
            raise NotReadyYet(["SIGNATURE"])
        return self.send(now=now)

    def send(self, *, now: datetime) -> DossierSubmitted:
        """Begin a submission of the signed dossier, if all it is bound to is still so."""
        if objections := self.objections():
            raise NotReadyYet(objections)
        assert self.dossier_id, "a signature always has its dossier"
        self.move_to(Stage.SUBMITTED)
        self.begin_submission()
        return DossierSubmitted(
            occurred_at=now,
            hold_id=self.hold_id,
            dossier_id=self.dossier_id,
            submission=self.submission,
        )

    def expire(self, *, now: datetime) -> ActivationExpired:
        """Give up: the deadline passed (G39)."""
        self.move_to(Stage.EXPIRED)
        return ActivationExpired(occurred_at=now, hold_id=self.hold_id)

    def remind(self, allowed: timedelta, *, now: datetime) -> ActivationEnding:
        """Note that the deadline is near, and that its customer is told so once (G39)."""
        ends_at = self.deadline(allowed)
        assert ends_at, "a clock that never started is near no end"
        self.reminded_at = now
        return ActivationEnding(occurred_at=now, hold_id=self.hold_id, ends_at=ends_at)
