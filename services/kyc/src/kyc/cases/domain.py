"""The points of a case: how each was compared, which are open, and with what to compare those."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal, get_args

from events.facts.kyc import FieldMatch
from kyc.reasons.domain import FRAUD
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
SHOWN: Final = ("full_name", "id_number", "date_of_birth", "sex", "address", "expires_on", "face")
"""The fields beside each other on the desks, in the order of the card."""


@dataclass(frozen=True)
class Comparison:
    """One field as it was declared, read from the papers, and known to the registry."""

    field: str
    declared: str | None
    read: str | None
    """By mobi eKYC, from the picture of the front."""
    papers: FieldMatch | None
    """The declaration against the papers; null where nobody compared them."""
    registry: FieldMatch | None
    """The papers against the national registry; null where it was not asked."""


def compare(
    declared: Mapping[str, Any], read: Mapping[str, str], verdict: Fields, reasons: Collection[str]
) -> list[Comparison]:
    """Put what is known of each field side by side, by the verdict and the reasons for it."""
    return [
        Comparison(
            field,
            declared.get(field),
            read.get(field),
            _papers(field, field in read and field in declared, verdict, reasons),
            _registry(field, verdict, reasons),
        )
        for field in SHOWN
    ]


def open_points(
    verdict: Fields, reasons: Collection[str], *, desk: Desk
) -> dict[Point, list[Basis]]:
    """Return the open points, each with what it may be compared with at a desk (LAW05, LAW08)."""
    kinds = {code.partition(":")[0] for code in reasons}
    legible = not kinds & ILLEGIBLE
    needed: dict[Point, tuple[Basis, ...]] = {
        "id_number": allowed(verdict.get("id_number"), legible, desk),
        "full_name": allowed(verdict.get("full_name"), legible, desk),
        "date_of_birth": allowed(verdict.get("date_of_birth"), legible, desk),
        "face": ("PERSON",) if desk == "STORE" and verdict.get("face") != "PASS" else (),
        "suspicion": ("REGISTRY",) if FRAUD in kinds else (),
    }
    return {point: list(needed[point]) for point in get_args(Point) if needed[point]}


def allowed(match: FieldMatch | None, legible: bool, desk: Desk) -> tuple[Basis, ...]:  # noqa: FBT001, a row of a table
    """Return what an open field of the paper may be compared with; nothing if it has passed."""
    if match == "PASS":
        return ()
    if desk == "STORE" or (match == "REVIEW" and legible):
        return ("REGISTRY", "DOCUMENT")
    return ("REGISTRY",)


def settled(verdict: Fields, reasons: Collection[str], *, desk: Desk) -> tuple[str, ...]:
    """Return the reasons that no person's yes outweighs at a desk."""
    return tuple(code for code in reasons if _is_settled(code, verdict, desk))


def _is_settled(code: str, verdict: Fields, desk: Desk) -> bool:
    # The registry knows the name with other accents: that is a doubt, and not a denial (K11).
    kind, _, field = code.partition(":")
    if kind == UNRECOGNISED:
        return desk == "REVIEW"
    return kind in SETTLED and verdict.get(field) != "REVIEW"


def _papers(
    field: str,
    both: bool,  # noqa: FBT001, a row of a table
    verdict: Fields,
    reasons: Collection[str],
) -> FieldMatch | None:
    if field == "expires_on":
        return "FAIL" if "DOC_EXPIRED" in reasons else None
    if field == "face":
        return None if verdict.get(field) == "UNAVAILABLE" else verdict.get(field)
    if {f"FORM_MISMATCH:{field}", f"DOC_INCONSISTENT:{field}"} & set(reasons):
        return _doubted(field, verdict)
    return "PASS" if both or verdict.get(field) == "PASS" else None


def _registry(field: str, verdict: Fields, reasons: Collection[str]) -> FieldMatch | None:
    if f"DB_MISMATCH:{field}" in reasons:
        return _doubted(field, verdict)
    match = verdict.get(field) if field in PAPER else None
    return match if match in ("PASS", "UNAVAILABLE") else None


def _doubted(field: str, verdict: Fields) -> FieldMatch:
    return "REVIEW" if verdict.get(field) == "REVIEW" else "FAIL"
