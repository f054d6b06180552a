"""The stills an agent takes: pictures, sealed, and every look written down (P5.1)."""

from collections.abc import Callable

from services.videocall.tests.world import World, in_call
from sqlalchemy import select, text

from events.tables import outbox
from videocall.tables import accesses


async def test_stills_are_real_pictures_of_a_call_under_way(
    world: World, picture: Callable[..., bytes]
) -> None:
    """P5.1."""
    _, agent = await in_call(world)

    refused = [
        await agent.photograph("FRONT", b"GIF89a"),
        await agent.photograph("FRONT", picture(size=(320, 240))),
        await agent.photograph("SELFIE"),
    ]
    await agent.do("technical")
    ended = await agent.photograph("FRONT")

    assert [a.status_code for a in refused] == [422] * 3
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
    await agent.do("reject", reason_code="CALL_QUALITY", note="Nguyễn Thị Mẫu không nghe rõ")

    shown = await agent.http.get(f"/v1/desk/calls/{customer.call_id}/photos/FACE")

    assert shown.content == picture()
    assert shown.headers["cache-control"] == "no-store"
    async with world.db.transaction() as tx:
        [sealed] = await tx.scalars(text("select sealed from photo"))
        [note] = await tx.scalars(text("select note from call"))
        said = b"".join(await tx.scalars(select(outbox.c.payload)))
        looks = (await tx.execute(select(accesses.c.hold_id, accesses.c.what))).all()
    assert b"\xff\xd8\xff" not in sealed
    assert "Mẫu".encode() not in note + said
    assert [tuple(look) for look in looks] == [(customer.hold_id, "PHOTO:FACE")]
