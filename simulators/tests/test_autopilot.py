"""Staff on autopilot: off until turned on, patient, and out of the way of people.

Longer than 250 lines because all of them share one prepared suite.
"""

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from fastapi.responses import JSONResponse, Response
from simulators.tests.mobi_ekyc import PERSON, request, verify
from simulators.tests.suite import Suite, refusal

from kit import clock
from simulators.autopilot import runner
from simulators.autopilot.calls import PATIENCE
from simulators.main import running
from simulators.settings import Settings
from simulators.specimens import anything, card
from simulators.testing import Outside, outside_world, until
from values.sim_serials import parse_sim_serial

HOLD = "0199c0de-0000-7000-8000-000000000001"


@pytest.fixture
def suite(monkeypatch: pytest.MonkeyPatch) -> Suite:
    monkeypatch.setattr(runner, "PAUSE_SECONDS", 0.01)
    monkeypatch.setattr(runner, "AFTER_TROUBLE_SECONDS", 0.01)
    return Suite()


@pytest.fixture
def known(settings: Settings) -> Settings:
    return settings.model_copy(update={"gateway_url": "http://gateway.test"})


@pytest.fixture
async def world(known: Settings, suite: Suite) -> AsyncIterator[Outside]:
    async with outside_world(known, suite.app()) as outside:
        yield outside


def order(**changes: Any) -> dict[str, Any]:
    standing = {
        "shipment_id": "s1",
        "hold_id": HOLD,
        "hold_code": "GS261130ABCDEF",
        "delivery": "HOME",
        "status": "PENDING",
        "packed": False,
        "store_code": None,
        "tracking_code": None,
        "cod_due_vnd": 0,
        "tab": "PENDING",
    }
    return standing | changes


async def turn(world: Outside, *, on: bool) -> dict[str, Any]:
    answer = await world.http.put("/autopilot/v1", json={"on": on})
    assert answer.status_code == 200, answer.text
    state: dict[str, Any] = answer.json()
    return state


async def journal(world: Outside) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = (await world.http.get("/autopilot/v1/journal")).json()["items"]
    return items


async def test_nobody_works_until_the_switch_is_turned_on_and_nobody_after_it_is_off(
    world: Outside, suite: Suite
) -> None:
    suite.lists["shipments"] = [order()]
    assert (await world.http.get("/autopilot/v1")).json() == {"on": False, "left": []}
    for page in ("/", "/autopilot", "/sms"):
        await world.http.get(page)
    assert suite.asked == []

    await turn(world, on=True)
    await until(lambda: suite.times("/s1/confirm") > 2)
    await turn(world, on=False)

    await until(lambda: suite.times("/videocall/v1/desk/queue") > 0)
    confirmed = suite.times("/s1/confirm")
    for _ in range(20):
        await world.http.get("/autopilot/v1")
    assert suite.times("/s1/confirm") <= confirmed + 1, "a step that had begun may end"


async def test_the_switch_outlives_a_restart(known: Settings, suite: Suite, world: Outside) -> None:
    await world.http.post("/autopilot/press", data={"on": "1"})

    async with running(known, http=httpx.AsyncClient(transport=httpx.ASGITransport(suite.app()))):
        await until(lambda: suite.times("/staff-sessions") > 0)

    assert "đang bật" in (await world.http.get("/")).text


async def test_everybody_signs_in_as_somebody_else(world: Outside, suite: Suite) -> None:
    """The agent of a call never permits its connection (P6.1)."""
    await turn(world, on=True)
    desks = ("videocall", "activation")
    await until(lambda: all(suite.times(f"/{desk}/v1/desk/queue") for desk in desks))

    tokens = {path: token for _, path, token in suite.asked if token}
    assert tokens["/api/shipping/v1/staff/shipments"] == "Bearer token-of-osp1"
    assert tokens["/api/videocall/v1/desk/queue"] == "Bearer token-of-agent9"
    assert tokens["/api/activation/v1/desk/queue"] == "Bearer token-of-officer9"


async def test_what_a_colleague_took_is_left_and_tried_again_later(
    world: Outside, suite: Suite
) -> None:
    suite.lists["shipments"] = [order(), order(shipment_id="s2", hold_id=HOLD[:-1] + "2")]
    suite.answers["confirm"] = refusal("shipment-moved-on")
    await turn(world, on=True)

    await until(lambda: suite.times("/staff/shipments") > 30)

    assert suite.times("/s1/confirm") == suite.times("/s2/confirm") == 1, "each rests meanwhile"
    left = (await world.http.get("/autopilot/v1")).json()["left"]
    assert [item["reason"] for item in left] == ["The title of shipment-moved-on"] * 2
    assert "The title of shipment-moved-on" in (await world.http.get("/autopilot")).text
    assert await journal(world) == []


async def test_a_gateway_that_is_away_is_waited_for(world: Outside, suite: Suite) -> None:
    suite.lists["shipments"] = [order()]
    suite.answers["shipments"] = Response(status_code=503)
    suite.answers["queue"] = refusal("wrong", 500)
    await turn(world, on=True)
    await until(lambda: suite.times("/staff/shipments") > 3)
    assert suite.times("/confirm") == 0

    del suite.answers["shipments"]

    await until(lambda: suite.times("/confirm") > 0)


async def test_a_token_that_is_refused_is_replaced_by_signing_in_again(
    world: Outside, suite: Suite
) -> None:
    suite.answers["shipments"] = Response(status_code=401)
    await turn(world, on=True)
    await until(lambda: suite.times("/staff-sessions") > 5)
    del suite.answers["shipments"]

    suite.lists["shipments"] = [order()]

    await until(lambda: suite.times("/confirm") > 0)


async def test_the_serial_of_a_packed_sim_stands_in_the_journal(
    world: Outside, suite: Suite
) -> None:
    suite.lists["shipments"] = [order(status="BOOKED", tab="AWAITING_COLLECTION")]
    await turn(world, on=True)
    await until(lambda: suite.times("/hand-over") > 0)
    await turn(world, on=False)

    serials = {line["sim_serial"] for line in await journal(world)} - {None}

    assert all(parse_sim_serial(serial) == serial for serial in serials)
    assert serials
    page = (await world.http.get("/autopilot")).text
    assert "đóng gói SIM trắng" in page
    assert all(serial in page for serial in serials)
    assert page.count("data:image/svg+xml") >= len(serials), "to be scanned with a phone"
    of_journey = (await world.http.get("/autopilot", params={"hold_id": HOLD})).text
    assert "SIM trong tay khách" in of_journey
    other = (await world.http.get("/autopilot", params={"hold_id": "another"})).text
    assert "Chưa có việc nào" in other


async def test_a_store_without_a_clerk_takes_one_on(world: Outside, suite: Suite) -> None:
    """The local system has a clerk in one store; a customer may choose any (F4.6)."""
    suite.lists["shipments"] = [order(delivery="STORE", store_code="1HNO0002")]
    suite.answers["staff"] = refusal("username-taken")
    await turn(world, on=True)

    await until(lambda: suite.times("/ready") > 0)

    ready = next(token for _, path, token in suite.asked if path.endswith("/ready"))
    assert ready == "Bearer token-of-clerk.1hno0002"


async def test_a_suspicion_of_fraud_is_a_persons_to_decide(world: Outside, suite: Suite) -> None:
    suite.lists["cases"] = [{"hold_id": HOLD, "reasons": [{"code": "FRAUD_SUSPECTED"}]}]
    await turn(world, on=True)

    await until(lambda: suite.times("/v1/cases") > 5)

    assert suite.times("/claim") == 0
    (left,) = (await world.http.get("/autopilot/v1")).json()["left"]
    assert left["hold_id"] == HOLD


async def test_what_the_registry_has_settled_is_refused(world: Outside, suite: Suite) -> None:
    """G27: nobody passes a check against the registry, on autopilot neither."""
    suite.lists["cases"] = [{"hold_id": HOLD, "reasons": []}]
    suite.answers["claim"] = JSONResponse({"session_id": HOLD, "verdict": {"face": "PASS"}})
    suite.answers["review"] = refusal("settled-otherwise", reason_codes=["DB_MISMATCH:full_name"])
    await turn(world, on=True)

    await until(lambda: suite.times("/review") > 1)

    assert [body["decision"] for body in suite.bodies] == ["PASS", "FAIL"]
    assert suite.bodies[1]["reason_code"] == "DB_MISMATCH:full_name"


async def test_a_call_that_cannot_be_approved_is_ended_and_the_next_is_taken(
    world: Outside, suite: Suite
) -> None:
    """G26: the customer calls again first in line; the agent's hand is free."""
    call = {"call_id": "c1", "hold_id": HOLD, "status": "IN_CALL", "epoch": 1}
    call |= {"photos": [], "challenges": []}
    suite.answers[HOLD] = refusal("no-call-in-hand", 403)
    suite.answers["queue"] = JSONResponse({"items": [], "next": None, "in_hand": "c1"})
    suite.answers["c1"] = JSONResponse(call | {"started_at": clock.now().isoformat()})
    await turn(world, on=True)
    await until(lambda: suite.times("/calls/c1") > 5)
    assert suite.times("/technical") == 0, "an event may be on its way"

    long_ago = clock.now() - PATIENCE
    suite.answers["c1"] = JSONResponse(call | {"started_at": long_ago.isoformat()})

    await until(lambda: suite.times("/c1/technical") > 0)


async def test_a_call_that_rings_is_accepted_and_one_of_the_demo_data_declined(
    world: Outside, suite: Suite
) -> None:
    """Nothing rings until somebody waits: people at their desks come first."""
    queue: dict[str, Any] = {"items": [], "next": None, "waiting": 0}
    suite.answers["queue"] = JSONResponse(queue)
    await turn(world, on=True)
    await until(lambda: suite.times("/videocall/v1/desk/queue") > 3)
    assert suite.times("/desk/shift") == 0

    suite.answers["queue"] = JSONResponse(queue | {"waiting": 1})
    await until(lambda: suite.times("/desk/shift") > 0)
    offer = {"call_id": "c1", "hold_id": HOLD, "epoch": 1}
    suite.answers["queue"] = JSONResponse(queue | {"waiting": 1, "offer": offer})
    await until(lambda: suite.times("/c1/accept") > 0)
    made = {"state": "CALL_WAITING", "region": "KV2", "hold_id": HOLD, "phone": "", "made": True}
    await world.http.put("/population/v1/journeys/1", json=made)

    await until(lambda: suite.times("/c1/decline") > 0)


async def test_simulators_without_a_gateway_have_no_autopilot(outside: Outside) -> None:
    answer = await outside.http.put("/autopilot/v1", json={"on": True})

    assert answer.status_code == 409
    assert "không biết cổng" in (await outside.http.get("/")).text


async def test_a_camera_s_picture_shows_what_was_declared_only_while_the_autopilot_is_on(
    world: Outside,
) -> None:
    camera = {"front": anything("?"), "back": anything("?"), "face": anything("?")}
    strict = await verify(world, request(**camera), "key-1")
    assert (strict["result"], strict["reasons"][0]) == ("INVALID", "DOC_UNSUPPORTED")

    await turn(world, on=True)

    assert (await verify(world, request(**camera), "key-2"))["result"] == "VALID"
    blurred = camera | {"front": card(PERSON, blur=True)}
    flawed = await verify(world, request(**blurred), "key-3")
    assert "DOC_BLUR" in flawed["reasons"], "a specimen still says what it shows"
