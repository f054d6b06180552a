"""mSale and TC/QLKH: dossiers, decisions, subscribers (P4.1, P4.2)."""

import asyncio
from typing import Any
from uuid import UUID

import pytest
from fastapi.responses import Response
from simulators.tests.msale import (
    CONFIRM,
    REFUSE,
    connected,
    decide,
    dossier,
    look,
    queued,
    settled,
)

from simulators.callbacks import signature
from simulators.msale.esim import with_check_digit
from simulators.settings import Settings
from simulators.testing import Outside, Shop, outside_world, until

ICCID = with_check_digit("898401261111222233")
WRONG_ICCID = ICCID[:-1] + str((int(ICCID[-1]) + 1) % 10)


async def test_a_confirmed_dossier_becomes_a_subscriber(outside: Outside, shop: Shop) -> None:
    connection = await connected(outside, dossier(kind="PHYSICAL"))

    assert (connection["officer_id"], connection["esim"]) == ("officer1", None)
    subscriber = (await outside.http.get("/crm/v1/subscribers/+84931266868")).json()
    assert (subscriber["msisdn"], subscriber["sim_serial"]) == ("84931266868", "1234567890")
    assert (subscriber["packages"], subscriber["officer_id"]) == (["TN4G"], "officer1")
    of_person = await outside.http.get("/crm/v1/subscribers", params={"id_number": "001199012345"})
    assert of_person.json()["count"] == 1
    await until(lambda: len(shop.received) == 2)
    assert [one["state"] for one in shop.messages()] == ["CONNECTING", "CONNECTED"]


async def test_a_queued_dossier_is_given_back_and_a_decided_one_is_kept(
    outside: Outside, shop: Shop
) -> None:
    """P4.1: the sender may want back what the connection team has not decided about."""
    queued_id = await queued(outside)
    back = await outside.http.post("/msale/v1/requests/request-1/withdrawal")
    again = await outside.http.post("/msale/v1/requests/request-1/withdrawal")
    late = await decide(outside, queued_id, CONFIRM)
    await connected(outside, dossier("request-2"))
    kept = await outside.http.post("/msale/v1/requests/request-2/withdrawal")

    assert [a.json()["state"] for a in (back, again, kept)] == ["WITHDRAWN"] * 2 + ["CONNECTED"]
    assert late.status_code == 409
    await until(lambda: len(shop.received) == 3)
    assert [one["state"] for one in shop.messages()] == ["WITHDRAWN", "CONNECTING", "CONNECTED"]


async def test_a_withdrawal_that_overtakes_its_dossier_counts(outside: Outside) -> None:
    back = await outside.http.post("/msale/v1/requests/request-1/withdrawal")
    connection = await look(outside, await queued(outside))

    assert (back.json()["state"], connection["state"]) == ("WITHDRAWN", "WITHDRAWN")


async def test_callbacks_are_signed_over_their_body(outside: Outside, shop: Shop) -> None:
    connection_id = await queued(outside)
    await decide(outside, connection_id, REFUSE)

    await until(lambda: len(shop.received) == 1)
    callback = shop.received[0]
    assert callback.headers["x-signature"] == signature("msale-secret", callback.content)
    assert shop.messages()[0] == {
        "connection_id": connection_id,
        "request_id": "request-1",
        "state": "REFUSED",
    }


async def test_a_refusal_says_why_and_connects_nobody(outside: Outside) -> None:
    connection_id = await queued(outside)

    await decide(outside, connection_id, REFUSE)

    connection = await look(outside, connection_id)
    assert (connection["state"], connection["reason_code"], connection["reason_text"]) == (
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


async def test_msale_can_refuse_what_was_confirmed(outside: Outside) -> None:
    await outside.fault("msale", "refuse", times=1, value="NUMBER_BLOCKED")
    connection_id = await queued(outside)
    await decide(outside, connection_id, CONFIRM)

    connection = await settled(outside, connection_id, "REFUSED")

    assert connection["reason_code"] == "NUMBER_BLOCKED"
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
