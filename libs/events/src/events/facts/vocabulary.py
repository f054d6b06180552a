"""Words that several facts use, each with one meaning for everybody."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from values.wards import Region as Region  # noqa: PLC0414, one list of them

SimKind = Literal["PHYSICAL", "ESIM"]
"""The card in the phone, or a profile that the phone downloads (F3.6)."""

Entrance = Literal["APP", "CHANNEL"]
"""How a hold began: hold first, then pay (flow 3), or pay a channel first, then hold (P2.2)."""

Delivery = Literal["HOME", "STORE", "CHANNEL", "ESIM"]
"""How the SIM comes: to the home, to a store, by the channel's own courier, as a download."""

PaymentMethod = Literal["ONLINE", "COD", "CHANNEL"]
"""Who takes the money: the payment gateway, whoever hands over the parcel, or the sales channel."""

RepeatStep = Literal["EDIT", "PHOTO", "CALL", "SERIAL", "SIGN", "STORE"]
"""The step a person should go back to; STORE means that it cannot be repaired online."""

ShopCode = Annotated[
    str,
    Field(pattern=r"^[A-Z0-9]{4,16}$", description="A shop of a regional company (shopcode)."),
]

ReasonCode = Annotated[
    str,
    Field(
        pattern=r"^[A-Z][A-Z0-9_]*(:[a-z_]+)?$",
        max_length=64,
        description="Why, as a stable code: never free text, which could name a person.",
    ),
]

Msisdn = Annotated[
    str,
    Field(
        description="The phone number: E.164 digits without the plus sign."
        " Whoever needs the digits later keeps them now."
    ),
]

HoldId = Annotated[
    UUID,
    Field(description="The hold, and with it the whole journey: every event of a journey has it."),
]
NumberId = Annotated[
    UUID,
    Field(description="The number, by a name without digits: no event ties those to a person."),
]
CustomerId = Annotated[
    UUID, Field(description="The customer's account; who that is, only the identity service knows.")
]
SubjectId = Annotated[UUID, Field(description="The account of a customer or of a member of staff.")]
OrderId = Annotated[UUID, Field(description="The order for this hold.")]
PaymentId = Annotated[UUID, Field(description="One attempt to pay.")]
RefundId = Annotated[UUID, Field(description="One refund.")]
ShipmentId = Annotated[UUID, Field(description="The parcel, or the card that waits at a store.")]
SessionId = Annotated[
    UUID, Field(description="The check of the customer's identity, over all attempts.")
]
CallId = Annotated[UUID, Field(description="One video call.")]
AgentId = Annotated[UUID, Field(description="The member of the call team.")]
DossierId = Annotated[
    UUID, Field(description="The subscriber's dossier: form, signature, consents, sealed together.")
]
ConnectionId = Annotated[UUID, Field(description="One request to mSale to connect the subscriber.")]
OfficerId = Annotated[
    UUID,
    Field(description="The member of the connection team, never the one who approved the call."),
]
ProfileId = Annotated[
    UUID,
    Field(description="The eSIM profile; its code is as good as the SIM and stays in the service."),
]
MessageId = Annotated[UUID, Field(description="One message to one person.")]
