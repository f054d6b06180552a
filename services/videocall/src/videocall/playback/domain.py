"""Bytes of a file, as an HTTP client asks for them (RFC 9110)."""

import re
from dataclasses import dataclass
from typing import Final, Self

from kit.errors import Invalid

ONE_RANGE: Final = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")


@dataclass(eq=False)
class OutOfRange(Invalid):
    """The recording has no such bytes."""

    size: int


@dataclass(frozen=True)
class Span:
    """Bytes of a file, from the first to the last, both counted."""

    first: int
    last: int
    size: int

    @classmethod
    def asked(cls, header: str | None, size: int) -> Self | None:
        """Read the header Range; None for the whole file, also if there are several ranges."""
        asked = ONE_RANGE.fullmatch(header.strip()) if header else None
        if asked is None or not any(asked.groups()):
            return None
        first, last = asked.groups()
        if not first:
            return cls(max(0, size - int(last)), size - 1, size)
        if int(first) >= size or (last and int(last) < int(first)):
            raise OutOfRange(size)
        return cls(int(first), min(int(last), size - 1) if last else size - 1, size)

    @property
    def content_range(self) -> str:
        """Return the header Content-Range."""
        return f"bytes {self.first}-{self.last}/{self.size}"
