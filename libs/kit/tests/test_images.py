"""A picture is judged by its bytes, not by its name."""

import io

import pytest
from PIL import Image

from kit.images import MAX_BYTES, NotAPicture, check_jpeg


def picture(width: int = 800, height: int = 600, kind: str = "JPEG") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), "white").save(out, kind)
    return out.getvalue()


def test_a_real_photo_of_a_sane_size_is_taken_either_way_up() -> None:
    check_jpeg(picture())
    check_jpeg(picture(600, 800))


@pytest.mark.parametrize(
    "bad",
    [
        b"",
        b"\xff\xd8\xff",
        b"%PDF-1.7 with much text",
        picture(kind="PNG"),
        picture(320, 240),
        picture()[:-100],
        picture() + b"\0" * MAX_BYTES,
    ],
    ids=["nothing", "a stub", "a PDF", "a PNG", "too small", "cut off", "too large"],
)
def test_what_is_no_photo_is_refused_with_the_reason(bad: bytes) -> None:
    with pytest.raises(NotAPicture) as refusal:
        check_jpeg(bad)

    assert refusal.value.because
