"""Words that several facts use, each with one meaning for everybody."""

from typing import Annotated, Literal

from pydantic import Field

SimKind = Literal["PHYSICAL", "ESIM"]
"""The card in the phone, or a profile that the phone downloads (F3.6)."""

Region = Literal["KV1", "KV2", "KV3", "KV4", "KV5", "KV6", "KV7", "KV8", "KV9"]
"""One of the nine regional companies (CTKV)."""

Entrance = Literal["APP", "CHANNEL"]
"""How a hold began: hold first, then pay (flow 3), or pay a channel first, then hold (P2.2)."""

Delivery = Literal["HOME", "STORE", "CHANNEL", "ESIM"]
"""How the SIM comes: to the home, to a store, by the channel's own courier, as a download."""

PaymentMethod = Literal["ONLINE", "COD", "CHANNEL"]
"""Who takes the money: the payment gateway, whoever hands over the parcel, or the sales channel."""

RepeatStep = Literal["EDIT", "PHOTO", "CALL", "SERIAL", "SIGN", "STORE"]
"""The step a person should go back to; STORE means that it cannot be repaired online."""

ShopCode = Annotated[str, Field(pattern=r"^[A-Z0-9]{4,16}$")]
"""The code of a shop of a regional company (shopcode)."""

ReasonCode = Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9_]*(:[a-z_]+)?$", max_length=64)]
"""Why, as a stable code: never free text, which could name a person."""
