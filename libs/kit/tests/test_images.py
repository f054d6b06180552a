"""A picture is judged by its samples, not by its name, its head or its end (K01)."""

import asyncio
import io
import time
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from fastapi import FastAPI
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from kit.http import add_problem_answers
from kit.images import MAX_BYTES, NotAPicture, PictureBody, read_picture
from kit.jpeg import END
from kit.testing import client

VIETNAM = timezone(timedelta(hours=7))
TAKEN = datetime(2026, 11, 22, 14, 15, tzinfo=VIETNAM)


def picture(
    width: int = 960, height: int = 720, kind: str = "JPEG", mode: str = "RGB", **how: Any
) -> bytes:
    """Photograph noise: every sample counts."""
    out = io.BytesIO()
    Image.effect_noise((width, height), 60).convert(mode).save(out, kind, **how)
    return out.getvalue()


def notes(**more: int) -> bytes:
    exif = Image.Exif()
    exif[0x010F] = "A phone"
    exif[0x8769] = {0x9003: "2026:11:22 14:15:00", 0x9011: "+07:00", 0x9286: "a remark"}
    exif[0x8825] = {1: "N", 2: (10.0, 46.0, 1.0)}
    if "orientation" in more:
        exif[0x0112] = more["orientation"]
    return exif.tobytes()


WHOLE = {
    "sequential": picture(),
    "progressive": picture(progressive=True),
    "with restarts": picture(restart_marker_rows=1),
    "grey": picture(720, 960, mode="L"),
    "fill bytes": picture().replace(b"\xff\xda", b"\xff\xff\xff\xda", 1),
    "all colours": picture(subsampling=0, quality=95),
}


@pytest.mark.parametrize("file", WHOLE.values(), ids=WHOLE)
def test_a_whole_picture_is_taken_and_its_copy_shows_the_same(file: bytes) -> None:
    taken = read_picture(file)

    with Image.open(io.BytesIO(taken.jpeg)) as kept, Image.open(io.BytesIO(file)) as sent:
        assert kept.tobytes() == sent.tobytes()
        assert kept.size == (taken.width, taken.height)
    again = read_picture(taken.jpeg)
    assert (again.sha256, again.jpeg) == (taken.kept_sha256, taken.jpeg)


@pytest.mark.parametrize("part", [0.02, 0.3, 0.7, 0.95, 0.99, 0.999])
@pytest.mark.parametrize("file", WHOLE.values(), ids=WHOLE)
def test_a_picture_that_was_cut_is_refused_though_it_ends_like_one(
    file: bytes, part: float
) -> None:
    """A decoder forgives this, and paints the missing rows grey."""
    for end in (b"", END):
        with pytest.raises(NotAPicture):
            read_picture(file[: int(len(file) * part)] + end)


def _header_only(width: int, height: int) -> bytes:
    file = picture()
    frame = file.index(b"\xff\xc0") + 5
    size = height.to_bytes(2, "big") + width.to_bytes(2, "big")
    return file[:frame] + size + file[frame + 4 : file.index(b"\xff\xda")] + END


def _many_scans() -> bytes:
    """Repeat the last scan of a progressive picture, which is small, and costs much each time."""
    file = picture(progressive=True)
    last = file[file.rindex(b"\xff\xda") : -2]
    return file[:-2] + last * 100 + END


@pytest.mark.parametrize(
    "bad",
    [
        b"",
        b"\xff\xd8\xff",
        b"%PDF-1.7 with much text",
        b"\xff\xd8\xff\xe0" + b"\0" * 100 + END,
        picture(kind="PNG"),
        picture(890, 720),
        picture(960, 470),
        picture(8000, 6000, quality=1),
        picture(4000, 3100, quality=1, progressive=True),
        _header_only(960, 720),
        _header_only(65_500, 65_500),
        _header_only(0, 0),
        picture().replace(b"\xff\xda", b"\xff\xfe"),
        _many_scans(),
        WHOLE["sequential"] + b"\0" * MAX_BYTES,
    ],
    ids=[
        *("nothing", "a stub", "a PDF", "zeros", "a PNG", "too narrow", "too low", "48 megapixels"),
        *("too much memory", "a head", "a head of 4 gigapixels", "no size", "no scan"),
        *("a hundred scans", "too large"),
    ],
)
def test_what_is_no_photo_is_refused_with_the_reason(bad: bytes) -> None:
    with pytest.raises(NotAPicture) as refusal:
        read_picture(bad)

    assert refusal.value.because


def test_samples_under_another_head_are_refused() -> None:
    """The head promises more rows than there are samples for."""
    file = picture()
    frame = file.index(b"\xff\xc0") + 5

    with pytest.raises(NotAPicture):
        read_picture(file[:frame] + (1440).to_bytes(2, "big") + file[frame + 2 :])


def _second_picture() -> bytes:
    out = io.BytesIO()
    first, second = (Image.effect_noise((960, 720), 60).convert("RGB") for _ in range(2))
    first.save(out, "MPO", save_all=True, append_images=[second])
    return out.getvalue()


@pytest.mark.parametrize(
    "file",
    [
        WHOLE["sequential"] + b"\0\0\0\0SEFH" + bytes(range(256)) + b"SEFT",
        WHOLE["sequential"] + b"\0\0\0\x18ftypmp42" + b"\xff\xd8\xff a film " * 999,
        _second_picture(),
        WHOLE["sequential"] + b"\0" * 5000,
    ],
    ids=["a Samsung's trailer", "a motion photo", "two pictures", "padding"],
)
def test_what_phones_write_behind_a_picture_is_no_reason_to_refuse_and_is_not_kept(
    file: bytes,
) -> None:
    kept = read_picture(file).jpeg

    assert kept.endswith(END)
    assert kept.count(b"\xff\xd8\xff") == 1
    assert b"film" not in kept
    assert b"SEF" not in kept


def test_the_time_and_the_right_way_up_are_all_that_is_kept_of_the_notes() -> None:
    """LAW14: a photo carries date and time; where it was taken is nobody's business."""
    taken = read_picture(picture(exif=notes(orientation=6)))

    assert taken.taken_at == TAKEN
    assert (taken.width, taken.height) == (720, 960)
    with Image.open(io.BytesIO(taken.jpeg)) as kept:
        exif = kept.getexif()
        assert exif.get_ifd(0x8769) == {0x9003: "2026:11:22 14:15:00", 0x9011: "+07:00"}
        assert not exif.get_ifd(0x8825)
        assert set(exif) == {0x0112, 0x8769}
        assert exif[0x0112] == 6
    assert b"A phone" not in taken.jpeg


@pytest.mark.parametrize(
    ("clock", "offset", "read"),
    [
        ("2026:11:22 14:15:00", None, TAKEN),
        ("2026:11:22 07:15:00", "+00:00", TAKEN),
        ("2026:11:22 14:15:00", "nonsense", TAKEN),
        ("0000:00:00 00:00:00", None, None),
        ("0001:01:01 00:00:00", "+07:00", None),
        ("yesterday", None, None),
    ],
)
def test_the_clock_of_a_camera_is_read_or_left_out(
    clock: str, offset: str | None, read: datetime | None
) -> None:
    exif = Image.Exif()
    exif[0x8769] = {0x9003: clock} | ({0x9011: offset} if offset else {})

    assert read_picture(picture(exif=exif.tobytes())).taken_at == read


@given(st.integers(0, 30_000), st.binary(min_size=1, max_size=8))
@settings(max_examples=150, deadline=None)
def test_a_damaged_picture_is_taken_or_refused_and_nothing_else(at: int, damage: bytes) -> None:
    file = WHOLE["sequential"]
    try:
        taken = read_picture(file[:at] + damage + file[at + len(damage) :])
    except NotAPicture:
        return
    assert taken.width >= 480


def app() -> FastAPI:
    service = FastAPI()
    add_problem_answers(service)

    @service.put("/pictures")
    async def keep(picture: PictureBody) -> dict[str, int]:
        return {"width": picture.width}

    return service


@pytest.mark.parametrize("kind", ["image/jpeg", "image/jpg", "IMAGE/JPEG; charset=binary"])
async def test_a_phone_may_call_it_by_another_name(kind: str) -> None:
    async with client(app()) as phone:
        answer = await phone.put(
            "/pictures", content=WHOLE["sequential"], headers={"Content-Type": kind}
        )

    assert (answer.status_code, answer.json()) == (200, {"width": 960})


async def test_another_content_is_refused_by_name() -> None:
    async with client(app()) as phone:
        answer = await phone.put(
            "/pictures", content=WHOLE["sequential"], headers={"Content-Type": "image/png"}
        )

    assert (answer.status_code, answer.json()["type"]) == (422, "/problems/not-a-picture")


async def test_others_are_served_while_a_large_picture_is_decoded() -> None:
    large = picture(6000, 4000, quality=20)
    pauses = [0.0]

    async def watch() -> None:
        while True:
            before = time.perf_counter()
            await asyncio.sleep(0.001)
            pauses.append(time.perf_counter() - before)

    async with client(app()) as phone, asyncio.TaskGroup() as group:
        watcher = group.create_task(watch())
        answer = await phone.put("/pictures", content=large, headers={"Content-Type": "image/jpeg"})
        watcher.cancel()

    assert answer.status_code == 200
    assert len(pauses) > 5
