"""Repairs of a text for the marks that keyboards and copying leave in it."""

import unicodedata
from typing import Final

_FULL_WIDTH: Final = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
"""An East Asian keyboard's letters, digits and marks, which only look wider (U+FF01 to U+FF5E)."""


def half_width(text: str) -> str:
    """Write full-width letters, digits and marks as ASCII; nothing else is changed."""
    return text.translate(_FULL_WIDTH)


def visible(text: str) -> str:
    """Drop format characters: direction marks, zero-width spaces, soft hyphens (category Cf).

    They come along when a text is copied out of a chat or an address book, and cannot be seen.
    """
    return "".join(c for c in text if unicodedata.category(c) != "Cf")


def tidy(text: str) -> str:
    """Drop what cannot be seen, compose letters (NFC), and leave single spaces between words.

    In this order: a mark that cannot be seen may stand between a letter and its accent.
    """
    return " ".join(unicodedata.normalize("NFC", visible(text)).split())
