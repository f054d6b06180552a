"""The events of the kyc service: verdicts and ids, never what was read from a document."""

from typing import Literal

from pydantic import NonNegativeInt, PositiveInt

from events.facts.base import Event
from events.facts.vocabulary import CustomerId, HoldId, ReasonCode, SessionId

FieldMatch = Literal["PASS", "FAIL", "REVIEW", "UNAVAILABLE"]


class ActivationStarted(Event):
    """The customer pressed "Hòa mạng" on their slip (F5a.3, F5b.2)."""

    hold_id: HoldId
    session_id: SessionId
    customer_id: CustomerId


class KycSubmitted(Event):
    """Documents and portrait are on their way to mobi eKYC (F5a.6, F5b.5)."""

    hold_id: HoldId
    session_id: SessionId
    attempt: PositiveInt
    """The first is 1; every submission of documents counts."""


class KycPassed(Event):
    """The customer is who the document says; a doubtful face is left to the call (F5a.7 TH2)."""

    hold_id: HoldId
    session_id: SessionId
    attempt: PositiveInt
    """The first is 1; every submission of documents counts."""
    document_kind: Literal["CC", "CCCD_CHIP", "CCCD_NOCHIP", "VNEID", "PASSPORT"]
    """Which document was shown."""
    id_number: FieldMatch
    """Whether the declared number is the document's."""
    full_name: FieldMatch
    """Whether the declared name is the document's."""
    date_of_birth: FieldMatch
    """Whether the declared date of birth is the document's."""
    face: FieldMatch
    """REVIEW leaves the face to the agent: the call is then required whatever the policy says."""
    call_required: bool
    """Whether an agent has to see the customer before the connection."""


class KycFailed(Event):
    """mobi eKYC said no (F5a.7 TH1, F5b.6 TH2): the reasons say which step to repeat."""

    hold_id: HoldId
    session_id: SessionId
    attempt: PositiveInt
    """The first is 1; every submission of documents counts."""
    reason_codes: tuple[ReasonCode, ...]
    """What was wrong, the most important first."""
    repeat: Literal["EDIT", "PHOTO", "STORE"]
    """Where to go back to: the form, the photos; STORE: it cannot be repaired online."""
    attempts_left: NonNegativeInt
    """How often it may be tried again; 0: a store or an officer has to help."""


class KycNeedsReview(Event):
    """Only a person can decide: too many attempts, or a doubt that is not about the face (G27)."""

    hold_id: HoldId
    session_id: SessionId
    attempt: PositiveInt
    """The first is 1; every submission of documents counts."""
    reason_codes: tuple[ReasonCode, ...]
    """What was wrong, the most important first."""
