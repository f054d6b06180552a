"""Signatures of Standard Webhooks: a shared secret (`v1`) and a key pair (`v1a`)."""

import hashlib
import hmac
import os
from base64 import b64decode, b64encode
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final, Protocol
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

SECRET_BYTES: Final = 32


class Seal(Protocol):
    """Keeps JSON so that only this service can read it."""

    def seal_json(self, value: Any, *, about: str = "") -> bytes:
        """Seal a value that belongs to the thing it is about."""

    def open_json(self, sealed: bytes, *, about: str = "") -> Any:
        """Open it again."""


@dataclass(frozen=True)
class Keys:
    """The keys that sign the deliveries to one endpoint."""

    secret: bytes
    seed: bytes

    @classmethod
    def new(cls) -> "Keys":
        """Make new ones."""
        return cls(os.urandom(SECRET_BYTES), os.urandom(SECRET_BYTES))

    @property
    def shared_secret(self) -> str:
        """Write the secret as receivers expect it."""
        return f"whsec_{b64encode(self.secret).decode()}"

    @property
    def public_key(self) -> str:
        """Write the key that checks `v1a` signatures; anybody may have it."""
        public = Ed25519PrivateKey.from_private_bytes(self.seed).public_key()
        return f"whpk_{b64encode(public.public_bytes_raw()).decode()}"

    def sealed(self, seal: Seal, webhook_id: UUID) -> bytes:
        """Put them away."""
        encoded = [b64encode(part).decode() for part in (self.secret, self.seed)]
        return seal.seal_json(encoded, about=str(webhook_id))

    @classmethod
    def open(cls, sealed: bytes, seal: Seal, webhook_id: UUID) -> "Keys":
        """Take them out again."""
        return cls(*map(b64decode, seal.open_json(sealed, about=str(webhook_id))))

    def signatures(self, content: bytes) -> Iterable[str]:
        """Sign, in both ways."""
        mac = hmac.new(self.secret, content, hashlib.sha256).digest()
        yield f"v1,{b64encode(mac).decode()}"
        signed = Ed25519PrivateKey.from_private_bytes(self.seed).sign(content)
        yield f"v1a,{b64encode(signed).decode()}"


def headers_for(message_id: UUID, at: float, body: bytes, keys: Iterable[Keys]) -> dict[str, str]:
    """Sign a message with every key that is good just now."""
    seconds = str(int(at))
    content = b".".join([str(message_id).encode(), seconds.encode(), body])
    return {
        "content-type": "application/json",
        "user-agent": "ChonSo-Webhooks/1",
        "webhook-id": str(message_id),
        "webhook-timestamp": seconds,
        "webhook-signature": " ".join(s for pair in keys for s in pair.signatures(content)),
    }
