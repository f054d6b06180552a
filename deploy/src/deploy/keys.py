"""Keys and secrets of this machine's stack: made once, never shared with another machine."""

import base64
import json
import secrets
from dataclasses import asdict, dataclass, field, fields
from functools import partial
from pathlib import Path
from typing import Any, Final

from cryptography.hazmat.primitives.asymmetric.ec import (
    SECP256R1,
    EllipticCurvePrivateKey,
    generate_private_key,
)
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from jwt.algorithms import ECAlgorithm

from deploy.services import SERVICES

ISSUERS: Final = ("identity", "catalog", "order", "shipping", "kyc")
"""The services that sign slips."""

_new_secret = partial(secrets.token_urlsafe, 32)


@dataclass(frozen=True)
class Secrets:
    """Secrets shared with the systems outside."""

    vnpay: str = field(default_factory=_new_secret)
    carrier_token: str = field(default_factory=_new_secret)
    carrier_webhook: str = field(default_factory=_new_secret)
    ekyc: str = field(default_factory=_new_secret)
    msale: str = field(default_factory=_new_secret)
    media: str = field(default_factory=_new_secret)
    """The secret by which media nodes know the videocall service."""
    turn: str = field(default_factory=_new_secret)
    """The secret by which TURN servers know callers of the videocall service."""


def ensure(folder: Path) -> Secrets:
    """Generate missing keys and secrets in a folder and return the secrets."""
    (folder / "jwks").mkdir(parents=True, exist_ok=True)
    for issuer in ISSUERS:
        if not (folder / "jwks" / f"{issuer}.json").exists():
            _make_signing_key(folder, issuer)
    for service in SERVICES:
        if not (folder / f"{service}.seal").exists():
            sealing_key = base64.b64encode(secrets.token_bytes(32))
            _write_private(folder / f"{service}.seal", sealing_key)
    return _secrets(folder / "secrets.json")


def _make_signing_key(folder: Path, issuer: str) -> None:
    key = generate_private_key(SECP256R1())
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    _write_private(folder / f"{issuer}.pem", pem)
    keys = {"keys": [_public_part(key, f"{issuer}-{secrets.token_hex(4)}")]}
    (folder / "jwks" / f"{issuer}.json").write_text(json.dumps(keys, indent=2))


def _public_part(key: EllipticCurvePrivateKey, kid: str) -> dict[str, Any]:
    jwk = ECAlgorithm.to_jwk(key.public_key(), as_dict=True)
    return {**jwk, "kid": kid, "alg": "ES256", "use": "sig"}


def _secrets(file: Path) -> Secrets:
    known = json.loads(file.read_text()) if file.exists() else {}
    names = {part.name for part in fields(Secrets)}
    result = Secrets(**{name: value for name, value in known.items() if name in names})
    _write_private(file, json.dumps(asdict(result), indent=2).encode())
    return result


def _write_private(file: Path, content: bytes) -> None:
    file.touch(mode=0o600)
    file.write_bytes(content)
