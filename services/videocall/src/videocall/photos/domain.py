"""Photos of a call: the floor of their quality, and requests for them (P5.1)."""

import io
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final, Literal, Self
from uuid import UUID

from PIL import Image, ImageFilter, ImageStat

from events.ids import uuid7
from kit.errors import Conflict
from videocall.calls.states import PhotoKind

Flaw = Literal["BLURRED", "DARK", "BRIGHT"]
Hint = Literal["BLURRED", "DARK", "GLARE", "CROPPED", "COVERED", "WRONG_SIDE"]
"""An agent's reasons to ask for a photo again."""

MEASURED_SIDE: Final = 800
"""Pixels on the long side of the copy that is measured: cameras differ, the floor does not."""
LEAST_SHARPNESS: Final = 25.0
DARKEST, BRIGHTEST = 40.0, 245.0
LAPLACIAN: Final = ImageFilter.Kernel((3, 3), (0, 1, 0, 1, -4, 1, 0, 1, 0), scale=1, offset=128)
OPEN_FOR: Final = timedelta(seconds=60)
"""The time that the customer's app has to answer a request."""
MOST_TAKES: Final = 6
"""Photos that may answer one request: the app takes another where one is below the floor."""


class Source(StrEnum):
    """The way by which a picture was taken."""

    CAMERA = "CAMERA"
    """The customer's camera took a photo, at its full resolution."""
    TRACK = "TRACK"
    """A frame of the customer's camera at the size of its picture, before it was sent."""
    FRAME = "FRAME"
    """A frame of the picture that the agent received; the fallback."""


@dataclass(frozen=True)
class Quality:
    """Sharpness and brightness of a picture, measured on a grey copy of one size."""

    sharpness: float
    """The variance of the Laplacian: 0 is flat."""
    brightness: float
    """The mean of the grey values, 0 to 255."""

    @classmethod
    def measure(cls, jpeg: bytes) -> Self:
        """Measure a picture that was decoded whole before."""
        with Image.open(io.BytesIO(jpeg)) as image:
            image.draft("L", (MEASURED_SIDE, MEASURED_SIDE))
            grey = image.convert("L")
        grey.thumbnail((MEASURED_SIDE, MEASURED_SIDE))
        width, height = grey.size
        edges = grey.filter(LAPLACIAN).crop((1, 1, width - 1, height - 1))
        return cls(ImageStat.Stat(edges).var[0], ImageStat.Stat(grey).mean[0])

    @property
    def flaw(self) -> Flaw | None:
        """Return what makes the picture no evidence, or none."""
        if self.brightness < DARKEST:
            return "DARK"
        if self.brightness > BRIGHTEST:
            return "BRIGHT"
        return "BLURRED" if self.sharpness < LEAST_SHARPNESS else None


@dataclass(kw_only=True, eq=False)
class PhotoRequest:
    """An agent's request for a photo; its id is a nonce that the photo has to name."""

    id: UUID = field(default_factory=uuid7)
    call_id: UUID
    kind: PhotoKind
    hint: Hint | None
    """The fault of the take before, as the agent saw it."""
    asked_at: datetime
    asked_by: UUID
    expires_at: datetime

    @classmethod
    def ask(
        cls, call_id: UUID, kind: PhotoKind, hint: Hint | None, agent_id: UUID, *, now: datetime
    ) -> Self:
        """Ask for a photo now; the request before is over."""
        return cls(
            call_id=call_id,
            kind=kind,
            hint=hint,
            asked_at=now,
            asked_by=agent_id,
            expires_at=now + OPEN_FOR,
        )


@dataclass(eq=False)
class RequestOver(Conflict):
    """This photo is no longer asked for: it has come, a minute has passed, or another is."""

    call_id: UUID


@dataclass(eq=False)
class NotAcceptable(Conflict):
    """There is no such take, it is below the floor of quality, or you asked for another."""

    call_id: UUID
    flaw: Flaw | None
