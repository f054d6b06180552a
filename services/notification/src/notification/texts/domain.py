"""Languages, and the spelling of amounts, moments and Vietnamese letters in a message."""

import unicodedata
from datetime import datetime
from typing import Any, Literal

from kit.clock import VIETNAM

Locale = Literal["vi", "en"]
Facts = dict[str, Any]
"""The fields of an event as JSON: ids, amounts, codes and times; never a name or an address."""


def without_accents(text: str) -> str:
    """Spell Vietnamese in ASCII."""
    plain = text.replace("đ", "d").replace("Đ", "D").replace("₫", "d")
    letters = unicodedata.normalize("NFD", plain)
    return "".join(c for c in letters if not unicodedata.combining(c))


def money(amount_vnd: int) -> str:
    """Write an amount: 1.234.000 ₫."""
    return f"{amount_vnd:,}".replace(",", ".") + " ₫"


def moment(when: str) -> str:
    """Write a moment by the clock of Vietnam: 14:05 ngày 02/11/2026 without the word."""
    return datetime.fromisoformat(when).astimezone(VIETNAM).strftime("%H:%M %d/%m/%Y")
