"""An offer: what a customer saw in the catalog, signed by it, to be held without asking again."""

from dataclasses import dataclass
from typing import Any, Self
from uuid import UUID

from events import Region, SimKind
from kit.errors import Conflict


@dataclass(eq=False)
class NumberNotOnSale(Conflict):
    """This number is no longer on sale."""

    number_id: UUID


@dataclass(frozen=True)
class Offer:
    """A number with the price and terms that the customer saw, as the catalog signed them."""

    number_id: UUID
    msisdn: str
    price_class: str
    price_vnd: int
    sim_fee_vnd: int
    commitment_vnd_per_month: int
    commitment_months: int
    stock_region: Region | None
    promotions: dict[SimKind, str]
    packages: dict[SimKind, str]

    @classmethod
    def of(cls, claims: dict[str, Any]) -> Self:
        """Read the claims of a signed offer."""
        names = cls.__dataclass_fields__
        fields = {name: claims[name] for name in names if name != "packages"}
        fields["packages"] = claims.get("packages", {})  # not in an offer signed before there were
        return cls(**fields | {"number_id": UUID(claims["number_id"])})
