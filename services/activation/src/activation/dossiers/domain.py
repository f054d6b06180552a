"""What the customer does to the dossier: serial, signature, submission (F5a.9-10, F5b.8-9)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from activation.domain import BEFORE_SUBMISSION, Activation, ActivationClosed, NotReadyYet, Stage
from events import ActivationExpired, DossierSigned, DossierSubmitted
from events.ids import uuid7
from kit.errors import Invalid

CONSENTS: Final = frozenset({"CONTRACT", "IDENTITY_CHECK"})
"""Without these nobody may be connected; the others are the customer's choice."""


@dataclass(eq=False)
class SerialMismatch(Invalid):
    """This is not the serial of the SIM that was sent; compare it with the card and the parcel."""


@dataclass(eq=False)
class NotASignature(Invalid):
    """Draw the signature again: a PNG picture of at most 300 kB is needed."""


@dataclass(eq=False)
class ConsentMissing(Invalid):
    """The contract needs these consents; tick them or stop here."""

    missing: list[str]


def enter_serial(activation: Activation, serial: str) -> None:
    """Take the serial printed on the SIM; it must be the one that was packed (F5a.9, G37)."""
    activation.must_be(*BEFORE_SUBMISSION)
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


def sign(activation: Activation, sha256: str, *, now: datetime) -> DossierSigned:
    """Bind the customer to what the dossier says (F5a.9, F5b.8)."""
    may_sign(activation)
    activation.move_to(Stage.SIGNED)
    activation.dossier_id = uuid7()
    return DossierSigned(
        occurred_at=now,
        hold_id=activation.hold_id,
        dossier_id=activation.dossier_id,
        sha256=sha256,
        signed_at=now,
    )


def submit(activation: Activation, *, now: datetime) -> DossierSubmitted:
    """Send the dossier on its way to mSale (F5a.10, F5b.9)."""
    if activation.stage is not Stage.SIGNED or activation.dossier_id is None:
        raise NotReadyYet(["SIGNATURE"])
    if missing := activation.missing():
        raise NotReadyYet(missing)
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
