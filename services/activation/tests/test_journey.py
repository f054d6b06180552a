"""From the signature to the network, as the customer and the connection team live it."""

import hashlib
import hmac
import json
import random

import pytest
from services.activation.tests.journey import Journey
from services.activation.tests.msale import MsaleStandIn

from activation.tables import metadata
from events.ids import uuid7
from kit.db import Database
from kit.testing import assert_migrated, client, published

REFUSAL = {"reason_code": "PHOTO_UNCLEAR", "reason_text": "Ảnh giấy tờ bị mờ"}


async def test_the_migrations_make_the_tables_of_the_code(db: Database) -> None:
    await assert_migrated("activation", metadata, db)


async def test_a_physical_sim_is_activated_with_its_serial(
    physical: Journey, msale: MsaleStandIn
) -> None:
    """F5a.9 to F5a.14, P3.6, P4.1, P6.1, P4.2."""
    await physical.is_connected()

    status = await physical.status()
    [sent] = msale.connections.values()
    assert (status["status"], status["label_vi"]) == ("ACTIVATED", "Đã hòa mạng")
    assert sent["sim"] == {"kind": "PHYSICAL", "serial": physical.serial}
    assert sent["subscriber"]["full_name"] == "Nguyễn Thị Mẫu"
    assert await published(physical.db) == [
        "DossierSigned",
        "DossierSubmitted",
        "ConnectionQueued",
        "ConnectionConfirmed",
        "ConnectionCompleted",
    ]


async def test_an_esim_is_activated_when_the_customer_says_that_the_scan_worked(
    esim: Journey, msale: MsaleStandIn
) -> None:
    """F5b.8 to F5b.16: the promotion's package goes along (SB.6)."""
    await esim.is_connected()
    async with esim.caller() as caller:
        card = (await caller.get(esim.url("/esim"))).json()
        picture = await caller.get(esim.url("/esim.png"))
        await caller.post(esim.url("/esim/scan"), json={"result": "SUCCEEDED"})
        await caller.post(esim.url("/esim/scan"), json={"result": "SUCCEEDED"})

    [sent] = msale.connections.values()
    assert sent["packages"] == ["TN4G"]
    assert card["activation_code"] == "LPA:1$smdp.example.vn$FIRST-CODE"
    assert card["install_links"]["ios"].endswith("carddata=LPA:1$smdp.example.vn$FIRST-CODE")
    assert picture.content.startswith(b"\x89PNG")
    assert (await esim.status())["label_vi"] == "Đã hòa mạng"
    assert (await published(esim.db))[-4:] == [
        "ConnectionCompleted",
        "PromotionGranted",
        "EsimProfileIssued",
        "EsimInstalled",
    ]


async def test_a_failed_scan_is_no_refusal_and_a_new_code_repairs_it(esim: Journey) -> None:
    """F5b.14 TH2, F5b.17, F5b.18 as settled, F5b.20 TH1: help and another code."""
    await esim.is_connected()
    failed = {"result": "FAILED", "reason_code": "CODE_EXPIRED"}
    async with esim.caller() as caller:
        after = (await caller.post(esim.url("/esim/scan"), json=failed)).json()
        helped = (await caller.get(esim.url("/esim"))).json()
        asked = await caller.post(esim.url("/esim/reissue"))
        await esim.tasks_run()
        card = (await caller.get(esim.url("/esim"))).json()

    assert (after["status"], after["label_vi"]) == ("ESIM_INSTALL_FAILED", "Quét QR thất bại")
    assert "cấp lại" in helped["help_vi"]
    assert "new QR code" in helped["help_en"]
    assert asked.status_code == 202
    assert card["matching_id"] == "SECOND-CODE"
    assert (await esim.status())["status"] == "ESIM_QR_SENT"


async def test_the_download_server_may_say_that_the_profile_is_installed(esim: Journey) -> None:
    """G31: the customer's button is not the only way to know."""
    await esim.is_connected()
    body = json.dumps({"matching_id": "FIRST-CODE", "result": "INSTALLED"}).encode()
    signature = hmac.new(esim.secret.encode(), body, hashlib.sha256).hexdigest()
    headers = {"content-type": "application/json"}

    async with client(esim.app) as smdp:
        forged = await smdp.post("/v1/smdp/notifications", content=body, headers=headers)
        strange = await smdp.post(
            "/v1/smdp/notifications",
            content=body,
            headers={b"content-type": b"application/json", b"x-signature": b"\xe9"},
        )
        believed = await smdp.post(
            "/v1/smdp/notifications", content=body, headers=headers | {"x-signature": signature}
        )

    assert [forged.status_code, strange.status_code, believed.status_code] == [404, 404, 204]
    assert (await esim.status())["status"] == "ACTIVATED"


async def test_a_hold_whose_news_is_on_its_way_is_not_called_unknown(esim: Journey) -> None:
    """F5b.8: whoever is quicker than the news is told to ask again."""
    async with esim.caller() as early:
        answer = await early.post(f"/v1/activations/{uuid7()}/submit")

    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/not-heard-yet")


@pytest.mark.parametrize("seed", range(6))
async def test_what_the_others_say_may_come_twice_and_in_any_order(
    esim: Journey, seed: int
) -> None:
    twin = type(esim)(esim.db, esim.app, esim.keys, "PHYSICAL", esim.at)
    told = twin.told()
    shuffled = told * 2
    random.Random(seed).shuffle(shuffled)

    for fact in shuffled:
        await twin.hears(fact)
    await twin.hears(*told)

    assert (await twin.status())["waiting_for"] == ["SIM_SERIAL"]
