"""A customer's choice of delivery: a parcel to their door, or a walk to a store."""

from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from events import Region
from events.ids import uuid7
from kit.errors import Conflict, NotFound
from kit.sealing import Sealer

Kind = Literal["HOME", "STORE"]


@dataclass(eq=False)
class NoSuchDelivery(NotFound):
    """Nothing was chosen for this hold yet."""

    hold_id: UUID


@dataclass(eq=False)
class NothingToDeliver(Conflict):
    """This SIM does not need our delivery: it is an eSIM, or the sales channel brings it."""

    hold_id: UUID


@dataclass(eq=False)
class HoldIsOver(Conflict):
    """This hold is over: choose a number again."""

    hold_id: UUID
    because: str


@dataclass(eq=False)
class DeliverySettled(Conflict):
    """It is too late for this change: the order is under way."""

    hold_id: UUID


@dataclass(frozen=True)
class Doorstep:
    """Recipient and address of a parcel. Personal, so only ever stored sealed (F3.10)."""

    recipient: str
    phone: str
    street: str
    note: str | None

    def as_json(self) -> dict[str, Any]:
        """Return the fields as JSON, to be sealed."""
        return asdict(self)


@dataclass(kw_only=True, eq=False)
class Delivery:
    """One choice. Its doorstep may change until staff confirm the shipment (F4.8).

    Another way of delivery is another choice with its own id: an order names the one it is for.
    """

    id: UUID = field(default_factory=uuid7)
    hold_id: UUID
    customer_id: UUID
    kind: Kind
    ward_code: str
    region: Region
    store_code: str | None
    doorstep: bytes | None
    """Sealed; none for a store."""
    phone_index: str | None = None
    """Blind index of the recipient's phone, by which staff find the parcel."""
    changed_at: datetime

    def seal(self, doorstep: Doorstep, sealer: Sealer) -> None:
        """Keep recipient and address, sealed, with the blind index of the phone."""
        self.doorstep = sealer.seal_json(doorstep.as_json(), about=str(self.id))
        self.phone_index = sealer.blind_index(doorstep.phone)

    def same_way_as(self, other: "Delivery") -> bool:
        """Tell whether an order placed for the one still fits the other."""
        own = (self.kind, self.region, self.store_code)
        return own == (other.kind, other.region, other.store_code)

    def claims(self) -> dict[str, Any]:
        """Return the claims of the slip for the order service, nothing personal among them."""
        return {
            "hold_id": str(self.hold_id),
            "delivery_id": str(self.id),
            "delivery": self.kind,
            "ward_code": self.ward_code,
            "store_code": self.store_code,
            "region": self.region,
        }
