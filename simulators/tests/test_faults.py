"""Every switch does what its name says, to its own system only, and as often as told."""

import asyncio
import time
from typing import Any

import httpx
import pytest

from simulators.faults import NAMES
from simulators.settings import Settings
from simulators.testing import Outside, Shop, outside_world

SMS = {"to": "0931266868", "text": "Xin chào"}


async def send(outside: Outside, key: str = "key") -> httpx.Response:
    headers = {"Idempotency-Key": key}
    return await outside.http.post("/sms/v1/messages", json=SMS, headers=headers)


async def test_error_500_has_no_effect(outside: Outside) -> None:
    await outside.fault("sms", "error_500", times=1)

    first, second = await send(outside), await send(outside)

    assert (first.status_code, second.status_code) == (500, 202)
    assert await outside.count("sms") == 1


async def test_timeout_after_effect_loses_the_answer_but_not_the_effect(outside: Outside) -> None:
    await outside.fault("sms", "timeout_after_effect", times=1, delay_seconds=0)

    lost, again = await send(outside), await send(outside)

    assert (lost.status_code, again.status_code) == (504, 202)
    assert await outside.count("sms") == 1


async def test_timeout_after_effect_is_not_used_up_by_questions(outside: Outside) -> None:
    dossier = {
        "request_id": "request-1",
        "msisdn": "0931266868",
        "sim": {"kind": "ESIM"},
        "subscriber": {"full_name": "Mẫu", "id_number": "001199012345"},
        "dossier_sha256": "a" * 64,
    }
    queued = await outside.http.post("/msale/v1/connections", json=dossier)
    await outside.fault("msale", "timeout_after_effect", times=1, delay_seconds=0)

    answer = await outside.http.get(f"/msale/v1/connections/{queued.json()['connection_id']}")

    assert answer.status_code == 200
    assert (await switches(outside))["msale", "timeout_after_effect"]["times"] == 1


async def test_slow_waits_and_then_answers(outside: Outside) -> None:
    await outside.fault("sms", "slow", times=1, delay_seconds=0.3)
    began = time.monotonic()

    assert (await send(outside)).status_code == 202

    assert time.monotonic() - began >= 0.3


async def test_a_fault_of_one_system_is_not_felt_by_another(outside: Outside) -> None:
    await outside.fault("carrier", "error_500")

    assert (await send(outside)).status_code == 202


async def test_a_switch_counts_down_and_goes_off_for_many_at_once(outside: Outside) -> None:
    await outside.fault("sms", "error_500", times=3)

    answers = await asyncio.gather(*(send(outside, f"key-{n}") for n in range(10)))

    assert sorted(one.status_code for one in answers) == [202] * 7 + [500] * 3


async def switches(outside: Outside) -> dict[tuple[str, str], dict[str, Any]]:
    items = (await outside.http.get("/faults")).json()["items"]
    return {(one["system"], one["name"]): one for one in items}


async def test_switches_stay_as_they_are_over_a_restart(settings: Settings, shop: Shop) -> None:
    async with outside_world(settings, shop.app()) as before:
        await before.fault("sms", "error_500", times=2)
        await before.fault("ekyc", "slow", delay_seconds=0.5)
        await send(before)

    async with outside_world(settings, shop.app()) as after:
        by_fault = await switches(after)

        assert by_fault["sms", "error_500"]["times"] == 1
        assert by_fault["ekyc", "slow"]["delay_seconds"] == 0.5
        assert (await send(after)).status_code == 500


async def test_everything_can_be_turned_off(outside: Outside) -> None:
    for system, names in NAMES.items():
        for name in names:
            await outside.fault(system, name)

    assert (await outside.http.delete("/faults")).status_code == 204

    assert not any(one["on"] for one in (await switches(outside)).values())
    assert (await send(outside)).status_code == 202


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("sms/late_success", {}, 404),
        ("nobody/slow", {}, 404),
        ("sms/slow", {"times": 0}, 422),
        ("sms/slow", {"delay_seconds": -1}, 422),
        ("sms/slow", {"times": "many"}, 422),
    ],
)
async def test_a_switch_that_is_not_there_cannot_be_pressed(
    outside: Outside, path: str, body: dict[str, Any], status: int
) -> None:
    assert (await outside.http.put(f"/faults/{path}", json=body)).status_code == status


async def test_a_switch_can_be_pressed_on_a_page(outside: Outside) -> None:
    path = "/faults/sms/error_500/press"

    pressed = await outside.http.post(path, data={"on": "1", "times": "2", "page": "sms"})

    assert (pressed.status_code, pressed.headers["location"]) == (303, "../../../sms")
    assert (await switches(outside))["sms", "error_500"]["times"] == 2
    await outside.http.post(path, data={"on": "0"})
    assert not (await switches(outside))["sms", "error_500"]["on"]
