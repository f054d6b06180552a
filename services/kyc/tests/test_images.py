"""Photographing card and face: what is taken and what is not (F5a.5, K01, LAW14)."""

import hashlib
import io
import os
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from PIL import Image
from services.kyc.tests.world import World
from sqlalchemy import select

from kit import clock
from kyc.tables import evidence


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


async def test_a_phone_that_is_two_minutes_fast_is_accepted(world: World) -> None:
    """LAW14: its pictures count as taken now."""
    customer = await world.customer()
    await customer.start()

    answer = await customer.photograph("FRONT", at=clock.now() + timedelta(minutes=2))

    assert answer.status_code == 200
    assert datetime.fromisoformat(answer.json()["captured_at"]) <= clock.now()


@pytest.mark.parametrize("age", [timedelta(minutes=-6), timedelta(hours=24, minutes=1)])
async def test_a_picture_from_the_future_or_from_last_week_is_refused(
    world: World, age: timedelta
) -> None:
    """LAW14."""
    customer = await world.customer()
    await customer.start()

    answer = await customer.photograph("FRONT", at=clock.now() - age)

    assert (answer.status_code, answer.json()["type"]) == (422, "/problems/wrong-capture-time")


@pytest.mark.parametrize(
    "at", ["2026-11-02T12:00:00", "yesterday", "0", "0001-01-01T00:00:00+07:00"]
)
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


def with_notes(picture: bytes) -> bytes:
    """Send what a phone writes beside a picture: place, time, and a film behind the end."""
    notes = Image.Exif()
    notes[0x8769] = {0x9003: "2026:11:02 12:00:00", 0x9011: "+07:00"}
    notes[0x8825] = {1: "N", 2: (10.0, 46.0, 0.0)}
    file = io.BytesIO()
    with Image.open(io.BytesIO(picture)) as image:
        comment = image.info["comment"]
        image.save(file, "JPEG", exif=notes, comment=comment)
    return file.getvalue() + b"MotionPhoto_Data" + bytes(1000)


async def test_time_and_fingerprint_outlive_what_is_not_kept_of_a_picture(world: World) -> None:
    """LAW14: no place and no film is kept; when it was taken, and what was sent, is."""
    customer = await world.customer()
    sent = with_notes(customer.person.card("FRONT"))
    await customer.prepare(front=sent)
    assert (await customer.verify())["status"] == "KYC_PASSED"

    async with world.staff("connection_officer") as officer:
        case = (await officer.get(f"/v1/cases/{customer.hold_id}")).json()
        shown = await officer.get(f"/v1/cases/{customer.hold_id}/images/FRONT")

    front = case["images"][0]
    assert front["sha256"] == hashlib.sha256(sent).hexdigest()
    assert datetime.fromisoformat(front["taken_at"]) == datetime.fromisoformat(
        "2026-11-02T12:00:00+07:00"
    )
    assert b"MotionPhoto" not in shown.content
    async with world.db.transaction() as tx:
        kept = await tx.scalar(select(evidence.c.kept_sha256).where(evidence.c.kind == "FRONT"))
    assert kept == hashlib.sha256(shown.content).hexdigest()


async def test_a_picture_of_eight_megabytes_goes_all_the_way(world: World) -> None:
    """K01: to mobi eKYC, too, which gets three of them."""
    customer = await world.customer()
    rest = os.urandom(8 * 1024 * 1024 - 200_000)
    segments = b"".join(
        b"\xff\xfe" + (len(part) + 2).to_bytes(2, "big") + part
        for part in (rest[at : at + 60_000] for at in range(0, len(rest), 60_000))
    )
    heavy = {
        kind: picture[:2] + segments + picture[2:]
        for kind, picture in (
            ("front", customer.person.card("FRONT")),
            ("back", customer.person.card("BACK")),
            ("portrait", customer.person.portrait()),
        )
    }
    assert min(map(len, heavy.values())) > 8_000_000
    await customer.prepare(**heavy)

    await customer.press_verify()
    await world.work()

    assert (await customer.look())["status"] != "KYC_CHECKING"
