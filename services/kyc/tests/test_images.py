"""Photographing card and face: what is taken and what is not (F5a.5, K01, LAW14)."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from services.kyc.tests.world import World

from kit import clock


@pytest.mark.parametrize(
    "nonsense",
    [b"", b"\xff\xd8\xff not a picture", b"GIF89a" + b"\0" * 100, b"\x89PNG\r\n\x1a\n"],
)
async def test_what_is_no_jpeg_is_refused(world: World, nonsense: bytes) -> None:
    """K01."""
    customer = await world.customer()
    await customer.start()

    answer = await customer.photograph("FRONT", nonsense or b"\0")

    assert answer.status_code == 422
    assert answer.json()["title"].startswith("Send a JPEG picture")


async def test_a_picture_too_small_to_read_is_refused(
    world: World, picture: Callable[..., bytes]
) -> None:
    """K01: at least 900 pixels."""
    customer = await world.customer()
    await customer.start()

    answer = await customer.photograph("FRONT", picture(size=(320, 240)))

    assert answer.status_code == 422


@pytest.mark.parametrize("age", [timedelta(hours=-1), timedelta(hours=24, minutes=1)])
async def test_a_picture_from_the_future_or_from_last_week_is_refused(
    world: World, age: timedelta
) -> None:
    """LAW14."""
    customer = await world.customer()
    await customer.start()

    answer = await customer.photograph("FRONT", at=clock.now() - age)

    assert (answer.status_code, answer.json()["type"]) == (422, "/problems/wrong-capture-time")


@pytest.mark.parametrize("at", ["2026-11-02T12:00:00", "yesterday", "0"])
async def test_a_capture_time_without_a_zone_is_refused(world: World, at: str) -> None:
    customer = await world.customer()
    await customer.start()

    assert (await customer.photograph("FRONT", at=at)).status_code == 422


async def test_a_picture_taken_again_replaces_the_one_before(world: World) -> None:
    """F5a.5."""
    customer = await world.customer()
    await customer.start()
    first = (await customer.photograph("FRONT", customer.person.card("FRONT", blur=True))).json()

    second = (await customer.photograph("FRONT")).json()

    assert first["sha256"] != second["sha256"]
    assert [i["sha256"] for i in (await customer.look())["images"]] == [second["sha256"]]
