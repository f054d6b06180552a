"""Comparing Vietnamese names the way people read them."""

import unicodedata
from enum import IntEnum
from typing import Final

# What cards, readers and keyboards give for one letter and one mark.
_SAME: Final = str.maketrans("\u00d0\u0189\u2019\u02bc\u2018`", "\u0110\u0110''''")
_TONES: Final = "\u0300\u0301\u0303\u0309\u0323"


class Likeness(IntEnum):
    """The likeness of two names."""

    DIFFERENT = 0
    WITHOUT_ACCENTS = 1
    SAME = 2


def compare(first: str, second: str) -> Likeness:
    """Compare: case, spaces and the place of the tone mark do not matter (HÒA = HOÀ)."""
    if _read(first) == _read(second):
        return Likeness.SAME
    if plain(first) == plain(second):
        return Likeness.WITHOUT_ACCENTS
    return Likeness.DIFFERENT


def plain(name: str) -> str:
    """Return a name without any accents."""
    letters = unicodedata.normalize("NFD", _tidy(name)).replace("Đ", "D")
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def _read(name: str) -> list[tuple[str, str]]:
    return [_syllable(word) for word in _tidy(name).split(" ")]


def _syllable(word: str) -> tuple[str, str]:
    letters = unicodedata.normalize("NFD", word)
    tone = "".join(letter for letter in letters if letter in _TONES)
    return "".join(letter for letter in letters if letter not in _TONES), tone


def _tidy(name: str) -> str:
    return " ".join(unicodedata.normalize("NFC", name).upper().translate(_SAME).split())
