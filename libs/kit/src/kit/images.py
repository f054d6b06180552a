"""Pictures people send: real JPEGs of a sane size, judged before anything is stored."""

from dataclasses import dataclass
from typing import Annotated, Final

from fastapi import Body, Depends, Request

from kit.errors import Invalid

MAX_BYTES: Final = 5_000_000
MIN_WIDTH: Final = 640
MIN_HEIGHT: Final = 480
MARK: Final = 0xFF
START: Final = b"\xff\xd8\xff"
END: Final = b"\xff\xd9"
FRAMES: Final = {*range(0xC0, 0xC4), *range(0xC5, 0xC8), *range(0xC9, 0xCC), *range(0xCD, 0xD0)}
"""Markers of the segments that say how large the picture is (ISO/IEC 10918-1, table B.1)."""


@dataclass(eq=False)
class NotAPicture(Invalid):
    """Send a JPEG picture of at least 640x480 and at most 5 MB."""

    because: str


async def jpeg_body(
    request: Request, body: Annotated[bytes, Body(media_type="image/jpeg")]
) -> bytes:
    """Take a JPEG from the body of a request (K01)."""
    if request.headers.get("content-type", "").split(";")[0] != "image/jpeg":
        raise NotAPicture("the content type is not image/jpeg")
    check_jpeg(body)
    return body


JpegBody = Annotated[bytes, Depends(jpeg_body)]


def check_jpeg(picture: bytes) -> None:
    """Refuse what is no JPEG, too small or too large."""
    if len(picture) > MAX_BYTES:
        raise NotAPicture("it is larger than 5 MB")
    width, height = _size(picture)
    if max(width, height) < MIN_WIDTH or min(width, height) < MIN_HEIGHT:
        raise NotAPicture(f"it is {width}x{height}")


def _size(picture: bytes) -> tuple[int, int]:
    if not picture.startswith(START) or END not in picture[-64:]:
        raise NotAPicture("it is not a whole JPEG")
    at = 2
    while at + 9 < len(picture) and picture[at] == MARK:
        marker, length = picture[at + 1], int.from_bytes(picture[at + 2 : at + 4], "big")
        if marker in FRAMES:
            height = int.from_bytes(picture[at + 5 : at + 7], "big")
            return int.from_bytes(picture[at + 7 : at + 9], "big"), height
        at += 2 + length
    raise NotAPicture("it has no frame")
