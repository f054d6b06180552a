"""Personal data at rest: sealed with the service's own key, found again by a blind index."""

import hashlib
import hmac
import json
import os
from pathlib import Path
from typing import Any, Final

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from kit.keys import sealing_key

NONCE_BYTES: Final = 12


class Sealer:
    """Seals and opens what only this service may read (AES-256-GCM)."""

    def __init__(self, keys: Path, service: str) -> None:
        self._take(sealing_key(keys, service))

    def _take(self, key: bytes) -> None:
        self._cipher = AESGCM(_derive(key, b"seal"))
        self._index_key = _derive(key, b"index")

    def seal(self, plain: bytes, *, about: str = "") -> bytes:
        """Seal bytes. `about` must be the same when they are opened: a row id, for instance."""
        nonce = os.urandom(NONCE_BYTES)
        return nonce + self._cipher.encrypt(nonce, plain, about.encode())

    def open(self, sealed: bytes, *, about: str = "") -> bytes:
        """Open what was sealed; fails if a single bit, or `about`, is another."""
        return self._cipher.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], about.encode())

    def seal_json(self, value: Any, *, about: str = "") -> bytes:
        """Seal a JSON value."""
        return self.seal(json.dumps(value, ensure_ascii=False).encode(), about=about)

    def open_json(self, sealed: bytes, *, about: str = "") -> Any:
        """Open a sealed JSON value."""
        return json.loads(self.open(sealed, about=about))

    def blind_index(self, text: str) -> str:
        """Return a keyed fingerprint: equal texts can be found without being readable."""
        return hmac.new(self._index_key, text.encode(), hashlib.sha256).hexdigest()


class KeyedSealer(Sealer):
    """Seals by a key of the caller's: one that is erased makes unreadable what it sealed."""

    def __init__(self, key: bytes) -> None:
        self._take(key)


def _derive(key: bytes, purpose: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose).derive(key)
