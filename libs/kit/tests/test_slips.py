"""Signed slips are believed only if they are whole, in time and meant for this purpose."""

import time
from datetime import timedelta
from pathlib import Path

import jwt
import pytest
from cryptography.exceptions import InvalidTag

from kit.keys import key_id, private_key
from kit.sealing import Sealer
from kit.testing import token_for
from kit.tokens import BadSlip, Signer, Verifier
from values.moments import CLOCK_TOLERANCE

SOON = timedelta(minutes=5)
LITTLE, MUCH = CLOCK_TOLERANCE - timedelta(seconds=30), CLOCK_TOLERANCE + timedelta(seconds=30)


def test_a_slip_says_what_was_signed(keys_dir: Path) -> None:
    slip = Signer(keys_dir, "catalog").sign("offer", {"price_vnd": 150_000}, ttl=SOON)

    assert Verifier(keys_dir, "catalog", "offer").open(slip)["price_vnd"] == 150_000


def test_a_slip_that_is_damaged_old_or_for_something_else_is_refused(keys_dir: Path) -> None:
    signer, verifier = Signer(keys_dir, "catalog"), Verifier(keys_dir, "catalog", "offer")
    good = signer.sign("offer", {}, ttl=SOON)
    bad = [
        good[:-4] + "AAAA",
        signer.sign("offer", {}, ttl=-2 * SOON),
        signer.sign("other", {}, ttl=SOON),
        Signer(keys_dir, "identity").sign("offer", {}, ttl=SOON),
        token_for(keys_dir),
        "",
        "a.b.c",
    ]

    for slip in bad:
        with pytest.raises(BadSlip):
            verifier.open(slip)


@pytest.mark.parametrize(
    ("field", "off", "good"),
    [
        ("exp", -LITTLE, True),
        ("exp", -MUCH, False),
        ("iat", LITTLE, True),
        ("iat", MUCH, False),
        ("nbf", LITTLE, True),
        ("nbf", MUCH, False),
    ],
)
def test_the_clock_of_another_may_be_a_little_wrong(
    keys_dir: Path, field: str, off: timedelta, *, good: bool
) -> None:
    """As much as for a delivery or a picture (values.moments)."""
    at = int(time.time())
    said = {"iss": "catalog", "aud": "offer", "iat": at, "exp": at + 60}
    slip = jwt.encode(
        said | {field: at + int(off.total_seconds())},
        private_key(keys_dir, "catalog"),
        algorithm="ES256",
        headers={"kid": key_id(keys_dir, "catalog")},
    )
    verifier = Verifier(keys_dir, "catalog", "offer")

    if good:
        assert verifier.open(slip)["iss"] == "catalog"
    else:
        with pytest.raises(BadSlip):
            verifier.open(slip)


def test_what_is_sealed_opens_for_its_service_and_its_row_only(keys_dir: Path) -> None:
    sealer = Sealer(keys_dir, "kyc")
    sealed = sealer.seal_json({"full_name": "Nguyễn Thị Mẫu"}, about="row 1")

    assert sealer.open_json(sealed, about="row 1") == {"full_name": "Nguyễn Thị Mẫu"}
    assert "Mẫu".encode() not in sealed
    for other, about in [(sealer, "row 2"), (Sealer(keys_dir, "hold"), "row 1")]:
        with pytest.raises(InvalidTag):
            other.open_json(sealed, about=about)


def test_equal_texts_are_found_again_within_a_service_but_not_across(keys_dir: Path) -> None:
    kyc, hold = Sealer(keys_dir, "kyc"), Sealer(keys_dir, "hold")

    assert kyc.blind_index("84901234567") == Sealer(keys_dir, "kyc").blind_index("84901234567")
    assert kyc.blind_index("84901234567") != kyc.blind_index("84901234568")
    assert kyc.blind_index("84901234567") != hold.blind_index("84901234567")
