"""Routes that are called by machines which speak their own protocols."""

from typing import Any

import pytest

from demo.actors import Actors

TOKENS = "/api/identity/v1/oauth/token"
FORM = {"content-type": "application/x-www-form-urlencoded"}
GRANT = "grant_type=client_credentials&client_id="


@pytest.mark.parametrize(
    ("sent", "headers", "status", "error"),
    [
        ("", FORM, 400, "unsupported_grant_type"),
        ("grant_type=password", FORM, 400, "unsupported_grant_type"),
        ('{"grant_type": "client_credentials"}', {"content-type": "application/json"}, 400, None),
        (GRANT + "demo-channel&client_secret=wrong", FORM, 401, "invalid_client"),
        (GRANT + "%00&client_secret=%00", FORM, 401, "invalid_client"),
        (GRANT + "%FF%FE&client_secret=x", FORM, 401, "invalid_client"),
        (GRANT + "x" * 100_000, FORM, 400, "unsupported_grant_type"),
        (GRANT, FORM | {"authorization": "Basic !!!"}, 401, "invalid_client"),
        (GRANT, FORM | {"authorization": b"Basic \xe9"}, 401, "invalid_client"),
        (GRANT, FORM | {"authorization": "Basic AGE6AGI="}, 401, "invalid_client"),
    ],
)
async def test_a_client_that_is_none_gets_an_error_of_oauth(
    actors: Actors, sent: str, headers: dict[str, Any], status: int, error: str | None
) -> None:
    """RFC 6749, 5.2."""
    answer = await actors.gateway.raw("POST", TOKENS, content=sent.encode(), headers=headers)

    assert answer.status_code == status, answer.text
    if error:
        assert answer.json()["error"] == error


@pytest.mark.parametrize("path", ["msale/callback", "smdp/notifications"])
@pytest.mark.parametrize("signature", [None, "", "0" * 64, b"\xe9", "x" * 10_000])
async def test_what_msale_did_not_sign_is_not_heard(
    actors: Actors, path: str, signature: str | bytes | None
) -> None:
    """F5a.12, F5b.11: the callback is open to everybody, and believes nobody."""
    nobody = "01900000-0000-7000-8000-000000000000"
    said = {"connection_id": nobody, "request_id": nobody, "state": "CONNECTED"}
    headers: dict[str, Any] = {} if signature is None else {"x-signature": signature}

    answer = await actors.gateway.raw(
        "POST",
        f"/api/activation/v1/{path}",
        json=said | {"matching_id": "MAU", "result": "INSTALLED"},
        headers=headers,
    )

    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    "query",
    ["", "vnp_SecureHash=%C3%A9", "vnp_TxnRef=1&vnp_SecureHash=00", "vnp_TxnRef=%FF", "x=1"],
)
async def test_what_vnpay_did_not_sign_changes_nothing(actors: Actors, query: str) -> None:
    """F3.6: VNPay reads its own answers, whatever the status."""
    told = await actors.gateway.raw("GET", f"/api/order/v1/payments/vnpay/ipn?{query}")
    shown = await actors.gateway.raw("GET", f"/api/order/v1/payments/vnpay/return?{query}")

    assert (told.status_code, told.json()["RspCode"]) == (200, "97")
    assert (shown.status_code, shown.json()["payment_status"]) == (200, None)
