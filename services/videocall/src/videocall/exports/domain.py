"""Parts of a recording that become a film."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from videocall.recordings.domain import Party


@dataclass(frozen=True)
class Take:
    """A part of a recording in the clear, and the moment at which its time line begins."""

    role: Party
    starts_at: datetime
    webm: bytes


Encode = Callable[[Sequence[Take]], bytes]
"""Makes one MP4 of all parts; it needs a package that the images do not have."""
