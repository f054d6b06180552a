"""The events of the catalog service. They carry numbers and therefore no person."""

from uuid import UUID

from pydantic import NonNegativeInt

from events.facts.base import Event
from events.facts.vocabulary import CustomerId, Msisdn, NumberId, ReasonCode, Region


class NumberPublished(Event, keyed_by="number_id"):
    """A number is on sale, or is on sale under other terms (SB.2)."""

    number_id: NumberId
    msisdn: Msisdn
    price_class: str
    """The class of beautiful number, which decides about price and commitment."""
    price_vnd: NonNegativeInt
    """Of the number alone, VAT included."""
    commitment_vnd_per_month: NonNegativeInt
    """What the subscriber commits to spend a month."""
    commitment_months: NonNegativeInt
    """For how long they commit to it; 0 for no commitment."""
    region: Region | None
    """The regional company whose stock it is; none for common stock."""


class NumberWithdrawn(Event, keyed_by="number_id"):
    """A number is no longer on sale: it cannot be held any more, not even with an older offer."""

    number_id: NumberId
    msisdn: Msisdn
    reason_code: ReasonCode


class WishMatched(Event, keyed_by="number_id"):
    """A number came free that somebody had wished for: they should hear of it."""

    number_id: NumberId
    wish_id: UUID
    """The wish that it fulfils."""
    customer_id: CustomerId
