"""The content of a picture, read from its JPEG comment."""

import base64
import binascii
import io
import json
from datetime import date
from typing import Annotated, Any, Final, Literal, TypeVar

from PIL import Image
from pydantic import AliasChoices, BaseModel, Field, ValidationError

MOST_BYTES: Final = 8 * 1024 * 1024

Text = Annotated[str, Field(max_length=200, pattern=r"^[^\x00]*$")]


class Printed(BaseModel):
    """The fields that are printed on a card."""

    id_number: Text = ""
    full_name: Text = ""
    date_of_birth: date | None = None
    sex: Text = ""
    expires_on: date | None = None


class Card(BaseModel):
    """One side of a card, and how well it was photographed."""

    printed: Printed = Printed()
    side: Literal["FRONT", "BACK"]
    blur: bool = False
    glare: bool = False
    cropped: bool = False
    copied: bool = Field(default=False, validation_alias=AliasChoices("copied", "copy"))
    tampered: bool = False


class Portrait(BaseModel):
    """The holder of the face, and whether a living person was before the camera."""

    face_of: Text
    live: bool = True
    similarity: Annotated[float, Field(ge=0, le=1)] = 1.0


Seen = TypeVar("Seen", Card, Portrait)


class NotAPicture(ValueError):
    """The bytes are no JPEG, or too many."""


def decode(written: str) -> bytes:
    """Return the JPEG behind base64."""
    try:
        picture = base64.b64decode(written.partition(",")[2] or written, validate=True)
    except (binascii.Error, ValueError) as error:
        raise NotAPicture from error
    if not picture.startswith(b"\xff\xd8") or len(picture) > MOST_BYTES:
        raise NotAPicture
    return picture


def look(picture: bytes, kind: type[Seen]) -> Seen | None:
    """Return what is to be seen, nothing if it is not a picture of that kind."""
    try:
        return kind.model_validate(json.loads(_comment(picture)))
    except (ValueError, ValidationError, RecursionError):
        return None


def is_specimen(picture: bytes) -> bool:
    """Tell whether a picture says itself what it shows, as no camera's does."""
    try:
        return isinstance(json.loads(_comment(picture)), dict)
    except (ValueError, RecursionError):
        return False


def _comment(picture: bytes) -> bytes:
    try:
        with Image.open(io.BytesIO(picture), formats=["JPEG"]) as image:
            comment: Any = image.info.get("comment", b"")
    except Exception as error:  # a decoder fed by strangers fails in its own ways
        raise NotAPicture from error
    return comment if isinstance(comment, bytes) else str(comment).encode()
