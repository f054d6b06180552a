"""The services' clock, which can be moved ahead: holds expire while you watch."""

import re
from pathlib import Path
from typing import Final

_SECONDS: Final = {"s": 1, "m": 60, "h": 3600, "d": 86_400}


def offset(file: Path) -> float:
    """Return the seconds by which the clock is ahead of the machine's; 0 without a file."""
    return float(file.read_text() or 0) if file.exists() else 0.0


def advance(file: Path, by: str) -> float:
    """Move the clock ahead by `90s`, `20m`, `3h` or `2d`; return by how much it is ahead now."""
    seconds = offset(file) + parse(by)
    file.parent.mkdir(parents=True, exist_ok=True)
    written = file.with_suffix(".new")
    written.write_text(str(seconds))
    written.rename(file)  # a service reads the old one or the new one, never half of one
    return seconds


def reset(file: Path) -> None:
    """Let the clock show the real time again."""
    file.unlink(missing_ok=True)


def parse(text: str) -> float:
    """Return the seconds of `90s`, `20m`, `3h` or `2d`. Raises ValueError."""
    matched = re.fullmatch(r"(-?\d+(?:\.\d+)?)([smhd])", text)
    if matched is None:
        raise ValueError(f"{text} is not a duration: write 90s, 20m, 3h or 2d")
    return float(matched[1]) * _SECONDS[matched[2]]
