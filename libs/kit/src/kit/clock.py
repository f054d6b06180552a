"""The present moment: routes, jobs and handlers ask for it; all below take `now` as argument."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

VIETNAM: Final = ZoneInfo("Asia/Ho_Chi_Minh")

_moved_by: list[Path] = []


def follow(offset_file: Path | None) -> None:
    """Let a file move the clock: it holds seconds. For the local stack and its tests only."""
    _moved_by[:] = [offset_file] if offset_file else []


def now() -> datetime:
    """Return the present moment, in UTC."""
    return datetime.now(UTC) + sum(map(_offset, _moved_by), timedelta())


def _offset(file: Path) -> timedelta:
    try:
        return timedelta(seconds=float(file.read_text() or 0))
    except FileNotFoundError:
        return timedelta()
