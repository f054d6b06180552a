"""An answer of mobi eKYC, and the verdict it leads to (F5a.7, F5b.6)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

from events.facts.kyc import FieldMatch
from kyc.reasons.domain import FRAUD, OTHER, REASONS
from kyc.sessions.states import Fields

Result = Literal["VALID", "INVALID", "REVIEW"]


@dataclass(frozen=True)
class Answer:
    """The answer of mobi eKYC about one attempt."""

    result: Result
    id_number: FieldMatch
    full_name: FieldMatch
    date_of_birth: FieldMatch
    face: FieldMatch
    alive: bool
    reason_codes: tuple[str, ...] = ()
    read: Mapping[str, str] = field(default_factory=dict)
    """The fields that were read from the front of the document; personal data."""

    @property
    def fields(self) -> Fields:
        """Return the verdict on each of the four fields (LAW05)."""
        return {
            "id_number": self.id_number,
            "full_name": self.full_name,
            "date_of_birth": self.date_of_birth,
            # A face that fits proves nothing if nobody living was before the camera.
            "face": self.face if self.alive or self.face != "PASS" else "REVIEW",
        }


class Outcome(StrEnum):
    """The consequence of an answer."""

    PASSED = "PASSED"
    FAILED = "FAILED"
    REVIEW = "REVIEW"
    LATER = "LATER"
    """The national registry is away, which is nobody's fault: ask again."""


def judge(answer: Answer) -> Outcome:
    """Decide the consequence of an answer. A doubtful face alone is left to the call (F5a.7)."""
    *others, face = answer.fields.values()
    if answer.result == "INVALID":
        return Outcome.REVIEW if FRAUD in answer.reason_codes else Outcome.FAILED
    if "UNAVAILABLE" in (*others, face):
        return Outcome.LATER
    certain = answer.alive and set(others) == {"PASS"}
    if certain and (face == "REVIEW" or (face, answer.result) == ("PASS", "VALID")):
        return Outcome.PASSED
    return Outcome.REVIEW


def known_codes(codes: Iterable[str]) -> tuple[str, ...]:
    """Keep the codes we have words for; anything else becomes one code of its own."""
    kept = [code if code.partition(":")[0] in REASONS else OTHER for code in codes]
    return tuple(dict.fromkeys(kept)) or (OTHER,)
