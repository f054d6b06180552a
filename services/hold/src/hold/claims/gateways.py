"""Phone proofs of identity: checked by its key, without asking it."""

from pathlib import Path
from typing import Annotated, Literal

from kit.dependencies import from_app
from kit.sealing import Sealer
from kit.tokens import BadSlip, Verifier


class PhoneProofReader:
    """Reads the proofs that identity signed after a phone's code was typed in."""

    def __init__(self, keys: Path, sealer: Sealer) -> None:
        self._verifier, self._sealer = Verifier(keys, "identity", "phone-proof"), sealer

    def phone_index(self, slip: str, purpose: Literal["CLAIM", "LOOKUP"]) -> str:
        """Return the fingerprint of the phone that was proven for this purpose; raise `BadSlip`."""
        proof = self._verifier.open(slip)
        if proof.get("purpose") != purpose or not isinstance(proof.get("phone"), str):
            raise BadSlip
        return self._sealer.blind_index(proof["phone"])


RequestPhoneProofs = Annotated[PhoneProofReader, from_app(PhoneProofReader, "phone_proofs")]
