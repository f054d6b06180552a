"""Closing the open points of a check: each is compared with something, none is an opinion."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import get_args

from kit.errors import Conflict, Invalid
from kyc.cases.domain import PAPER, Basis, Point, open_points, settled
from kyc.reasons.domain import QUOTA
from kyc.sessions.states import Desk, Fields


@dataclass(frozen=True)
class Finding:
    """An open point that was compared and found right."""

    compared_with: Basis
    reference: str | None = None
    """The number of the registry's answer, by which the comparison can be found again."""


@dataclass(eq=False)
class PointsOpen(Invalid):
    """Say of each open point what it was compared with; what nobody compared cannot pass."""

    errors: tuple[dict[str, str], ...]


@dataclass(eq=False)
class SettledOtherwise(Conflict):
    """The registry or the document says otherwise: nobody may pass this check."""

    reason_codes: tuple[str, ...]


@dataclass(eq=False)
class ContractMissing(Invalid):
    """A further number needs a contract signed at the store: name it."""


def close(
    verdict: Fields,
    reasons: Collection[str],
    findings: Mapping[Point, Finding],
    *,
    desk: Desk,
) -> Fields:
    """Return the verdict after a person's yes, or say what is still open (LAW05, LAW08).

    A store has document and person before it. A reviewer looks from afar and has the registry,
    the pictures if they can be read, and leaves a doubtful face to the agent of the call.
    """
    if denied := settled(verdict, reasons, desk=desk):
        raise SettledOtherwise(denied)
    needed = open_points(verdict, reasons, desk=desk)
    errors = [
        {
            "field": point,
            "code": code,
            "reason_code": code,
            "compare_with": ",".join(needed.get(point, ())),
        }
        for point in get_args(Point)
        if (code := _fault(findings.get(point), needed.get(point, ())))
    ]
    if errors:
        raise PointsOpen(tuple(errors))
    believed = verdict.get("face") == "PASS" or desk == "STORE"
    return {**dict.fromkeys(PAPER, "PASS"), "face": "PASS" if believed else "REVIEW"}


def check_contract(reasons: Collection[str], contract_reference: str | None) -> None:
    """Refuse a further number without the contract that the law wants for it (LAW03)."""
    if QUOTA in reasons and contract_reference is None:
        raise ContractMissing


def _fault(finding: Finding | None, needed: Collection[Basis]) -> str | None:
    if not needed:
        return "NOT_OPEN" if finding else None
    if finding is None:
        return "OPEN"
    if finding.compared_with not in needed:
        return "CANNOT_BE_COMPARED_SO"
    if finding.compared_with == "REGISTRY" and not finding.reference:
        return "REFERENCE_MISSING"
    return None
