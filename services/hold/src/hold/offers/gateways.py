"""Offers of the catalog: checked by its key, without asking it."""

from pathlib import Path
from typing import Annotated

from hold.offers.domain import Offer
from kit.dependencies import from_app
from kit.tokens import BadSlip, Verifier


class OfferReader:
    """Reads the offers that the catalog signed."""

    def __init__(self, keys: Path) -> None:
        self._verifier = Verifier(keys, "catalog", "offer")

    def read(self, slip: str) -> Offer:
        """Return what a signed offer says; raise `BadSlip` if it is forged, too old or not one."""
        try:
            return Offer.of(self._verifier.open(slip))
        except (KeyError, ValueError) as error:
            raise BadSlip from error


RequestOffers = Annotated[OfferReader, from_app(OfferReader, "offers")]
