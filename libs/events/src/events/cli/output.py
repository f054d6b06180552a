"""The output of commands: a table for people, JSON for programs, a sentence for trouble."""

import argparse
import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Final

UNITS: Final = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}


class Trouble(Exception):
    """Something is wrong outside; the text says what to do."""


class Usage(Exception):
    """The command was not right; the text says how it should be."""


def add_json(parser: argparse.ArgumentParser) -> None:
    """Let a command answer to programs, too."""
    parser.add_argument("--json", action="store_true", help="answer in JSON")


def write_json(value: Any) -> None:
    """Answer to a program."""
    print(json.dumps(value, ensure_ascii=False, indent=2, default=str))


def write_table(rows: Sequence[Mapping[str, Any]], *, nothing: str) -> None:
    """Answer to a person: a line for each row, or a sentence if there is none."""
    if not rows:
        print(nothing)
        return
    lines = [[name.replace("_", " ") for name in rows[0]]]
    lines += [[plain(value) for value in row.values()] for row in rows]
    widths = [max(map(_width, column)) for column in zip(*lines, strict=True)]
    for line in lines:
        cells = [
            cell + " " * (width - _width(cell)) for cell, width in zip(line, widths, strict=True)
        ]
        print("  ".join(cells).rstrip())


def write_fields(fields: Mapping[str, Any]) -> None:
    """Answer to a person about one thing."""
    width = max(_width(plain(name)) for name in fields)
    for name, value in fields.items():
        print(f"{plain(name)}{' ' * (width - _width(plain(name)))}  {plain(value)}")


def plain(value: Any) -> str:
    """Write a value on one line; what could steer a terminal is made visible."""
    if value is None:
        return "-"
    return "".join(c if c.isprintable() else f"\\x{ord(c):02x}" for c in str(value))


def ago(moment: datetime) -> str:
    """Say how long ago it was, as `duration` reads it."""
    seconds = int((datetime.now(UTC) - moment).total_seconds())
    for unit, size in (("d", 86_400), ("h", 3600), ("m", 60)):
        if seconds >= size:
            return f"{seconds // size}{unit}"
    return f"{max(0, seconds)}s"


def duration(text: str) -> timedelta:
    """Read `30m`, `2h` or `7d`."""
    match = re.fullmatch(r"(\d{1,6})([smhd])", text)
    if not match:
        raise argparse.ArgumentTypeError(f"{text!r} is no time: 90s, 30m, 2h and 7d are")
    return timedelta(**{UNITS[match[2]]: int(match[1])})


def _width(text: str) -> int:
    # Vietnamese may be written with marks of their own, which take no room.
    wide = sum(unicodedata.east_asian_width(c) in "WF" for c in text)
    return len(text) + wide - sum(unicodedata.combining(c) > 0 for c in text)
