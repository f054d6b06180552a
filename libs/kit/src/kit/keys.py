"""Keys as they are mounted: public sets for everybody, private parts for their owner."""

import base64
import json
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from jwt import PyJWKSet


def private_key(folder: Path, owner: str) -> EllipticCurvePrivateKey:
    """Read the key this service signs with."""
    key = load_pem_private_key((folder / f"{owner}.pem").read_bytes(), password=None)
    assert isinstance(key, EllipticCurvePrivateKey), f"{owner}.pem is not a P-256 key"
    return key


def public_keys(folder: Path, issuer: str) -> PyJWKSet:
    """Read the keys another service's signatures are checked with; several during a rotation."""
    return PyJWKSet.from_dict(json.loads((folder / "jwks" / f"{issuer}.json").read_text()))


def key_id(folder: Path, owner: str) -> str:
    """Return the id of the newest key of an issuer."""
    kid = public_keys(folder, owner).keys[0].key_id
    assert kid, f"jwks/{owner}.json has no kid"
    return kid


def sealing_key(folder: Path, service: str) -> bytes:
    """Read the 32 bytes this service seals personal data with."""
    return base64.b64decode((folder / f"{service}.seal").read_text())
