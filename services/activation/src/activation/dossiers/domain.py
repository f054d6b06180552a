"""What the customer does to the dossier: serial, signature, submission (F5a.9-10, F5b.8-9)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from activation.domain import Activation
from activation.stages import (
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

CONSENTS: Final = frozenset({"CONTRACT", "IDENTITY_CHECK"})
"""Without these nobody may be connected; the others are the customer's choice."""


@dataclass(eq=False)
class SerialMismatch(Invalid):
    """This is not the serial of the SIM that was sent; compare it with the card and the parcel."""


@dataclass(eq=False)
class ConsentMissing(Invalid):
    """The contract needs these consents; tick them or stop here."""

    missing: list[str]


@dataclass(eq=False)
class DeclarationOutdated(Conflict):
    """This form is not what was checked and approved; read the form again, and sign that."""

    differs: list[str]


class WrongSlip(NoSuchActivation):
    """The slip that was presented belongs to another activation."""


def enter_serial(activation: Activation, serial: str) -> None:
    """Take the serial printed on the SIM; it must be the one that was packed (F5a.9, G37)."""
    activation.must_be(*UNSIGNED)
    if activation.sim != "PHYSICAL" or not activation.expected_serial:
        raise NotReadyYet(["SIM_RECEIVED"])
    if serial != activation.expected_serial:
        raise SerialMismatch
    activation.sim_serial = serial


def may_sign(activation: Activation) -> None:
    """Refuse a signature under a dossier that is not complete."""
    activation.must_be(*BEFORE_SUBMISSION)
    if activation.stage is Stage.REFUSED and activation.repeat == "STORE":
        raise ActivationClosed(activation.hold_id, activation.stage)
    if missing := activation.missing():
        raise NotReadyYet(missing)


def check_declaration(activation: Activation, declaration: dict[str, Any]) -> None:
    """Refuse every form but that of the attempt that passed and that the agent approved."""
    if declaration["hold_id"] != str(activation.hold_id):
        raise WrongSlip
    attempt = declaration.get("attempt")
    if isinstance(attempt, int) and attempt > (activation.kyc_attempt or 0):
        raise NotReadyYet(["KYC"])  # the form is of an attempt whose news is on its way
    bound = activation.binding()
    differs = [name for name in ("session_id", "attempt") if declaration.get(name) != bound[name]]
    also = [name for name in ("customer_id", "number_id", "sim") if declaration.get(name)]
    differs += [name for name in also if declaration[name] != bound[name]]
    if differs:
        raise DeclarationOutdated(differs)


def sign(activation: Activation, sha256: str, *, now: datetime) -> DossierSigned:
    """Bind the customer to what the dossier says (F5a.9, F5b.8)."""
    may_sign(activation)
    activation.move_to(Stage.SIGNED)
    activation.dossier_id = uuid7()
    activation.signed_for = activation.binding()
    return DossierSigned(
        occurred_at=now,
        hold_id=activation.hold_id,
        dossier_id=activation.dossier_id,
        sha256=sha256,
        signed_at=now,
        session_id=activation.kyc_session_id,
        attempt=activation.kyc_attempt,
        call_id=activation.call_id,
    )


def submit(activation: Activation, *, now: datetime) -> DossierSubmitted:
    """Send the dossier on its way to mSale (F5a.10, F5b.9)."""
    if activation.stage is not Stage.SIGNED or activation.dossier_id is None:
        raise NotReadyYet(["SIGNATURE"])
    return send(activation, now=now)


def send(activation: Activation, *, now: datetime) -> DossierSubmitted:
    """Begin a submission of what was signed, if all it is bound to is still so."""
    if against := activation.objections():
        raise NotReadyYet(against)
    assert activation.dossier_id
    activation.move_to(Stage.SUBMITTED)
    activation.begin_submission()
    return DossierSubmitted(
        occurred_at=now,
        hold_id=activation.hold_id,
        dossier_id=activation.dossier_id,
        submission=activation.submission,
    )


def expire(activation: Activation, *, now: datetime) -> ActivationExpired:
    """Give up: the deadline passed (G39)."""
    activation.move_to(Stage.EXPIRED)
    return ActivationExpired(occurred_at=now, hold_id=activation.hold_id)


def remind(activation: Activation, allowed: timedelta, *, now: datetime) -> ActivationEnding:
    """Note that the deadline is near, and that its customer is told so once (G39)."""
    ends_at = activation.deadline(allowed)
    assert ends_at, "a clock that never started is near no end"
    activation.reminded_at = now
    return ActivationEnding(occurred_at=now, hold_id=activation.hold_id, ends_at=ends_at)
