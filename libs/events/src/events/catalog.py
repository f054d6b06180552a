"""What the catalog service states. Its facts carry numbers and therefore no person."""

from uuid import UUID

from pydantic import NonNegativeInt

from events.base import Event
from events.vocabulary import ReasonCode, Region


class NumberPublished(Event, keyed_by="number_id"):
    """A number is on sale, or is on sale under other terms."""

    number_id: UUID
    msisdn: str
    """E.164 digits without the plus sign."""
    price_class: str
    price_vnd: NonNegativeInt
    commitment_vnd_per_month: NonNegativeInt
    commitment_months: NonNegativeInt
    region: Region | None
    """The regional company whose stock it is; none for common stock."""


class NumberWithdrawn(Event, keyed_by="number_id"):
    """A number is no longer on sale: it cannot be held any more."""

    number_id: UUID
    msisdn: str
    reason_code: ReasonCode


class WishMatched(Event, keyed_by="number_id"):
    """A number came free that somebody had wished for."""

    number_id: UUID
    wish_id: UUID
    customer_id: UUID
