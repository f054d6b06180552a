"""Which incidents there are, and what may be decided about them (G28, decision 0024)."""

from dataclasses import dataclass
from typing import Final, Literal
from uuid import UUID

from activation.domain import Activation
from kit.errors import Conflict, NotFound, Refused

Kind = Literal[
    "APPROVER_CONFIRMED_AT_MSALE",
    "CONNECTED_WITHOUT_PROOF",
    "CALL_REVOKED_AFTER_CONNECTION",
    "CHECK_REPLACED_AFTER_CONNECTION",
    "CONNECTED_WITHOUT_ORDER",
    "ESIM_CODE_UNUSABLE",
]
Resolution = Literal["STANDS", "UNDONE"]

WITHHELD: Final = ("APPROVER_CONFIRMED_AT_MSALE", "CONNECTED_WITHOUT_PROOF")
"""mSale has connected, and nobody is told so before a person has looked."""

ONLY_THE_CODE: Final = "ESIM_CODE_UNUSABLE"
"""With every other incident the eSIM code is given to nobody before a person has decided."""


@dataclass(eq=False)
class NoSuchIncident(NotFound):
    """There is no such incident, or it belongs to another region."""


@dataclass(eq=False)
class IncidentClosed(Conflict):
    """A colleague has closed this incident already, and differently; read it again."""

    resolution: str


@dataclass(eq=False)
class UnderReview(Conflict):
    """This connection is being looked at by a person; you will be told how it goes on."""

    hold_id: UUID


class InvolvedMayNotClose(Refused):
    """Whoever approved the call may not close a case about it: leave it to a colleague."""


def after_connection(activation: Activation) -> Kind | None:
    """Name the incident that news about a connected subscriber makes, if there is one."""
    against = activation.objections()
    if activation.call_status == "VIDEO_REVOKED":
        return "CALL_REVOKED_AFTER_CONNECTION"
    if "KYC" in against or "VIDEO_CALL" in against:
        return "CHECK_REPLACED_AFTER_CONNECTION"
    return "CONNECTED_WITHOUT_ORDER" if "ORDER" in against else None


def at_result(activation: Activation, officer_id: UUID | None) -> Kind | None:
    """Name the incident that mSale's word "connected" makes, if there is one."""
    if activation.stands_by:
        return None
    if officer_id is None or activation.decision == "REFUSE":
        return "CONNECTED_WITHOUT_PROOF"
    if officer_id == activation.agent_id:
        return "APPROVER_CONFIRMED_AT_MSALE"
    if set(activation.objections()) - {"ORDER"}:
        return "CONNECTED_WITHOUT_PROOF"
    return "CONNECTED_WITHOUT_ORDER" if activation.gone else None


def speaks_against(activation: Activation) -> list[str]:
    """Say what a person should look at: what the rules miss, and an officer's own refusal."""
    refused = ["DECISION"] if activation.decision == "REFUSE" else []
    return activation.objections() + refused


def subject_of(activation: Activation, kind: Kind) -> str:
    """Name what an incident is about: it is opened once for it, however often it is noticed."""
    if kind == "CALL_REVOKED_AFTER_CONNECTION":
        return f"call:{activation.call_id}"
    if kind == "CHECK_REPLACED_AFTER_CONNECTION":
        return f"check:{activation.kyc_session_id}:{activation.kyc_attempt}"
    return f"request:{activation.request_id}"


def may_close(activation: Activation, staff_id: UUID) -> None:
    """Refuse the agent of the call: nobody judges their own approval (G28)."""
    if staff_id == activation.agent_id:
        raise InvolvedMayNotClose
