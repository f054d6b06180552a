"""Photos that an agent asks for, and the customer's own camera takes (P5.1)."""

import io
from datetime import timedelta
from typing import Any

import httpx
import pytest
from PIL import Image, ImageFilter
from services.videocall.tests.pictures import jpeg
from services.videocall.tests.world import Agent, Customer, World, in_call
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from videocall.photos.domain import MOST_TAKES, Quality


async def ask(agent: Agent, kind: str = "FACE", **hint: str) -> dict[str, Any]:
    """Ask for a photo, and return the request as the agent sees it."""
    answer = await agent.http.post(
        f"/v1/desk/calls/{agent.call_id}/photos/{kind}/request", json=hint
    )
    assert answer.status_code == 201, answer.text
    request: dict[str, Any] = answer.json()["request"]
    return request


async def send(
    customer: Customer, request_id: str, picture: bytes | None = None, source: str = "CAMERA"
) -> httpx.Response:
    """Send what the customer's camera took."""
    return await customer.http.post(
        f"/v1/calls/{customer.call_id}/photos/{request_id}",
        params={"source": source},
        content=picture or jpeg(),
        headers={"Content-Type": "image/jpeg"},
    )


async def accept(agent: Agent, kind: str, sha256: str) -> httpx.Response:
    return await agent.do(f"photos/{kind}/accept", sha256=sha256)


def blurred() -> bytes:
    """Return a photo whose lines nobody can tell apart."""
    picture, file = Image.open(io.BytesIO(jpeg())), io.BytesIO()
    picture.filter(ImageFilter.GaussianBlur(16)).save(file, "JPEG", quality=95)
    return file.getvalue()


async def test_a_photo_is_asked_for_taken_and_accepted(world: World) -> None:
    """P5.1: the app learns of the request by asking for the call."""
    customer, agent = await in_call(world)
    request = await ask(agent)
    seen = (await customer.look())["photo_request"]

    kept = await send(customer, seen["id"])
    taken = await agent.sees()
    accepted = await accept(agent, "FACE", kept.json()["sha256"])

    assert (seen["id"], seen["kind"]) == (request["id"], "FACE")
    assert (kept.status_code, kept.json()["flaw"]) == (201, None)
    [photo] = taken["photos"]
    assert (photo["source"], photo["accepted"]) == ("CAMERA", None)
    assert (photo["width"], photo["height"]) == (960, 720)
    assert taken["photo_request"] is None
    assert "photos.FACE" in taken["missing"]
    assert accepted.status_code == 200
    assert "photos.FACE" not in (await agent.sees())["missing"]
    assert (await customer.look())["photo_request"] is None


async def test_a_second_look_needs_a_second_photo(world: World) -> None:
    """P5.1: every take is kept with the agent's word about it, and the newest counts."""
    customer, agent = await in_call(world)
    first = (await send(customer, (await ask(agent))["id"])).json()["sha256"]

    again = await ask(agent, hint="GLARE")
    same = await send(customer, again["id"], source="TRACK")
    takes = (await agent.sees())["photos"]

    assert again["hint"] == "GLARE"
    assert same.status_code == 201
    assert [(t["accepted"], t["hint"]) for t in takes] == [(False, "GLARE"), (None, None)]
    assert [t["source"] for t in takes] == ["CAMERA", "TRACK"]
    assert (await accept(agent, "FACE", first)).status_code == 200, "it is the same picture"


async def test_a_request_is_answered_once_in_time_and_by_its_customer(world: World) -> None:
    customer, agent = await in_call(world)
    stranger = await world.customer()
    stranger.call_id = customer.call_id
    old = await ask(agent, "FRONT")
    request = await ask(agent, "BACK")

    replaced = await send(customer, old["id"])
    foreign = await send(stranger, request["id"])
    frame = await send(customer, request["id"], source="FRAME")
    await send(customer, request["id"])
    twice = await send(customer, request["id"], jpeg(colour="teal"))
    late = await ask(agent, "BACK")
    world.move_clock(timedelta(seconds=61))
    expired = await send(customer, late["id"])

    for refused in (replaced, twice, expired):
        assert refused.json()["type"] == "/problems/request-over"
    assert (foreign.status_code, frame.status_code) == (404, 422)
    assert (await customer.look())["photo_request"] is None


@pytest.mark.parametrize(
    ("picture", "flaw"),
    [
        (blurred(), "BLURRED"),
        (jpeg(colour="#101010", ink="#202020"), "DARK"),
        (jpeg(colour="white", ink="#f4f4f4"), "BRIGHT"),
    ],
)
async def test_below_the_floor_a_take_is_kept_and_counts_nothing(
    world: World, picture: bytes, flaw: str
) -> None:
    """P5.1: the app takes another, which answers the same request."""
    customer, agent = await in_call(world)
    request = await ask(agent)

    poor = (await send(customer, request["id"], picture)).json()
    refused = await accept(agent, "FACE", poor["sha256"])
    good = (await send(customer, request["id"])).json()

    assert (poor["flaw"], good["flaw"]) == (flaw, None)
    assert (refused.json()["type"], refused.json()["flaw"]) == ("/problems/not-acceptable", flaw)
    assert [t["flaw"] for t in (await agent.sees())["photos"]] == [flaw, None]


async def test_a_request_takes_no_endless_number_of_photos(world: World) -> None:
    customer, agent = await in_call(world)
    request = await ask(agent)
    poor = [jpeg(colour=f"#{n:02x}0000", ink=None) for n in range(0, 40 * MOST_TAKES, 40)]

    statuses = [(await send(customer, request["id"], picture)).status_code for picture in poor]

    assert statuses == [201] * MOST_TAKES
    assert (await send(customer, request["id"])).status_code == 409


async def test_a_frame_of_the_agent_is_accepted_unless_it_is_poor(world: World) -> None:
    """P5.1: the fallback for an app that takes no photo."""
    _, agent = await in_call(world)
    await agent.photograph("BACK", jpeg(ink=None))
    await agent.photograph("FRONT")

    [poor, good] = (await agent.sees())["photos"]

    assert (poor["source"], poor["accepted"]) == ("FRAME", None)
    assert (good["source"], good["accepted"]) == ("FRAME", True)
    assert {"photos.BACK"} <= set((await agent.sees())["missing"])


async def test_photos_are_of_a_call_under_way(world: World) -> None:
    customer, agent = await in_call(world)
    request = await ask(agent)
    await agent.do("technical")

    late = [await send(customer, request["id"])]
    late += [await agent.do("photos/FACE/request"), await accept(agent, "FACE", "0" * 64)]

    assert [a.status_code for a in late] == [409, 422, 409]
    assert (await customer.look())["photo_request"] is None


@pytest.mark.parametrize(
    "change", ["update photo_verdict set accepted = false", "delete from photo_verdict"]
)
async def test_the_database_itself_keeps_the_word_about_a_photo(world: World, change: str) -> None:
    _, agent = await in_call(world)
    await agent.photograph("FACE")

    with pytest.raises(IntegrityError, match="only ever added to"):
        async with world.db.transaction() as tx:
            await tx.execute(text(change))


def test_large_and_small_copies_of_a_picture_have_the_same_quality() -> None:
    """The floor does not depend on the camera."""
    small = Image.open(io.BytesIO(jpeg((960, 720)))).convert("RGB")
    file = io.BytesIO()
    small.resize((3840, 2880), Image.Resampling.LANCZOS).save(file, "JPEG", quality=92)

    measured = [Quality.measure(picture) for picture in (jpeg((960, 720)), file.getvalue())]

    assert measured[1].sharpness == pytest.approx(measured[0].sharpness, rel=0.25)
    assert measured[1].brightness == pytest.approx(measured[0].brightness, abs=3)
