"""The events of the activation service."""

from typing import Literal

from pydantic import PositiveInt

from events.facts.base import Event
from events.facts.vocabulary import (
    CallId,
    ConnectionId,
    DossierId,
    HoldId,
    NumberId,
    OfficerId,
    OrderId,
    ProfileId,
    ReasonCode,
    RepeatStep,
    SessionId,
)
from values.moments import Moment


class DossierSigned(Event):
    """The customer signed the subscriber dossier (F5a.9, F5b.8)."""

    hold_id: HoldId
    dossier_id: DossierId
    sha256: str
    """The fingerprint of the signed dossier: whoever has the file can prove that it is this one."""
    signed_at: Moment
    """When the customer signed."""
    session_id: SessionId | None = None
    """The identity check that passed for this dossier; older dossiers name none."""
    attempt: PositiveInt | None = None
    """The attempt of that check."""
    call_id: CallId | None = None
    """The video call that was approved for this dossier."""


class DossierSubmitted(Event):
    """The customer pressed "send activation information" (F5a.10, F5b.9)."""

    hold_id: HoldId
    dossier_id: DossierId
    submission: PositiveInt
    """The first is 1; what was refused may be sent again."""


class ConnectionQueued(Event):
    """mSale took the dossier into its connection queue (P4.1)."""

    hold_id: HoldId
    connection_id: ConnectionId


class ConnectionConfirmed(Event):
    """An officer of the connection team confirmed the dossier (P6.1)."""

    hold_id: HoldId
    connection_id: ConnectionId
    officer_id: OfficerId


class ConnectionCompleted(Event):
    """The subscriber is connected and in the billing system (P4.2, F5a.13 TH1, F5b.12 TH1)."""

    hold_id: HoldId
    number_id: NumberId
    connection_id: ConnectionId
    officer_id: OfficerId
    connected_at: Moment
    """When the network had it, by mSale's word."""


class ConnectionRejected(Event):
    """The connection was refused, with the step to repeat (F5a.16, F5b.18)."""

    hold_id: HoldId
    connection_id: ConnectionId
    reason_code: ReasonCode
    repeat: RepeatStep
    """The step to go back to; STORE: it cannot be repaired online."""


class ConnectionDelayed(Event):
    """mSale refused for a trouble of the operator's own: sent again, without the customer (G32)."""

    hold_id: HoldId
    connection_id: ConnectionId
    reason_code: ReasonCode


class ActivationStopped(Event):
    """Nothing of this hold is or will be at mSale: its order may be cancelled (G18)."""

    hold_id: HoldId
    order_id: OrderId
    reason_code: ReasonCode


class ActivationStopRefused(Event):
    """The subscriber is being connected, or is: too late to cancel the order (G18)."""

    hold_id: HoldId
    order_id: OrderId
    reason_code: ReasonCode


class ActivationEnding(Event):
    """Nobody has activated the number yet, and its deadline is near (G39)."""

    hold_id: HoldId
    ends_at: Moment
    """The deadline."""


class ActivationExpired(Event):
    """Nobody activated the number before its deadline: it goes back on sale (G39)."""

    hold_id: HoldId


class EsimProfileIssued(Event):
    """The eSIM profile waits for its phone; the code itself never travels here (F5b.13)."""

    hold_id: HoldId
    profile_id: ProfileId


class EsimInstalled(Event):
    """The profile is on the phone: by the customer's word or the download server's (F5b.15)."""

    hold_id: HoldId
    profile_id: ProfileId
    heard_from: Literal["CUSTOMER", "SMDP"]
    """Who said so: the customer, or the server that phones download profiles from."""


class EsimInstallFailed(Event):
    """The scan failed (F5b.17); the subscriber stays connected and gets help."""

    hold_id: HoldId
    profile_id: ProfileId
    reason_code: ReasonCode


class PromotionGranted(Event):
    """The promotion's package is active on the subscriber (SB.6)."""

    hold_id: HoldId
    promotion_code: str
    """The promotion, such as KMTN4G."""
    package_code: str
    """The package that it grants, such as TN4G."""
