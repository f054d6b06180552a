"""Readings of a text that staff search by, and the cells of an export."""

import re
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from kit.errors import Conflict
from values.errors import BadValue
from values.hold_codes import parse_hold_code
from values.phones import parse_phone
from values.sim_serials import parse_sim_serial

MOST_EXPORTED: Final = 50_000
"""The most rows of one export."""

_TRACKING: Final = re.compile(r"[A-Z0-9][A-Z0-9_-]{3,63}")
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


@dataclass(eq=False)
class TooManyToExport(Conflict):
    """Choose fewer orders by a filter: so many rows do not fit into one file."""

    rows: int
    most: int


@dataclass(frozen=True)
class Readings:
    """The readings of what staff typed or scanned: each may be none of a kind."""

    hold_code: str | None
    phone: str | None
    serial: str | None
    tracking_code: str | None
    id: UUID | None

    @classmethod
    def read(cls, text: str) -> "Readings":
        """Read a text as a hold code, a number or phone, a SIM serial, a tracking code or an id."""
        code = text.strip().upper()
        return cls(
            hold_code=_read(parse_hold_code, text),
            phone=_read(parse_phone, text),
            serial=_read(parse_sim_serial, text),
            tracking_code=code if _TRACKING.fullmatch(code) else None,
            id=_uuid(text.strip()),
        )


def cell(value: object) -> str:
    """Write a value into a sheet: text that a program would run as a formula stays text."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text


def _read(parse: Any, text: str) -> str | None:
    try:
        parsed: str = parse(text)
    except BadValue:
        return None
    return parsed


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
