"""What the hold service states. The hold id is the name of the whole journey."""

from typing import Literal
from uuid import UUID

from pydantic import AwareDatetime, NonNegativeInt

from events.base import Event
from events.vocabulary import Entrance, ReasonCode, Region, SimKind


class NumberSoftLocked(Event, keyed_by="number_id"):
    """Somebody is filling in the form for this number (F3.2): others have to wait."""

    number_id: UUID
    msisdn: str
    """E.164 digits without the plus sign. Whoever needs a number's digits later keeps them now."""
    locked_until: AwareDatetime


class NumberFreed(Event, keyed_by="number_id"):
    """The form was left or ran out of time: there never was a slip."""

    number_id: UUID
    msisdn: str
    reason_code: ReasonCode


class HoldCreated(Event):
    """The slip is issued: the number is kept until `expires_at` (F3.4 TH1, P3.2)."""

    hold_id: UUID
    number_id: UUID
    hold_code: str
    """What the customer reads aloud and the parcel carries; useless without the phone's OTP."""
    customer_id: UUID | None
    """None until the customer of a sales channel claims the slip (P3.3)."""
    sim: SimKind
    entrance: Entrance
    channel_code: str | None
    """The referring or selling channel, if there is one (SD.3 ii)."""
    partner_id: UUID | None
    price_vnd: NonNegativeInt
    """Of the number alone, VAT included."""
    sim_fee_vnd: NonNegativeInt
    commitment_vnd_per_month: NonNegativeInt
    commitment_months: NonNegativeInt
    promotion_code: str | None
    """The promotion this number and SIM are entitled to (SB.7), to be shown before payment."""
    stock_region: Region | None
    expires_at: AwareDatetime
    channel_paid_vnd: NonNegativeInt | None = None
    """What a channel had collected before it asked for the hold (P2.2)."""
    channel_paid_at: AwareDatetime | None = None
    channel_delivers: bool = False
    """Whether the channel brings the blank SIM itself (P2.3)."""


class HoldClaimed(Event):
    """A channel's customer showed code and phone: the slip is in their account (P3.3)."""

    hold_id: UUID
    customer_id: UUID


class HoldConfirmed(Event):
    """Paid, or to be paid on receipt: the number is the customer's to activate."""

    hold_id: UUID
    number_id: UUID
    because: Literal["PAID", "COD"]


class HoldExtended(Event):
    """The clock was given more time."""

    hold_id: UUID
    number_id: UUID
    expires_at: AwareDatetime
    reason_code: ReasonCode


class HoldExpired(Event):
    """The clock ran out before anybody paid: the number is free again."""

    hold_id: UUID
    number_id: UUID


class HoldReleased(Event):
    """The hold was given up: the number is free again."""

    hold_id: UUID
    number_id: UUID
    reason_code: ReasonCode


class HoldConsumed(Event):
    """The subscriber is connected: the number has an owner."""

    hold_id: UUID
    number_id: UUID


class HoldLost(Event):
    """A payment found no hold and no free number: whoever took the money gives it back."""

    hold_id: UUID
    number_id: UUID
    order_id: UUID
