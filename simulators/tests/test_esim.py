"""Profiles of eSIMs and the SM-DP+ (P6.1, F5b.13, F5b.14)."""

import re

import pytest
from simulators.tests.msale import connected, dossier, queued

from simulators.callbacks import signature
from simulators.msale.esim import is_luhn, with_check_digit
from simulators.testing import Outside, Shop, until


async def test_an_esim_gets_a_profile_a_phone_can_install(outside: Outside) -> None:
    connection = await connected(outside)

    esim = connection["esim"]
    assert re.fullmatch(r"898401\d{14}", esim["iccid"])
    assert is_luhn(esim["iccid"])
    assert esim["activation_code"] == f"LPA:1${esim['smdp']}${esim['matching_id']}"
    assert re.fullmatch(r"[A-Z0-9-]+", esim["matching_id"])


@pytest.mark.parametrize(
    ("digits", "full"),
    [("7992739871", "79927398713"), ("8901410321111851072", "89014103211118510720")],
)
def test_the_check_digit_is_luhns(digits: str, full: str) -> None:
    assert with_check_digit(digits) == full
    assert is_luhn(full)
    assert not is_luhn(full[:-1] + str((int(full[-1]) + 1) % 10))


async def test_a_new_profile_replaces_the_old_one(outside: Outside) -> None:
    """G29: a failed installation is answered with another code, not with a refusal."""
    connection = await connected(outside)
    path = f"/msale/v1/connections/{connection['connection_id']}/esim/reissue"

    new = (await outside.http.post(path, headers={"Idempotency-Key": "k"})).json()["esim"]
    again = (await outside.http.post(path, headers={"Idempotency-Key": "k"})).json()["esim"]

    old_code = connection["esim"]["matching_id"]
    old = await outside.http.post(f"/msale/smdp/{old_code}/install", json={"result": "INSTALLED"})
    assert (old.status_code, old.json()["reason_code"]) == (409, "CODE_EXPIRED")
    assert new["iccid"] != connection["esim"]["iccid"]
    assert again == new
    assert await outside.count("esim_profiles", "request-1") == 2
    crm = (await outside.http.get("/crm/v1/subscribers/0931266868")).json()
    assert crm["iccid"] == new["iccid"]


async def test_only_a_connected_esim_gets_a_new_profile(outside: Outside) -> None:
    waiting = await queued(outside)
    physical = await connected(outside, dossier("request-2", "PHYSICAL"))

    for connection_id in (waiting, physical["connection_id"]):
        answer = await outside.http.post(f"/msale/v1/connections/{connection_id}/esim/reissue")

        assert answer.status_code == 409


async def test_a_phone_reports_and_the_shop_is_notified(outside: Outside, shop: Shop) -> None:
    connection = await connected(outside)
    code = connection["esim"]["matching_id"]
    path = f"/msale/smdp/{code}/install"

    await outside.http.post(path, json={"result": "FAILED", "reason_code": "NO_INTERNET"})
    done = await outside.http.post(path, json={"result": "INSTALLED"})
    used = await outside.http.post(path, json={"result": "INSTALLED"})

    assert (done.status_code, used.json()["reason_code"]) == (200, "CODE_USED")
    await until(lambda: len(shop.received) == 4)
    told = [one for one in shop.received if one.url.path == "/v1/smdp/notifications"]
    assert all(one.headers["x-signature"] == signature("msale-secret", one.content) for one in told)
    results = [one["result"] for one in shop.messages() if "result" in one]
    assert results == ["FAILED", "INSTALLED"]
    assert await outside.count("esim_installed", "request-1") == 1


async def test_an_unknown_code_cannot_be_installed(outside: Outside) -> None:
    answer = await outside.http.post("/msale/smdp/NEVER/install", json={"result": "INSTALLED"})

    assert answer.status_code == 404


async def test_msale_may_write_an_esim_code_oddly(outside: Outside) -> None:
    """This switch writes a code that the receiver must check."""
    odd = " lpa:1$SMDP.example.vn$AB12 "
    await outside.http.put("/faults/msale/odd_esim_code", json={"on": True, "value": odd})

    assert (await connected(outside))["esim"]["activation_code"] == odd
