"""The kinds of incidents, and the decisions about them (G28, decision 0024)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final, Literal
from uuid import UUID

from activation.activations.domain import Activation
from activation.activations.states import CallStatus, Decision
from kit.errors import Conflict, NotFound, Refused

Resolution = Literal["STANDS", "UNDONE"]


class Kind(StrEnum):
    """A kind of incident."""

    APPROVER_CONFIRMED_AT_MSALE = "APPROVER_CONFIRMED_AT_MSALE"
    CONNECTED_WITHOUT_PROOF = "CONNECTED_WITHOUT_PROOF"
    CALL_REVOKED_AFTER_CONNECTION = "CALL_REVOKED_AFTER_CONNECTION"
    CHECK_REPLACED_AFTER_CONNECTION = "CHECK_REPLACED_AFTER_CONNECTION"
    CONNECTED_WITHOUT_ORDER = "CONNECTED_WITHOUT_ORDER"
    ESIM_CODE_UNUSABLE = "ESIM_CODE_UNUSABLE"


WITHHELD: Final = (Kind.APPROVER_CONFIRMED_AT_MSALE, Kind.CONNECTED_WITHOUT_PROOF)
"""mSale has connected, and nobody is told so before a person has looked."""

ONLY_THE_CODE: Final = Kind.ESIM_CODE_UNUSABLE
"""With every other incident the eSIM code is given to nobody before a person has decided."""


@dataclass(eq=False)
class NoSuchIncident(NotFound):
    """There is no such incident, or it belongs to another region."""


@dataclass(eq=False)
class IncidentClosed(Conflict):
    """A colleague has closed this incident already, and differently; read it again."""

    resolution: str
    decided_by: UUID
    decided_at: datetime


@dataclass(eq=False)
class UnderReview(Conflict):
    """This connection is being looked at by a person; you will be told how it goes on."""

    hold_id: UUID


class InvolvedMayNotClose(Refused):
    """The agent who approved the call may not close a case about it: leave it to a colleague."""


def after_connection(activation: Activation) -> Kind | None:
    """Name the incident that news about a connected subscriber makes, if there is one."""
    objections = activation.objections()
    if activation.call_status is CallStatus.VIDEO_REVOKED:
        return Kind.CALL_REVOKED_AFTER_CONNECTION
    if "KYC" in objections or "VIDEO_CALL" in objections:
        return Kind.CHECK_REPLACED_AFTER_CONNECTION
    return Kind.CONNECTED_WITHOUT_ORDER if "ORDER" in objections else None


def at_result(activation: Activation, officer_id: UUID | None) -> Kind | None:
    """Name the incident that mSale's word "connected" makes, if there is one."""
    if activation.stands_by:
        return None
    if officer_id is None or activation.decision is Decision.REFUSE:
        return Kind.CONNECTED_WITHOUT_PROOF
    if officer_id == activation.agent_id:
        return Kind.APPROVER_CONFIRMED_AT_MSALE
    if set(activation.objections()) - {"ORDER"}:
        return Kind.CONNECTED_WITHOUT_PROOF
    return Kind.CONNECTED_WITHOUT_ORDER if activation.gone else None


def speaks_against(activation: Activation) -> list[str]:
    """Name the points a person should look at: objections, and an officer's own refusal."""
    refused = ["DECISION"] if activation.decision is Decision.REFUSE else []
    return activation.objections() + refused


def subject_of(activation: Activation, kind: Kind) -> str:
    """Name the subject of an incident: there is one for each, however often it is noticed."""
    if kind == Kind.CALL_REVOKED_AFTER_CONNECTION:
        return f"call:{activation.call_id}"
    if kind == Kind.CHECK_REPLACED_AFTER_CONNECTION:
        return f"check:{activation.kyc_session_id}:{activation.kyc_attempt}"
    return f"request:{activation.request_id}"


def may_close(activation: Activation, staff_id: UUID) -> None:
    """Refuse the agent of the call: nobody judges their own approval (G28)."""
    if staff_id == activation.agent_id:
        raise InvolvedMayNotClose
