"""The registry of the demo's journeys: counted, shown, left alone by staff on autopilot."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from simulators.tests.suite import Suite

from simulators.autopilot import runner
from simulators.settings import Settings
from simulators.testing import Outside, outside_world, until

HOLD = "0199c0de-0000-7000-8000-000000000001"


@pytest.fixture(autouse=True)
async def nothing_is_wanted_afterwards(outside: Outside) -> AsyncIterator[None]:
    yield
    await outside.http.put("/population/v1", json={"target": 0})


def journey(*, made: bool) -> dict[str, Any]:
    return {
        "state": "DELIVERED",
        "region": "KV5",
        "hold_id": HOLD,
        "phone": "0981234567",
        "made": made,
    }


async def test_a_journey_counts_once_and_only_when_it_is_made(outside: Outside) -> None:
    await outside.http.put("/population/v1", json={"target": 300})
    counts = []
    for made in (False, True, True):
        await outside.http.put("/population/v1/journeys/7", json=journey(made=made))
        counts.append((await outside.http.get("/population/v1")).json())

    [listed] = (await outside.http.get("/population/v1/journeys")).json()["items"]

    assert counts == [{"target": 300, "made": made} for made in (0, 1, 1)]
    assert listed == {"number": 7} | journey(made=True)


async def test_the_pages_say_how_far_it_is_and_stop_the_work(outside: Outside) -> None:
    await outside.http.put("/population/v1", json={"target": 300})
    await outside.http.put("/population/v1/journeys/7", json=journey(made=True))

    pages = [(await outside.http.get(path)).text for path in ("/", "/population")]
    await outside.http.post("/population/press", data={"on": "0"})

    for page in pages:
        assert "1 / 300 hành trình" in page
    assert (await outside.http.get("/population/v1")).json() == {"target": 0, "made": 1}
    assert "Tiếp tục" in (await outside.http.get("/")).text


async def test_staff_on_autopilot_leave_the_demos_journeys_as_they_are(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runner, "PAUSE_SECONDS", 0.01)
    suite = Suite()
    order = {"shipment_id": "s1", "hold_id": HOLD, "delivery": "HOME", "status": "PENDING"}
    another = order | {"shipment_id": "s2", "hold_id": HOLD.replace("1", "2")}
    suite.lists["shipments"] = [order, another]
    known = settings.model_copy(update={"gateway_url": "http://gateway.test"})

    async with outside_world(known, suite.app()) as world:
        await world.http.put("/population/v1/journeys/7", json=journey(made=True))
        await world.http.put("/autopilot/v1", json={"on": True})
        await until(lambda: suite.times("/s2/confirm") > 0)
        await world.http.put("/autopilot/v1", json={"on": False})

    assert suite.times("/s1/confirm") == 0
