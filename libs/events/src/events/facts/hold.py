"""The events of the hold service. The hold id is the name of the whole journey."""

from typing import Literal
from uuid import UUID

from pydantic import NonNegativeInt

from events.facts.base import Event
from events.facts.vocabulary import (
    CustomerId,
    Entrance,
    HoldId,
    Msisdn,
    NumberId,
    OrderId,
    ReasonCode,
    Region,
    SimKind,
)
from values.moments import Moment


class NumberSoftLocked(Event, keyed_by="number_id"):
    """Somebody is filling in the form for this number (F3.2): others have to wait."""

    number_id: NumberId
    msisdn: Msisdn
    locked_until: Moment
    """When the form runs out of time."""


class NumberFreed(Event, keyed_by="number_id"):
    """The form was left or ran out of time: there never was a slip (G10)."""

    number_id: NumberId
    msisdn: Msisdn
    reason_code: ReasonCode


class HoldCreated(Event):
    """The slip is issued: the number is kept until `expires_at` (F3.4 TH1, P3.2)."""

    hold_id: HoldId
    number_id: NumberId
    hold_code: str
    """What the customer reads aloud and the parcel carries; useless without the phone's OTP."""
    customer_id: CustomerId | None
    """None until the customer of a sales channel claims the slip (P3.3)."""
    sim: SimKind
    """A card, or a profile that the phone downloads (F3.6)."""
    entrance: Entrance
    """Hold first and pay then (flow 3), or the other way round at a channel (P2.2)."""
    channel_code: str | None
    """The referring or selling channel, if there is one (SD.3 ii)."""
    partner_id: UUID | None
    """The channel's account for our API; none if the customer came by themselves."""
    price_vnd: NonNegativeInt
    """Of the number alone, VAT included."""
    sim_fee_vnd: NonNegativeInt
    """Of the card or the eSIM, VAT included."""
    commitment_vnd_per_month: NonNegativeInt
    """What the subscriber commits to spend a month."""
    commitment_months: NonNegativeInt
    """For how long they commit to it; 0 for no commitment."""
    promotion_code: str | None
    """The promotion this number and SIM are entitled to (SB.7), to be shown before payment."""
    stock_region: Region | None
    """The regional company whose stock the number is; none for common stock."""
    expires_at: Moment
    """Until when the number is kept."""
    channel_paid_vnd: NonNegativeInt | None = None
    """What a channel had collected before it asked for the hold (P2.2)."""
    channel_paid_at: Moment | None = None
    """When the customer paid the channel."""
    channel_delivers: bool = False
    """Whether the channel brings the blank SIM itself (P2.3)."""
    package_code: str | None = None
    """The package that the promotion grants, such as TN4G (SB.7)."""


class HoldClaimed(Event):
    """A channel's customer showed code and phone: the slip is in their account (P3.3)."""

    hold_id: HoldId
    customer_id: CustomerId


class HoldConfirmed(Event):
    """Paid, or to be paid on receipt: the number is the customer's to activate (F3.12, F3.14)."""

    hold_id: HoldId
    number_id: NumberId
    because: Literal["PAID", "COD"]
    """The money is in, or an order was placed that is paid on receipt (F3.12)."""


class HoldExtended(Event):
    """The clock was given more time, as while the payment page is open (F3.12, G10)."""

    hold_id: HoldId
    number_id: NumberId
    expires_at: Moment
    """Until when the number is kept."""
    reason_code: ReasonCode


class HoldExpired(Event):
    """The clock ran out before anybody paid: the number is free again (G10)."""

    hold_id: HoldId
    number_id: NumberId
    rests_until: Moment | None = None
    """Until when nobody can take the number, so that it is not passed around."""


class HoldEnding(Event):
    """The hold ends soon, unless the SIM is fetched, paid for or activated before (G39)."""

    hold_id: HoldId
    number_id: NumberId
    ends_at: Moment
    """Until when the number is kept."""
    reason_code: ReasonCode


class HoldReleased(Event):
    """The hold was given up or its order cancelled: the number is free again (G18)."""

    hold_id: HoldId
    number_id: NumberId
    reason_code: ReasonCode
    owed_back_vnd: NonNegativeInt | None = None
    """The sum that a paid channel owes its customer (P2.2); none where no channel was paid."""
    rests_until: Moment | None = None
    """Until when nobody can take the number, so that it is not passed around."""


class HoldConsumed(Event):
    """The subscriber is connected: the number has an owner and is never sold again (P1.6, P4.2)."""

    hold_id: HoldId
    number_id: NumberId


class HoldLost(Event):
    """A payment found no hold and no free number: whoever took the money gives it back (G10)."""

    hold_id: HoldId
    number_id: NumberId
    order_id: OrderId
