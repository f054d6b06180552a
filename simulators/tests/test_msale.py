"""mSale, TC/QLKH and the SM-DP+ (P4.1, P4.2, P6.1, F5b.13, F5b.14)."""

import asyncio
import re
from typing import Any
from uuid import UUID

import pytest
from fastapi.responses import Response

from simulators.callbacks import signature
from simulators.msale.esim import is_luhn, with_check_digit
from simulators.settings import Settings
from simulators.testing import Outside, Shop, outside_world, until

ICCID = with_check_digit("898401261111222233")
WRONG_ICCID = ICCID[:-1] + str((int(ICCID[-1]) + 1) % 10)
CONFIRM = {"decision": "CONFIRM", "officer_id": "officer1"}
REFUSE = {
    "decision": "REFUSE",
    "officer_id": "officer1",
    "reason_code": "PHOTO",
    "reason_text": "Ảnh mờ",
}


def dossier(request_id: str = "request-1", kind: str = "ESIM", **changes: Any) -> dict[str, Any]:
    return {
        "request_id": request_id,
        "msisdn": "0931266868",
        "sim": {"kind": kind} | ({"serial": "1234567890"} if kind == "PHYSICAL" else {}),
        "subscriber": {"full_name": "Nguyễn Thị Mẫu", "id_number": "001199012345", "sex": "F"},
        "dossier_sha256": "a" * 64,
        "packages": ["TN4G"],
    } | changes


async def queued(outside: Outside, body: dict[str, Any] | None = None) -> str:
    answer = await outside.http.post("/msale/v1/connections", json=body or dossier())
    assert answer.status_code == 202, answer.text
    connection_id: str = answer.json()["connection_id"]
    return connection_id


async def decide(outside: Outside, connection_id: str, decision: dict[str, Any]) -> Any:
    path = f"/msale/v1/connections/{connection_id}/decision"
    return await outside.http.post(path, json=decision)


async def look(outside: Outside, connection_id: str) -> Any:
    return (await outside.http.get(f"/msale/v1/connections/{connection_id}")).json()


async def settled(outside: Outside, connection_id: str, state: str = "CONNECTED") -> Any:
    async with asyncio.timeout(10):
        while (found := await look(outside, connection_id))["state"] != state:  # noqa: ASYNC110
            await asyncio.sleep(0.02)
    return found


async def connected(outside: Outside, body: dict[str, Any] | None = None) -> Any:
    connection_id = await queued(outside, body)
    answer = await decide(outside, connection_id, CONFIRM)
    assert answer.json()["state"] == "CONNECTING"
    return await settled(outside, connection_id)


async def test_a_confirmed_dossier_becomes_a_subscriber(outside: Outside, shop: Shop) -> None:
    found = await connected(outside, dossier(kind="PHYSICAL"))

    assert (found["officer_id"], found["esim"]) == ("officer1", None)
    subscriber = (await outside.http.get("/crm/v1/subscribers/+84931266868")).json()
    assert (subscriber["msisdn"], subscriber["sim_serial"]) == ("84931266868", "1234567890")
    assert (subscriber["packages"], subscriber["officer_id"]) == (["TN4G"], "officer1")
    of_person = await outside.http.get("/crm/v1/subscribers", params={"id_number": "001199012345"})
    assert of_person.json()["count"] == 1
    await until(lambda: len(shop.heard) == 2)
    assert [one["state"] for one in shop.messages()] == ["CONNECTING", "CONNECTED"]


async def test_callbacks_are_signed_over_their_body(outside: Outside, shop: Shop) -> None:
    connection_id = await queued(outside)
    await decide(outside, connection_id, REFUSE)

    await until(lambda: len(shop.heard) == 1)
    heard = shop.heard[0]
    assert heard.headers["x-signature"] == signature("msale-secret", heard.content)
    assert shop.messages()[0] == {
        "connection_id": connection_id,
        "request_id": "request-1",
        "state": "REFUSED",
    }


async def test_an_esim_gets_a_profile_a_phone_can_install(outside: Outside) -> None:
    found = await connected(outside)

    esim = found["esim"]
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


async def test_a_refusal_says_why_and_connects_nobody(outside: Outside) -> None:
    connection_id = await queued(outside)

    await decide(outside, connection_id, REFUSE)

    found = await look(outside, connection_id)
    assert (found["state"], found["reason_code"], found["reason_text"]) == (
        "REFUSED",
        "PHOTO",
        "Ảnh mờ",
    )
    assert await outside.count("connections") == 0


async def test_the_same_dossier_sent_many_times_connects_once(outside: Outside) -> None:
    ids = await asyncio.gather(*(queued(outside) for _ in range(8)))
    await asyncio.gather(*(decide(outside, ids[0], CONFIRM) for _ in range(8)))

    await settled(outside, ids[0])

    assert len(set(ids)) == 1
    assert await outside.count("connections", "request-1") == 1
    assert await outside.count("esim_profiles", "request-1") == 1


async def test_a_number_connected_twice_is_seen_as_two(outside: Outside) -> None:
    await connected(outside)
    await connected(outside, dossier("request-2"))

    assert await outside.count("connections", "request-1") == 1
    assert await outside.count("connections", "0931266868") == 2


async def test_a_request_id_belongs_to_one_dossier(outside: Outside) -> None:
    await queued(outside)

    answer = await outside.http.post("/msale/v1/connections", json=dossier(msisdn="0901234567"))

    assert answer.status_code == 409


async def test_a_dossier_is_decided_once(outside: Outside) -> None:
    connection_id = await queued(outside)
    await decide(outside, connection_id, REFUSE)

    assert (await decide(outside, connection_id, REFUSE)).status_code == 200
    assert (await decide(outside, connection_id, CONFIRM)).status_code == 409


@pytest.mark.parametrize(
    "changes",
    [
        {"msisdn": "12"},
        {"msisdn": "\x00"},
        {"sim": {"kind": "PHYSICAL"}},
        {"sim": {"kind": "PHYSICAL", "serial": WRONG_ICCID}},
        {"sim": {"kind": "NANO"}},
        {"subscriber": {"full_name": "Chỉ có tên"}},
        {"dossier_sha256": "xyz"},
        {"packages": [""]},
        {"request_id": "\x00"},
    ],
)
async def test_an_incomplete_dossier_is_refused(outside: Outside, changes: dict[str, Any]) -> None:
    answer = await outside.http.post("/msale/v1/connections", json=dossier() | changes)

    assert answer.status_code == 422


async def test_characters_no_table_can_hold_are_refused_not_an_error(outside: Outside) -> None:
    subscriber = {"full_name": "A", "id_number": "1", "note": "\x00"}

    answer = await outside.http.post("/msale/v1/connections", json=dossier(subscriber=subscriber))

    assert answer.status_code == 400


async def test_a_full_iccid_on_a_card_is_kept(outside: Outside) -> None:
    await connected(outside, dossier(sim={"kind": "PHYSICAL", "serial": ICCID}))

    crm = (await outside.http.get("/crm/v1/subscribers/0931266868")).json()
    assert (crm["sim_serial"], crm["iccid"]) == (ICCID, ICCID)


async def test_a_refusal_needs_a_reason(outside: Outside) -> None:
    connection_id = await queued(outside)

    answer = await decide(outside, connection_id, {"decision": "REFUSE", "officer_id": "o"})

    assert answer.status_code == 422


async def test_what_is_unknown_is_not_found(outside: Outside) -> None:
    assert (await decide(outside, "never", CONFIRM)).status_code == 404
    for path in ("/msale/v1/connections/never", "/crm/v1/subscribers/0909999999"):
        assert (await outside.http.get(path)).status_code == 404
    assert (await outside.http.post("/msale/v1/connections/never/esim/reissue")).status_code == 404


async def test_a_new_profile_replaces_the_old_one(outside: Outside) -> None:
    """G29: a failed installation is answered with another code, not with a refusal."""
    found = await connected(outside)
    path = f"/msale/v1/connections/{found['connection_id']}/esim/reissue"

    new = (await outside.http.post(path, headers={"Idempotency-Key": "k"})).json()["esim"]
    again = (await outside.http.post(path, headers={"Idempotency-Key": "k"})).json()["esim"]

    old_code = found["esim"]["matching_id"]
    old = await outside.http.post(f"/msale/smdp/{old_code}/install", json={"result": "INSTALLED"})
    assert (old.status_code, old.json()["reason_code"]) == (409, "CODE_EXPIRED")
    assert new["iccid"] != found["esim"]["iccid"]
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
    found = await connected(outside)
    code = found["esim"]["matching_id"]
    path = f"/msale/smdp/{code}/install"

    await outside.http.post(path, json={"result": "FAILED", "reason_code": "NO_INTERNET"})
    done = await outside.http.post(path, json={"result": "INSTALLED"})
    used = await outside.http.post(path, json={"result": "INSTALLED"})

    assert (done.status_code, used.json()["reason_code"]) == (200, "CODE_USED")
    await until(lambda: len(shop.heard) == 4)
    told = [one for one in shop.heard if one.url.path == "/v1/smdp/notifications"]
    assert all(one.headers["x-signature"] == signature("msale-secret", one.content) for one in told)
    results = [one["result"] for one in shop.messages() if "result" in one]
    assert results == ["FAILED", "INSTALLED"]
    assert await outside.count("esim_installed", "request-1") == 1


async def test_an_unknown_code_cannot_be_installed(outside: Outside) -> None:
    answer = await outside.http.post("/msale/smdp/NEVER/install", json={"result": "INSTALLED"})

    assert answer.status_code == 404


async def test_msale_can_refuse_what_was_confirmed(outside: Outside) -> None:
    await outside.fault("msale", "refuse", times=1, value="NUMBER_BLOCKED")
    connection_id = await queued(outside)
    await decide(outside, connection_id, CONFIRM)

    found = await settled(outside, connection_id, "REFUSED")

    assert found["reason_code"] == "NUMBER_BLOCKED"
    assert await outside.count("connections") == 0


async def test_msale_can_name_the_wrong_officer(outside: Outside) -> None:
    await outside.fault("msale", "wrong_officer", times=1, value="agent1")
    named = await connected(outside)
    await outside.fault("msale", "wrong_officer", times=1)
    somebody = await connected(outside, dossier("request-2"))
    right = await connected(outside, dossier("request-3"))

    assert named["officer_id"] == "agent1"
    assert UUID(somebody["officer_id"])  # ids of officers are such ids in a real dossier
    assert right["officer_id"] == "officer1"


async def test_a_connection_and_its_callbacks_survive_a_restart(
    settings: Settings, shop: Shop
) -> None:
    shop.answers = [Response(status_code=500)] * 2
    async with outside_world(settings, shop.app()) as before:
        connection_id = await queued(before)
        await decide(before, connection_id, CONFIRM)

    async with outside_world(settings, shop.app()) as after:
        await settled(after, connection_id)

        await until(lambda: [one["state"] for one in shop.messages()].count("CONNECTED") == 1)
        assert await after.count("connections", "request-1") == 1
