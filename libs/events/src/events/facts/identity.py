"""The events of the identity service."""

from typing import Literal
from uuid import UUID

from events.facts.base import Event
from events.facts.vocabulary import Region, SubjectId


class CustomerRegistered(Event, keyed_by="subject_id"):
    """Somebody asked for an account; the phone number is not proven yet (F1.8)."""

    subject_id: SubjectId


class CustomerActivated(Event, keyed_by="subject_id"):
    """The code sent by SMS came back: the account is open (F1.12)."""

    subject_id: SubjectId


class PasswordChanged(Event, keyed_by="subject_id"):
    """The password is another one now; every older session ends (F2.11)."""

    subject_id: SubjectId
    because: Literal["CHANGE", "RESET"]
    """Changed by somebody who knew it, or reset by somebody who had forgotten it (flow 2)."""


class SessionEnded(Event, keyed_by="subject_id"):
    """A sign-in ended: its access tokens open nothing any more, wherever they are shown (F1)."""

    subject_id: SubjectId
    session_id: UUID
    """The sign-in, which every access token names."""


class StaffChanged(Event, keyed_by="subject_id"):
    """A member of staff came, went, or may do other things (SD)."""

    subject_id: SubjectId
    roles: tuple[str, ...]
    """What they may do, as the names of roles."""
    regions: tuple[Region, ...]
    """Empty for head office: all regions."""
    active: bool
    """False: from now on they may do nothing any more."""


class PartnerChanged(Event, keyed_by="partner_id"):
    """A sales channel was registered or its terms changed (SA.1, SA.2)."""

    partner_id: UUID
    """The channel's account for our API."""
    channel_code: str
    """The code that orders and reports name the channel by."""
    kind: Literal["COMMON", "SPECIALISED", "AFFILIATE"]
    """For everybody, for one kind of number, or a person who refers others (SA.1, SA.2)."""
    region: Region | None
    """The regional company that runs it; none for a channel of the corporation."""
    collects_fee: bool
    """Whether the customer pays the channel and not us (P2.2)."""
    delivers: bool
    """Whether the channel brings the blank SIM itself (P2.3)."""
    own_customers: bool
    """Whether its customers belong to the call team of its region, wherever they live (SD.3)."""
    active: bool
    """False: from now on they may do nothing any more."""


class ConsentChanged(Event, keyed_by="subject_id"):
    """A customer allowed one use of their data, or took that back."""

    subject_id: SubjectId
    purpose: Literal["CONTRACT", "IDENTITY_CHECK", "CALL_RECORDING", "MARKETING"]
    """The use it is about."""
    granted: bool
    """Allowed, or taken back."""
    text_version: str
    """The text that they agreed to."""


class SubjectErased(Event, keyed_by="subject_id"):
    """Everything about this person that no law keeps must be forgotten."""

    subject_id: SubjectId
