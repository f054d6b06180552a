"""What the kyc service states: verdicts and ids, never what was read from a document."""

from typing import Literal
from uuid import UUID

from pydantic import NonNegativeInt, PositiveInt

from events.base import Event
from events.vocabulary import ReasonCode

FieldMatch = Literal["PASS", "FAIL", "REVIEW", "UNAVAILABLE"]


class ActivationStarted(Event):
    """The customer pressed "Hòa mạng" on their slip (F5a.3, F5b.2)."""

    hold_id: UUID
    session_id: UUID
    customer_id: UUID


class KycSubmitted(Event):
    """Documents and portrait are on their way to mobi eKYC (F5a.6, F5b.5)."""

    hold_id: UUID
    session_id: UUID
    attempt: PositiveInt


class KycPassed(Event):
    """The customer is who the document says; a doubtful face is left to the call (F5a.7 TH2)."""

    hold_id: UUID
    session_id: UUID
    attempt: PositiveInt
    document_kind: Literal["CC", "CCCD_CHIP", "CCCD_NOCHIP", "VNEID", "PASSPORT"]
    id_number: FieldMatch
    full_name: FieldMatch
    date_of_birth: FieldMatch
    face: FieldMatch
    """REVIEW leaves the face to the agent: the call is then required whatever the policy says."""
    call_required: bool


class KycFailed(Event):
    """mobi eKYC said no (F5a.7 TH1, F5b.6 TH2): the reasons say which step to repeat."""

    hold_id: UUID
    session_id: UUID
    attempt: PositiveInt
    reason_codes: tuple[ReasonCode, ...]
    repeat: Literal["EDIT", "PHOTO", "STORE"]
    attempts_left: NonNegativeInt


class KycNeedsReview(Event):
    """Only a person can decide: too many attempts, or a doubt that is not about the face."""

    hold_id: UUID
    session_id: UUID
    attempt: PositiveInt
    reason_codes: tuple[ReasonCode, ...]
