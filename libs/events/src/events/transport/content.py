"""The content of a record in a form that can be shown."""

from base64 import b64encode
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Content:
    """The bytes of a record, or the beginning of them."""

    encoding: Literal["text", "base64"]
    content: str
    size: int
    """Number of bytes of the whole record."""
    whole: bool
    """Tells that no part of the record is left out."""


def content_of(raw: bytes, at_most: int) -> Content:
    """Show bytes as text, if all of it is text that steers no terminal, and as base64 if not."""
    try:
        raw.decode()
    except UnicodeDecodeError:
        return in_base64(raw, at_most)
    # A cut may have gone through a letter: what is left of it is not shown.
    text = raw[:at_most].decode(errors="ignore")
    if not all(c.isprintable() or c in "\n\t" for c in text):
        return in_base64(raw, at_most)
    return Content("text", text, len(raw), len(raw) <= at_most)


def in_base64(raw: bytes, at_most: int) -> Content:
    """Show bytes as base64, up to `at_most` of them."""
    shown = b64encode(raw[:at_most]).decode()
    return Content("base64", shown, len(raw), len(raw) <= at_most)
