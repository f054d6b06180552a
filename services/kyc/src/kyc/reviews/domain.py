"""Closing the open points of a check: each is compared with something, none is an opinion."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final, Literal, get_args

from events.facts.kyc import FieldMatch
from kit.errors import Conflict, Invalid
from kyc.reasons.domain import FRAUD, QUOTA
from kyc.sessions.states import Desk, Fields

Point = Literal["id_number", "full_name", "date_of_birth", "face", "suspicion"]
Basis = Literal["REGISTRY", "DOCUMENT", "PERSON"]

PAPER: Final = ("id_number", "full_name", "date_of_birth")
SUSPICION: Final = "suspicion"
ILLEGIBLE: Final = frozenset(
    {
        *("DOC_BLUR", "DOC_GLARE", "DOC_CROPPED", "DOC_WRONG_SIDE"),
        *("DOC_NOT_ORIGINAL", "DOC_TAMPERED", "DOC_INCONSISTENT"),
    }
)
"""Reasons why nobody can have read, or should believe, the pictures of an attempt."""
SETTLED: Final = frozenset({"DB_MISMATCH", "DOC_EXPIRED", "AGE_UNDER_15"})
"""Reasons that the registry or the document itself gave: nobody's yes outweighs them (LAW05)."""
UNRECOGNISED: Final = "DOC_UNSUPPORTED"
"""The pictures show no document that is accepted; a store has the document itself before it."""


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
    kinds = {code.partition(":")[0] for code in reasons}
    if settled := tuple(code for code in reasons if _is_settled(code, verdict, desk)):
        raise SettledOtherwise(settled)
    legible = not kinds & ILLEGIBLE
    needed = {point: allowed(verdict.get(point), legible, desk) for point in PAPER}
    needed["face"] = ("PERSON",) if desk == "STORE" and verdict.get("face") != "PASS" else ()
    needed[SUSPICION] = ("REGISTRY",) if FRAUD in kinds else ()
    errors = [
        {
            "field": point,
            "code": code,
            "reason_code": code,
            "compare_with": ",".join(needed[point]),
        }
        for point in get_args(Point)
        if (code := _fault(findings.get(point), needed[point]))
    ]
    if errors:
        raise PointsOpen(tuple(errors))
    face: FieldMatch = "PASS" if verdict.get("face") == "PASS" or desk == "STORE" else "REVIEW"
    return {**dict.fromkeys(PAPER, "PASS"), "face": face}


def allowed(match: FieldMatch | None, legible: bool, desk: Desk) -> tuple[Basis, ...]:  # noqa: FBT001, a row of a table
    """Return what an open field of the paper may be compared with; nothing if it has passed."""
    if match == "PASS":
        return ()
    if desk == "STORE" or (match == "REVIEW" and legible):
        return ("REGISTRY", "DOCUMENT")
    return ("REGISTRY",)


def check_contract(reasons: Collection[str], contract_reference: str | None) -> None:
    """Refuse a further number without the contract that the law wants for it (LAW03)."""
    if QUOTA in reasons and contract_reference is None:
        raise ContractMissing


def _is_settled(code: str, verdict: Fields, desk: Desk) -> bool:
    # The registry knows the name with other accents: that is a doubt, and not a denial (K11).
    kind, _, field = code.partition(":")
    if kind == UNRECOGNISED:
        return desk == "REVIEW"
    return kind in SETTLED and verdict.get(field) != "REVIEW"


def _fault(finding: Finding | None, needed: tuple[Basis, ...]) -> str | None:
    if not needed:
        return "NOT_OPEN" if finding else None
    if finding is None:
        return "OPEN"
    if finding.compared_with not in needed:
        return "CANNOT_BE_COMPARED_SO"
    if finding.compared_with == "REGISTRY" and not finding.reference:
        return "REFERENCE_MISSING"
    return None
