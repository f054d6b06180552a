"""The content of a signature: a picture with a line in it, and consents (F5a.9, F5b.8, LAW15)."""

import base64
import binascii
import io
import warnings
from dataclasses import dataclass
from typing import Final

from PIL import Image

from kit.errors import Invalid

MAX_BYTES: Final = 300_000
MIN_SIDE: Final = 16
MAX_PIXELS: Final = 4_000_000
MIN_INK: Final = 40
"""Pixels that a line has at least: fewer are a touch of the finger, not a signature."""
CONTRAST: Final = 48
"""By how much ink differs from its ground, out of 255."""


CONSENTS: Final = frozenset({"CONTRACT", "IDENTITY_CHECK"})
"""Without these nobody may be connected; the others are the customer's choice."""


@dataclass(eq=False)
class ConsentMissing(Invalid):
    """The contract needs these consents; tick them or stop here."""

    missing: list[str]


@dataclass(eq=False)
class NotASignature(Invalid):
    """Draw the signature again: a PNG picture with a line in it, at most 300 kB."""

    because: str


def check_drawing(drawn: str) -> str:
    """Return a drawing (base64) as it was sent; raise `NotASignature` if nothing is drawn on it.

    Decoding takes its time: call this in a thread.
    """
    try:
        picture = base64.b64decode(drawn, validate=True)
    except (binascii.Error, ValueError) as error:
        raise NotASignature("it is not base64") from error
    if len(picture) > MAX_BYTES:
        raise NotASignature("it is larger than 300 kB")
    ink = _ink(_decoded(picture))
    if ink < MIN_INK:
        raise NotASignature("nothing is drawn on it")
    return drawn


def _decoded(picture: bytes) -> Image.Image:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            picture_file = Image.open(io.BytesIO(picture), formats=["PNG"])
            _check_size(*picture_file.size)
            picture_file.load()
            return picture_file.convert("RGBA")
    except NotASignature:
        raise
    except Exception as error:  # a decoder fed by strangers fails in its own ways
        raise NotASignature("it is not a whole PNG picture") from error


def _check_size(width: int, height: int) -> None:
    if min(width, height) < MIN_SIDE or width * height > MAX_PIXELS:
        raise NotASignature(f"it is {width}x{height}")


def _ink(picture: Image.Image) -> int:
    """Count the pixels that stand out from white paper, or, drawn in white, from black."""
    tones, opacity = picture.convert("L"), picture.getchannel("A")
    counted = []
    for paper in (255, 0):
        sheet = Image.new("L", picture.size, paper)
        sheet.paste(tones, mask=opacity)
        histogram = sheet.histogram()
        ground = max(range(256), key=histogram.__getitem__)
        counted.append(sum(n for tone, n in enumerate(histogram) if abs(tone - ground) > CONTRAST))
    return max(counted)
