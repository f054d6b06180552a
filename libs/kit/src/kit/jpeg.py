"""The parts of a JPEG file (ISO/IEC 10918-1, annex B), so that only those of the picture are kept.

Phones write more than a picture: where it was taken, a second one, a film of three seconds. All of
that lies in application segments or behind the end of the image. A copy without them decodes to the
same samples, bit by bit.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

SOI, EOI, SOS, DHT, JPG, DAC = 0xD8, 0xD9, 0xDA, 0xC4, 0xC8, 0xCC
APP0, APP1, APP2, APP14 = 0xE0, 0xE1, 0xE2, 0xEE
FRAMES: Final = frozenset(range(0xC0, 0xD0)) - {DHT, JPG, DAC}
APPLICATIONS: Final = frozenset(range(0xE0, 0xF0))
EXIF: Final = b"Exif\0\0"
MOST_SCANS: Final = 24
"""Twice as many as any encoder writes; each costs as much as a whole picture."""
COEFFICIENTS: Final = 64
END: Final = bytes((0xFF, EOI))
_MARKER: Final = re.compile(rb"\xff+[^\x00\xff\xd0-\xd7]", re.DOTALL)
"""Within samples 0xFF is followed by zero, and restarts are part of them."""


class Broken(ValueError):
    """The bytes are no whole JPEG file."""


@dataclass(frozen=True)
class Segment:
    """A marker, what it announces, and the coded samples behind it if it begins a scan."""

    marker: int
    payload: bytes
    samples: bytes = b""

    @property
    def belongs(self) -> bool:
        """Tell whether the samples mean something else without this segment."""
        if self.marker == APP2:
            return self.payload.startswith(b"ICC_PROFILE\0")
        return self.marker not in APPLICATIONS or self.marker in (APP0, APP14)

    def __bytes__(self) -> bytes:
        length = (len(self.payload) + 2).to_bytes(2, "big")
        return bytes((0xFF, self.marker)) + length + self.payload + self.samples


@dataclass(frozen=True)
class Jpeg:
    """The first image of a file."""

    segments: tuple[Segment, ...]

    @classmethod
    def read(cls, file: bytes) -> "Jpeg":
        """Take the first image out of a file; raises Broken if its end is missing."""
        if not file.startswith(bytes((0xFF, SOI, 0xFF))):
            raise Broken("it is not a JPEG")
        return cls(tuple(_segments(file)))

    @cached_property
    def frame(self) -> Segment:
        """The segment that says how large the picture is."""
        frames = [s for s in self.segments if s.marker in FRAMES]
        if len(frames) != 1 or len(frames[0].payload) < 6:  # noqa: PLR2004, annex B.2.2
            raise Broken("it has no frame")
        return frames[0]

    @property
    def size(self) -> tuple[int, int]:
        """Width and height, as stored."""
        said = self.frame.payload
        return int.from_bytes(said[3:5], "big"), int.from_bytes(said[1:3], "big")

    @property
    def scans(self) -> list[Segment]:
        """The coded samples: one scan as a camera writes it, several in a progressive file."""
        return [s for s in self.segments if s.marker == SOS]

    @property
    def is_complete(self) -> bool:
        """Tell whether the scans bring every coefficient of every component to its last bit."""
        brought = {what for scan in self.scans for what in _brought(scan.payload)}
        return len(brought) == self.frame.payload[5] * COEFFICIENTS

    @property
    def exif(self) -> bytes | None:
        """Return the metadata that the camera wrote beside the picture (EXIF)."""
        notes = (s.payload for s in self.segments if s.marker == APP1)
        return next((n for n in notes if n.startswith(EXIF)), None)

    def bare(self, exif: bytes = b"", *, end: bytes = END) -> bytes:
        """Write the picture alone, with what we note beside it."""
        noted = bytes(Segment(APP1, exif)) if exif else b""
        rest = b"".join(bytes(s) for s in self.segments if s.belongs)
        return bytes((0xFF, SOI)) + noted + rest + end


def _segments(file: bytes) -> Iterator[Segment]:
    at, scans = _behind_marker(file, 2), 0
    while (marker := file[at - 1]) != EOI:
        length = int.from_bytes(file[at : at + 2], "big")
        end = at + length
        if end > len(file):
            raise Broken("it is cut off")
        scans += marker == SOS
        if length < 2 or scans > MOST_SCANS:  # noqa: PLR2004, the length counts itself
            raise Broken("it is damaged")
        behind = _end_of_scan(file, end) if marker == SOS else end
        yield Segment(marker, file[at + 2 : end], file[end:behind])
        at = _behind_marker(file, behind)


def _behind_marker(file: bytes, at: int) -> int:
    marker = _MARKER.match(file, at)
    if marker is None:
        raise Broken("it is cut off" if at >= len(file) - 1 else "it is damaged")
    return marker.end()


def _end_of_scan(file: bytes, at: int) -> int:
    marker = _MARKER.search(file, at)
    if marker is None:
        raise Broken("it is cut off")
    return marker.start()


def _brought(scan: bytes) -> Iterator[tuple[int, int]]:
    count = scan[0] if scan else 0
    if len(scan) != 4 + 2 * count:
        raise Broken("it is damaged")
    first, last, precision = scan[-3:]
    if precision & 0x0F == 0:  # the last bit, and not only those before it
        for component in scan[1 : 1 + 2 * count : 2]:
            yield from ((component, k) for k in range(first, last + 1))
