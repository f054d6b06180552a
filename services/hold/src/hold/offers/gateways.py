"""Slips of other services: they are checked by their keys, without calling anybody."""

from pathlib import Path
from typing import Annotated, Literal

from hold.offers.domain import Offer
from kit.dependencies import from_app
from kit.sealing import Sealer
from kit.tokens import BadSlip, Verifier


class Desk:
    """Checks offers and proofs without calling whoever signed them, and keeps the seal."""

    def __init__(self, keys: Path) -> None:
        self.sealer = Sealer(keys, "hold")
        self._offers = Verifier(keys, "catalog", "offer")
        self._proofs = Verifier(keys, "identity", "phone-proof")

    def open_offer(self, slip: str) -> Offer:
        """Read an offer of the catalog."""
        try:
            return Offer.of(self._offers.open(slip))
        except (KeyError, ValueError) as error:
            raise BadSlip from error

    def phone_index(self, slip: str, purpose: Literal["CLAIM", "LOOKUP"]) -> str:
        """Read whose phone was proven for this purpose; return its fingerprint."""
        proof = self._proofs.open(slip)
        if proof.get("purpose") != purpose or not isinstance(proof.get("phone"), str):
            raise BadSlip
        return self.sealer.blind_index(proof["phone"])


TheDesk = Annotated[Desk, from_app(Desk)]
