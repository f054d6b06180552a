"""What the activation service states."""

from typing import Literal
from uuid import UUID

from pydantic import AwareDatetime, PositiveInt

from events.base import Event
from events.vocabulary import ReasonCode, RepeatStep


class DossierSigned(Event):
    """The customer signed the subscriber dossier (F5a.9, F5b.8)."""

    hold_id: UUID
    dossier_id: UUID
    sha256: str
    signed_at: AwareDatetime


class DossierSubmitted(Event):
    """The customer pressed "send activation information" (F5a.10, F5b.9)."""

    hold_id: UUID
    dossier_id: UUID
    submission: PositiveInt


class ConnectionQueued(Event):
    """mSale took the dossier into its connection queue (P4.1)."""

    hold_id: UUID
    connection_id: UUID


class ConnectionConfirmed(Event):
    """An officer of the connection team confirmed the dossier (P6.1)."""

    hold_id: UUID
    connection_id: UUID
    officer_id: UUID


class ConnectionCompleted(Event):
    """The subscriber is connected and in the billing system (P4.2, F5a.13 TH1, F5b.12 TH1)."""

    hold_id: UUID
    number_id: UUID
    connection_id: UUID
    officer_id: UUID
    connected_at: AwareDatetime


class ConnectionRejected(Event):
    """The connection was refused, with the step to repeat (F5a.16, F5b.18)."""

    hold_id: UUID
    connection_id: UUID
    reason_code: ReasonCode
    repeat: RepeatStep


class ActivationExpired(Event):
    """Nobody activated the number before its deadline: it goes back on sale (G39)."""

    hold_id: UUID


class EsimProfileIssued(Event):
    """The eSIM profile waits for its phone; the code itself never travels here (F5b.13)."""

    hold_id: UUID
    profile_id: UUID


class EsimInstalled(Event):
    """The profile is on the phone: by the customer's word or the download server's (F5b.15)."""

    hold_id: UUID
    profile_id: UUID
    heard_from: Literal["CUSTOMER", "SMDP"]


class EsimInstallFailed(Event):
    """The scan failed (F5b.17); the subscriber stays connected and gets help."""

    hold_id: UUID
    profile_id: UUID
    reason_code: ReasonCode


class PromotionGranted(Event):
    """The promotion's package is active on the subscriber (SB.6)."""

    hold_id: UUID
    promotion_code: str
    package_code: str
