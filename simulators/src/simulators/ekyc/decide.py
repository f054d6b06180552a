"""The verdict: what was declared, printed, seen and registered, compared field by field."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from simulators.ekyc.images import Card, Portrait, Printed
from simulators.ekyc.names import Likeness, compare

DOCUMENTS: Final = ("CC", "CCCD_CHIP", "CCCD_NOCHIP", "VNEID")
LEAST_AGE: Final = 15
SURELY_THE_SAME: Final = 0.8
PERHAPS_THE_SAME: Final = 0.6

_FIELDS: Final = ("id_number", "full_name", "date_of_birth", "sex")
_SEXES: Final = {"M": "M", "MALE": "M", "NAM": "M", "F": "F", "FEMALE": "F", "NỮ": "F", "NU": "F"}

Result = Literal["VALID", "INVALID", "REVIEW"]


@dataclass(frozen=True)
class Finding:
    """Something that is not as it should be."""

    reason: str
    field: str | None = None
    outcome: Literal["FAIL", "REVIEW", "UNAVAILABLE"] = "FAIL"


@dataclass(frozen=True)
class Evidence:
    """All there is to judge by; what could not be recognised is missing."""

    document_kind: str
    front: Card | None
    back: Card | None
    portrait: Portrait | None
    declared: Printed


@dataclass(frozen=True)
class Registered:
    """The answer of the national database: unavailable, unknown, or a person."""

    is_available: bool
    person: Printed | None = None
    is_suspect: bool = False


@dataclass(frozen=True)
class Verdict:
    """The result, and the reasons for it (codes of the reason list)."""

    result: Result
    fields: dict[str, str]
    liveness: Literal["PASS", "FAIL"]
    reasons: list[str]


def looks_right(evidence: Evidence, today: date) -> bool:
    """Tell whether the card itself is in order, so that the database may be asked."""
    return not any(_card_findings(evidence, today))


def judge(evidence: Evidence, registered: Registered, today: date) -> Verdict:
    """Compare everything with everything (K01 to K14)."""
    findings = [
        *_card_findings(evidence, today),
        *_face_findings(evidence),
        *_form_findings(evidence),
        *_database_findings(evidence, registered),
    ]
    reasons = list(dict.fromkeys(finding.reason for finding in findings))
    # A field nobody has compared with the database has not passed.
    otherwise = "PASS" if registered.person is not None else "UNAVAILABLE"
    return Verdict(
        result=_result(findings),
        fields={
            field: _outcome(field, findings, otherwise)
            for field in ("id_number", "full_name", "date_of_birth", "face")
        },
        liveness="FAIL" if evidence.portrait is None or not evidence.portrait.live else "PASS",
        reasons=reasons,
    )


def _result(findings: Sequence[Finding]) -> Result:
    if any(finding.outcome == "FAIL" for finding in findings):
        return "INVALID"
    return "REVIEW" if findings else "VALID"


def _outcome(field: str, findings: Sequence[Finding], otherwise: str) -> str:
    outcomes = {finding.outcome for finding in findings if finding.field == field}
    return next((o for o in ("FAIL", "UNAVAILABLE", "REVIEW") if o in outcomes), otherwise)


def _card_findings(evidence: Evidence, today: date) -> Iterator[Finding]:
    if evidence.document_kind not in DOCUMENTS:
        yield Finding("DOC_UNSUPPORTED")
    yield from _side_findings(evidence.front, "FRONT")
    yield from _side_findings(evidence.back, "BACK")
    if evidence.front is not None:
        yield from _print_findings(evidence.front.printed, today)
    if evidence.front is not None and evidence.back is not None:
        for field in _differences(evidence.front.printed, evidence.back.printed):
            yield Finding(f"DOC_INCONSISTENT:{field}", field)


def _side_findings(card: Card | None, side: str) -> Iterator[Finding]:
    if card is None:
        yield Finding("DOC_UNSUPPORTED")
        return
    checks = {
        "DOC_WRONG_SIDE": card.side != side,
        "DOC_BLUR": card.blur,
        "DOC_GLARE": card.glare,
        "DOC_CROPPED": card.cropped,
        "DOC_NOT_ORIGINAL": card.copied,
        "DOC_TAMPERED": card.tampered,
    }
    yield from (Finding(reason) for reason, is_so in checks.items() if is_so)


def _print_findings(printed: Printed, today: date) -> Iterator[Finding]:
    if not is_well_formed(printed):
        yield Finding("ID_STRUCTURE", "id_number")
    if printed.expires_on is not None and printed.expires_on < today:
        yield Finding("DOC_EXPIRED")
    if printed.date_of_birth is not None and _age(printed.date_of_birth, today) < LEAST_AGE:
        yield Finding("AGE_UNDER_15", "date_of_birth")


def is_well_formed(printed: Printed) -> bool:
    """Check the twelve digits against birth year and sex (K04)."""
    if not re.fullmatch(r"[0-9]{12}", printed.id_number):
        return False
    century_and_sex, year = int(printed.id_number[3]), int(printed.id_number[4:6])
    born = printed.date_of_birth
    if born is not None and born.year != 1900 + 100 * (century_and_sex // 2) + year:
        return False
    sex = _SEXES.get(printed.sex.upper())
    return sex is None or (century_and_sex % 2 == 0) == (sex == "M")


def _age(born: date, today: date) -> int:
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def _face_findings(evidence: Evidence) -> Iterator[Finding]:
    portrait = evidence.portrait
    if portrait is None:
        yield Finding("FACE_NONE", "face")
        return
    if not portrait.live:
        yield Finding("LIVENESS_FAILED", "face")
    if evidence.front is None:
        return
    is_other = portrait.face_of != evidence.front.printed.id_number
    if is_other or portrait.similarity < PERHAPS_THE_SAME:
        yield Finding("FACE_MISMATCH", "face")
    elif portrait.similarity < SURELY_THE_SAME:
        yield Finding("FACE_MISMATCH", "face", "REVIEW")


def _form_findings(evidence: Evidence) -> Iterator[Finding]:
    if evidence.front is not None:
        yield from _mismatches("FORM_MISMATCH", evidence.declared, evidence.front.printed)


def _database_findings(evidence: Evidence, registered: Registered) -> Iterator[Finding]:
    if not registered.is_available:
        for field in ("id_number", "full_name", "date_of_birth", "face"):
            yield Finding("DB_UNAVAILABLE", field, "UNAVAILABLE")
    elif registered.person is not None and evidence.front is not None:
        yield from _mismatches("DB_MISMATCH", evidence.front.printed, registered.person)
    if registered.is_suspect:
        yield Finding("FRAUD_SUSPECTED", None, "REVIEW")


def _mismatches(reason: str, first: Printed, second: Printed) -> Iterator[Finding]:
    for field in _differences(first, second):
        outcome: Literal["FAIL", "REVIEW"] = "FAIL"
        if field == "full_name" and compare(first.full_name, second.full_name):
            outcome = "REVIEW"
        yield Finding(f"{reason}:{field}", field, outcome)


def _differences(first: Printed, second: Printed) -> Iterator[str]:
    """Name the fields that both have and that differ."""
    for field in _FIELDS:
        values = getattr(first, field), getattr(second, field)
        if all(values) and not _are_equal(field, *values):
            yield field


def _are_equal(field: str, first: object, second: object) -> bool:
    if field == "full_name":
        return compare(str(first), str(second)) is Likeness.SAME
    if field == "sex":
        known = _SEXES.get(str(first).upper()), _SEXES.get(str(second).upper())
        return None in known or known[0] == known[1]
    return first == second
