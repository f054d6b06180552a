"""Signed slips: what one service vouches for and the client carries to another.

Services do not call each other. What one knows and another must believe (who is calling, what a
number costs, where a parcel goes, what a document said) is signed by the first, handed to the
client, and checked by the second with the first one's public key.
"""

import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import jwt

from kit.errors import Invalid
from kit.keys import key_id, private_key, public_keys
from values.moments import CLOCK_TOLERANCE


class BadSlip(Invalid):
    """The signed slip is damaged, too old or meant for something else: get a new one."""


class Signer:
    """Signs slips in the name of one service."""

    def __init__(self, keys: Path, issuer: str) -> None:
        self._key, self._kid, self._issuer = private_key(keys, issuer), key_id(keys, issuer), issuer

    def sign(self, audience: str, claims: dict[str, Any], *, ttl: timedelta) -> str:
        """Return a compact JWS that says `claims` and is good for `ttl`, by the real clock."""
        at = int(time.time())
        body = claims | {
            "iss": self._issuer,
            "aud": audience,
            "iat": at,
            "exp": at + int(ttl.total_seconds()),
        }
        return jwt.encode(body, self._key, algorithm="ES256", headers={"kid": self._kid})


class Verifier:
    """Checks slips of one issuer for one purpose."""

    def __init__(self, keys: Path, issuer: str, audience: str) -> None:
        self._keys = {key.key_id: key for key in public_keys(keys, issuer).keys}
        self._issuer, self._audience = issuer, audience

    def open(self, slip: str) -> dict[str, Any]:
        """Return what the slip says. Raises BadSlip."""
        try:
            key = self._keys[jwt.get_unverified_header(slip).get("kid")]
            claims: dict[str, Any] = jwt.decode(
                slip,
                key,
                algorithms=["ES256"],
                audience=self._audience,
                issuer=self._issuer,
                # The clock that signed may be fast, or ours.
                leeway=CLOCK_TOLERANCE,
                options={"require": ["exp", "iat", "iss", "aud"]},
            )
        except (jwt.PyJWTError, KeyError, ValueError) as error:
            raise BadSlip from error
        return claims
