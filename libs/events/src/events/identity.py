"""What the identity service states."""

from typing import Literal
from uuid import UUID

from events.base import Event
from events.vocabulary import Region


class CustomerRegistered(Event, keyed_by="subject_id"):
    """Somebody asked for an account; the phone number is not proven yet (F1.8)."""

    subject_id: UUID


class CustomerActivated(Event, keyed_by="subject_id"):
    """The code sent by SMS came back: the account is open (F1.12)."""

    subject_id: UUID


class PasswordChanged(Event, keyed_by="subject_id"):
    """The password is another one now; every older session ends (F2.11)."""

    subject_id: UUID
    because: Literal["CHANGE", "RESET"]


class StaffChanged(Event, keyed_by="subject_id"):
    """A member of staff came, went, or may do other things."""

    subject_id: UUID
    roles: tuple[str, ...]
    regions: tuple[Region, ...]
    """Empty for head office: all regions."""
    active: bool


class PartnerChanged(Event, keyed_by="partner_id"):
    """A sales channel was registered or its terms changed (SA.1, SA.2)."""

    partner_id: UUID
    channel_code: str
    kind: Literal["COMMON", "SPECIALISED", "AFFILIATE"]
    region: Region | None
    """The regional company that runs it; none for a channel of the corporation."""
    collects_fee: bool
    delivers: bool
    """Whether the channel brings the blank SIM itself (P2.3)."""
    own_customers: bool
    """Whether its customers belong to the call team of its region, wherever they live (SD.3)."""
    active: bool


class ConsentChanged(Event, keyed_by="subject_id"):
    """A customer allowed one use of their data, or took that back."""

    subject_id: UUID
    purpose: Literal["CONTRACT", "IDENTITY_CHECK", "CALL_RECORDING", "MARKETING"]
    granted: bool
    text_version: str


class SubjectErased(Event, keyed_by="subject_id"):
    """Everything about this person that no law keeps must be forgotten."""

    subject_id: UUID
