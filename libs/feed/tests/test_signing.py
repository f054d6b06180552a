"""Signatures as receivers check them: with the public package, and with the public key."""

import time
from base64 import b64decode
from datetime import timedelta
from uuid import UUID

import pytest
from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from libs.feed.tests.news_for_tests import Sessions
from standardwebhooks import Webhook as Verifier
from standardwebhooks import WebhookVerificationError

from events.ids import uuid7
from feed import endpoints
from feed.endpoints import Webhook
from feed.signing import Keys, Seal, headers_for
from kit import clock

BODY = b'{"sequence": 1, "type": "HoldCreated"}'


def check_with_public_key(public_key: str, headers: dict[str, str], body: bytes) -> None:
    """Check as docs/partners.md tells partners to."""
    key = Ed25519PublicKey.from_public_bytes(b64decode(public_key.removeprefix("whpk_")))
    content = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.{body.decode()}".encode()
    signatures = [s.partition(",") for s in headers["webhook-signature"].split()]
    [signature] = [text for version, _, text in signatures if version == "v1a"]
    key.verify(b64decode(signature), content)


def test_the_public_package_takes_what_we_sign() -> None:
    keys = Keys.new()
    headers = headers_for(uuid7(), time.time(), BODY, [keys])

    assert keys.shared_secret.startswith("whsec_")
    assert Verifier(keys.shared_secret).verify(BODY, headers)["sequence"] == 1
    check_with_public_key(keys.public_key, headers, BODY)


def test_another_body_or_key_is_not_taken() -> None:
    keys, others = Keys.new(), Keys.new()
    headers = headers_for(uuid7(), time.time(), BODY, [keys])

    with pytest.raises(WebhookVerificationError):
        Verifier(keys.shared_secret).verify(BODY + b" ", headers)
    with pytest.raises(WebhookVerificationError):
        Verifier(others.shared_secret).verify(BODY, headers)
    with pytest.raises(InvalidSignature):
        check_with_public_key(keys.public_key, headers, BODY + b" ")
    with pytest.raises(InvalidSignature):
        check_with_public_key(others.public_key, headers, BODY)


async def test_while_keys_change_both_pairs_sign(
    sessions: Sessions, seal: Seal, webhook: tuple[Webhook, Keys]
) -> None:
    now = clock.now()
    async with sessions.begin() as tx:
        changed, fresh = await endpoints.rotate(
            tx, webhook[0], seal=seal, overlap=timedelta(hours=1), now=now
        )

    during = _signed(changed.signed_with(seal, now=now))
    after = _signed(changed.signed_with(seal, now=now + timedelta(hours=1)))

    for verifier in (Verifier(webhook[1].shared_secret), Verifier(fresh.shared_secret)):
        verifier.verify(BODY, during)
    Verifier(fresh.shared_secret).verify(BODY, after)
    with pytest.raises(WebhookVerificationError):
        Verifier(webhook[1].shared_secret).verify(BODY, after)


def test_sealed_keys_open_for_their_own_endpoint_only(seal: Seal) -> None:
    keys, webhook_id = Keys.new(), uuid7()
    sealed = keys.sealed(seal, webhook_id)

    assert Keys.open(sealed, seal, webhook_id) == keys
    assert keys.secret not in sealed
    with pytest.raises(InvalidTag):
        Keys.open(sealed, seal, UUID(int=0))


def _signed(keys: list[Keys]) -> dict[str, str]:
    return headers_for(uuid7(), time.time(), BODY, keys)
