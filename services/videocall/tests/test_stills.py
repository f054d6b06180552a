"""The stills an agent takes: pictures, sealed, and every look written down (P5.1)."""

import asyncio
import hashlib
import io
from collections.abc import Callable

import pytest
from PIL import Image
from services.videocall.tests.world import World, in_call
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from events.transport.tables import outbox
from videocall.tables import accesses


async def test_stills_are_real_pictures_of_a_call_under_way(
    world: World, picture: Callable[..., bytes]
) -> None:
    """P5.1."""
    _, agent = await in_call(world)
    small = io.BytesIO()
    Image.new("RGB", (640, 480)).save(small, "JPEG")

    refused = [
        await agent.photograph("FRONT", b"GIF89a"),
        await agent.photograph("FRONT", picture()[:-400] + picture()[-2:]),
        await agent.photograph("FRONT", small.getvalue()),
        await agent.photograph("SELFIE"),
    ]
    await agent.do("technical")
    ended = await agent.photograph("FRONT")

    assert [a.status_code for a in refused] == [422] * 4
    assert ended.status_code == 409


async def test_a_still_sent_twice_is_one_still(world: World) -> None:
    _, agent = await in_call(world)

    answers = [await agent.photograph("FRONT") for _ in range(2)]

    assert len(answers[1].json()["photos"]) == 1


async def test_stills_and_notes_lie_sealed_and_looks_are_written_down(
    world: World, picture: Callable[..., bytes]
) -> None:
    customer, agent = await in_call(world)
    await agent.photograph("FACE")

    shown = await agent.http.get(f"/v1/desk/calls/{customer.call_id}/photos/FACE")

    assert shown.content == picture()
    assert shown.headers["cache-control"] == "no-store"
    await agent.do("reject", reason_code="CALL_QUALITY", note="Nguyễn Thị Mẫu không nghe rõ")
    async with world.db.transaction() as tx:
        [sealed] = await tx.scalars(text("select sealed from photo"))
        [note] = await tx.scalars(text("select note from call"))
        said = b"".join(await tx.scalars(select(outbox.c.payload)))
        looks = (await tx.execute(select(accesses.c.hold_id, accesses.c.what))).all()
    assert b"\xff\xd8\xff" not in sealed
    assert "Mẫu".encode() not in note + said
    assert [tuple(look) for look in looks] == [(customer.hold_id, "PHOTO:FACE")]


async def test_every_take_is_kept_and_can_be_seen(
    world: World, picture: Callable[..., bytes]
) -> None:
    """P5.1: a second still of a kind lies beside the first."""
    _, agent = await in_call(world)
    takes = [picture(colour=colour) for colour in ("navy", "teal")]
    for take in takes:
        kept = (await agent.photograph("FACE", take)).json()["photos"]
    path = f"/v1/desk/calls/{agent.call_id}/photos/FACE"

    shown = [await agent.http.get(path, params={"sha256": still["sha256"]}) for still in kept]

    assert [a.content for a in shown] == takes
    assert (await agent.http.get(path)).content == takes[1]
    assert (await agent.http.get(path, params={"sha256": "0" * 64})).status_code == 404
    assert (await agent.http.get(path, params={"sha256": "newest"})).status_code == 422


async def test_a_bare_copy_is_kept_beside_the_fingerprint_of_what_was_sent(world: World) -> None:
    """P5.1: the place where a picture was taken is nobody's business, the time is."""
    _, agent = await in_call(world)
    notes = Image.Exif()
    notes[0x010F] = "A phone of somebody"
    notes.get_ifd(0x8769)[0x9003] = "2026:11:29 20:00:00"
    file = io.BytesIO()
    Image.new("RGB", (960, 640)).save(file, "JPEG", exif=notes)

    [still] = (await agent.photograph("FACE", file.getvalue())).json()["photos"]

    shown = await agent.http.get(f"/v1/desk/calls/{agent.call_id}/photos/FACE")
    assert still["sent_sha256"] == hashlib.sha256(file.getvalue()).hexdigest()
    assert still["sha256"] == hashlib.sha256(shown.content).hexdigest()
    assert still["captured_at"] == "2026-11-29T13:00:00Z"
    assert b"A phone of somebody" not in shown.content


@pytest.mark.parametrize(
    "change",
    [
        "update photo set sealed = '\\x00'",
        "update photo set sha256 = repeat('0', 64)",
        "delete from photo",
        "update access_log set what = 'NOTHING'",
        "delete from access_log",
        "update call set evidence_sha256 = repeat('0', 64)",
        "update call set checklist = '{}'",
        "update call set agent_id = gen_random_uuid()",
        "update call set attempt = attempt + 1",
    ],
)
async def test_the_database_itself_keeps_what_was_decided_by(world: World, change: str) -> None:
    """P5.1: evidence is only ever added to."""
    _, agent = await in_call(world)
    await agent.examines()
    await agent.http.get(f"/v1/desk/calls/{agent.call_id}/photos/FACE")
    await agent.approve()

    with pytest.raises(IntegrityError, match="only ever added to"):
        async with world.db.transaction() as tx:
            await tx.execute(text(change))


async def test_the_database_itself_takes_no_still_after_the_decision(world: World) -> None:
    _, agent = await in_call(world)
    await agent.examines()
    await agent.approve()
    late = (
        "insert into photo (id, call_id, kind, sealed, sha256, taken_at, taken_by)"
        " select gen_random_uuid(), call_id, 'SIM', sealed, sha256, taken_at, taken_by from photo"
    )

    with pytest.raises(IntegrityError, match="while agent and customer talk"):
        async with world.db.transaction() as tx:
            await tx.execute(text(late))


async def test_no_still_is_added_to_what_was_approved(world: World) -> None:
    _, agent = await in_call(world)
    await agent.examines()

    approved, late = await asyncio.gather(agent.approve(), agent.photograph("SIM"))

    stills = (await agent.http.get(f"/v1/desk/calls/{agent.call_id}")).json()["photos"]
    assert approved.status_code == 200
    assert (late.status_code, len(stills)) in {(201, 5), (409, 4)}
