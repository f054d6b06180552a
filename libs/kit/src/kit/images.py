"""Pictures in requests: decoded whole, within limits, before anything is stored (K01)."""

import asyncio
import hashlib
import io
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Final, TypeVar

from fastapi import Body, Depends, Request
from PIL import Image

from kit.clock import VIETNAM
from kit.errors import Invalid
from kit.jpeg import END, Broken, Jpeg
from values.errors import BadValue
from values.moments import bounded

MAX_BYTES: Final = 8 * 1024 * 1024
MAX_PIXELS: Final = 40_000_000
MAX_PIXELS_IN_SCANS: Final = 12_000_000
"""Of a progressive picture, whose coefficients are all in memory until its last scan."""
MIN_LONG_SIDE: Final = 900
MIN_SHORT_SIDE: Final = 480
MEDIA_TYPES: Final = frozenset({"image/jpeg", "image/jpg", "image/pjpeg"})
DECODERS: Final = 1
"""In one process: what a picture may need of memory is needed once."""
STRANGE_BITS: Final = bytes.fromhex("5aa53cc3") * 16

ORIENTATION, EXIF_IFD, TAKEN, TAKEN_OFFSET = 0x0112, 0x8769, 0x9003, 0x9011

Result = TypeVar("Result")
_decoders: Final = ThreadPoolExecutor(DECODERS, thread_name_prefix="pictures")


@dataclass(eq=False)
class NotAPicture(Invalid):
    """Send a JPEG picture of at least 900x480 pixels and at most 8 MB."""

    because: str


@dataclass(frozen=True)
class Picture:
    """A picture that was decoded to its last row."""

    jpeg: bytes
    """The copy to keep: the same samples, the right way up, and no note but the time."""
    sha256: str
    """Of the file as it was sent."""
    kept_sha256: str
    """Of `jpeg`."""
    width: int
    height: int
    taken_at: datetime | None
    """By the camera's clock, if it noted that; without an offset it is taken as Vietnam's."""


async def picture_body(
    request: Request, body: Annotated[bytes, Body(media_type="image/jpeg")]
) -> Picture:
    """Take a picture from the body of a request."""
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type not in MEDIA_TYPES:
        raise NotAPicture("the content type is not image/jpeg")
    return await decoded(read_picture, body)


async def decoded(work: Callable[[bytes], Result], file: bytes) -> Result:
    """Let the one thread that decodes pictures work on a file."""
    return await asyncio.get_running_loop().run_in_executor(_decoders, work, file)


PictureBody = Annotated[Picture, Depends(picture_body)]


def read_picture(file: bytes) -> Picture:
    """Decode a picture, and make the copy of it that is kept; raises NotAPicture."""
    if len(file) > MAX_BYTES:
        raise NotAPicture("it is larger than 8 MB")
    try:
        jpeg = Jpeg.read(file)
        width, height = jpeg.size
        _check_size(width, height, in_scans=len(jpeg.scans) > 1)
        _decode(jpeg)
    except Broken as error:
        raise NotAPicture(str(error)) from error
    orientation, taken_at = _noted(jpeg.exif)
    kept = jpeg.bare(_note(orientation, taken_at))
    lying = orientation > 4  # noqa: PLR2004, EXIF: the rows are the columns
    return Picture(
        jpeg=kept,
        sha256=hashlib.sha256(file).hexdigest(),
        kept_sha256=hashlib.sha256(kept).hexdigest(),
        width=height if lying else width,
        height=width if lying else height,
        taken_at=taken_at,
    )


def _check_size(width: int, height: int, *, in_scans: bool) -> None:
    if max(width, height) < MIN_LONG_SIDE or min(width, height) < MIN_SHORT_SIDE:
        raise NotAPicture(f"it is {width}x{height}")
    if width * height > (MAX_PIXELS_IN_SCANS if in_scans else MAX_PIXELS):
        raise NotAPicture(f"it has too many pixels: {width}x{height}")


def _decode(jpeg: Jpeg) -> None:
    """Read every coded sample; raises Broken if some are missing or damaged.

    A decoder forgives an end that comes too early, and paints the rest grey. So bits that are not
    of the picture are put before the end: where samples are missing, they are taken for samples.
    """
    if not jpeg.is_complete or _samples(jpeg) != _samples(jpeg, STRANGE_BITS):
        raise Broken("it is cut off")


def _samples(jpeg: Jpeg, before_the_end: bytes = b"") -> bytes:
    """Decode; samples of a camera's single scan at an eighth of the size, to spare memory."""
    file = jpeg.bare(end=before_the_end + END)
    try:
        with Image.open(io.BytesIO(file), formats=["JPEG"]) as image:
            if len(jpeg.scans) == 1:
                image.draft(None, (image.width // 8, image.height // 8))
            return hashlib.sha256(image.tobytes()).digest()
    except Exception as error:  # a decoder fed by strangers fails in its own ways
        raise Broken("it is damaged") from error


def _noted(exif: bytes | None) -> tuple[int, datetime | None]:
    notes = Image.Exif()
    try:
        notes.load(exif or b"")
        orientation = notes.get(ORIENTATION, 1)
        camera = notes.get_ifd(EXIF_IFD)
        return orientation if orientation in range(1, 9) else 1, _taken_at(camera)
    except Exception:  # noqa: BLE001, notes are written by anybody, and are no reason to refuse
        return 1, None


def _taken_at(camera: dict[int, object]) -> datetime | None:
    clock = datetime.strptime(str(camera.get(TAKEN)).strip("\0 "), "%Y:%m:%d %H:%M:%S")  # noqa: DTZ007
    offset = str(camera.get(TAKEN_OFFSET) or "").strip("\0 ")
    try:
        return bounded(datetime.fromisoformat(f"{clock.isoformat()}{offset}"))
    except (BadValue, ValueError):
        return bounded(clock.replace(tzinfo=VIETNAM))


def _note(orientation: int, taken_at: datetime | None) -> bytes:
    notes = Image.Exif()
    if orientation != 1:
        notes[ORIENTATION] = orientation
    if taken_at:
        offset = taken_at.strftime("%z")
        notes[EXIF_IFD] = {
            TAKEN: taken_at.strftime("%Y:%m:%d %H:%M:%S"),
            TAKEN_OFFSET: f"{offset[:3]}:{offset[3:5]}",
        }
    return notes.tobytes() if len(notes) else b""
