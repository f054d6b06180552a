"""The film of a call: both pictures beside each other, both sounds, and a clock, as MP4 (PyAV)."""

from array import array
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction
from io import BytesIO
from math import inf
from typing import Any, Final, Literal

import av
from PIL import Image, ImageDraw, ImageFont, ImageOps

from kit.clock import VIETNAM
from videocall.exports.domain import Take
from videocall.recordings.domain import BOTH, Party

RATE: Final = 15
"""Pictures a second."""
SOUND: Final = 48_000
"""Samples a second of each channel: the customer's is the left one, the agent's the right one."""
TICK: Final = SOUND // RATE
"""Samples that are heard while one picture is shown."""
WIDTH, HEIGHT, FOOT = 640, 480, 32
"""Of one party's picture, and of the line with the clock (px)."""
NIGHT: Final = (11, 18, 32)
DAY: Final = (255, 255, 255)


def mp4(takes: Sequence[Take]) -> bytes:
    """Encode H.264 and AAC; a picture's time is the call's, counted from the first part on."""
    return Film(takes).encoded()


@dataclass(frozen=True)
class Film:
    """The parts of a call on one time line, which begins with the first of them."""

    takes: Sequence[Take]

    @property
    def starts_at(self) -> datetime:
        """Return the moment at which the film begins."""
        return min(take.starts_at for take in self.takes)

    @property
    def lasts(self) -> timedelta:
        """Return the time from the first picture of anybody to the last."""
        return max(take.starts_at + _lasts(take) for take in self.takes) - self.starts_at

    def encoded(self) -> bytes:
        """Encode tick by tick, picture and sound in turn."""
        file, ticks = BytesIO(), max(1, round(self.lasts.total_seconds() * RATE))
        sounds = [self._sound(role, ticks) for role in BOTH]
        shown = [self._shown(role, ticks) for role in BOTH]
        with av.open(file, "w", format="mp4") as film:
            film.metadata["creation_time"] = self.starts_at.isoformat()
            video = film.add_stream("libx264", rate=RATE, options={"preset": "veryfast"})
            video.width, video.height, video.pix_fmt = 2 * WIDTH, HEIGHT + FOOT, "yuv420p"
            audio = film.add_stream("aac", rate=SOUND, layout="stereo")
            for tick, pictures in enumerate(zip(*shown, strict=True)):
                frame = _framed(self._canvas(tick, pictures))
                frame.pts, frame.time_base = tick, Fraction(1, RATE)
                film.mux(video.encode(frame))
                film.mux(audio.encode(_stereo(sounds, tick)))
            film.mux(video.encode(None))
            film.mux(audio.encode(None))
        return file.getvalue()

    def _of(self, role: Party) -> Iterator[tuple[Take, float, float]]:
        """Yield the parts of a party with their beginnings and ends (s); the newer one is shown."""
        takes = sorted((t for t in self.takes if t.role is role), key=lambda t: t.starts_at)
        starts = [(take.starts_at - self.starts_at).total_seconds() for take in takes]
        for take, start, after in zip(takes, starts, [*starts[1:], inf], strict=True):
            yield take, start, min(after, start + _lasts(take).total_seconds())

    def _shown(self, role: Party, ticks: int) -> Iterator[Image.Image | None]:
        """Yield the picture of a party at each tick; none before, between and after its parts."""
        pictures = self._pictures(role)
        at, coming = next(pictures)
        seen: Image.Image | None = None
        for tick in range(ticks):
            while at <= tick / RATE:
                seen = coming
                at, coming = next(pictures)
            yield seen

    def _pictures(self, role: Party) -> Iterator[tuple[float, Image.Image | None]]:
        for take, start, end in self._of(role):
            for frame in _frames(take, "video"):
                at = start + (frame.time or 0)
                if at >= end:
                    break
                yield at, ImageOps.contain(frame.to_image(), (WIDTH, HEIGHT))
            yield end, None
        yield inf, None

    def _canvas(self, tick: int, pictures: Sequence[Image.Image | None]) -> Image.Image:
        canvas = Image.new("RGB", (2 * WIDTH, HEIGHT + FOOT), NIGHT)
        for column, picture in enumerate(pictures):
            if picture:
                left = column * WIDTH + (WIDTH - picture.width) // 2
                canvas.paste(picture, (left, (HEIGHT - picture.height) // 2))
        now = self.starts_at + timedelta(seconds=tick / RATE)
        clock = f"{now.astimezone(VIETNAM):%d/%m/%Y %H:%M:%S}"
        place = (WIDTH, HEIGHT + FOOT // 2)
        ImageDraw.Draw(canvas).text(place, clock, DAY, ImageFont.load_default(20), anchor="mm")
        return canvas

    def _sound(self, role: Party, ticks: int) -> "array[int]":
        """Return the samples of a party over the whole film; silence where there was none."""
        samples = array("h", bytes(2 * ticks * TICK))
        for take, start, end in self._of(role):
            to_mono = av.AudioResampler(format="s16", layout="mono", rate=SOUND)
            for frame in _frames(take, "audio"):
                at = round((start + (frame.time or 0)) * SOUND)
                for mono in to_mono.resample(frame):
                    heard = array("h", bytes(mono.planes[0])[: 2 * mono.samples])
                    room = max(0, min(round(end * SOUND), len(samples)) - at)
                    samples[at : at + len(heard[:room])] = heard[:room]
                    at += len(heard)
        return samples


def _framed(picture: Image.Image) -> av.VideoFrame:
    frame: av.VideoFrame = av.VideoFrame.from_image(picture)  # type: ignore[no-untyped-call]
    return frame


def _stereo(sounds: "Sequence[array[int]]", tick: int) -> av.AudioFrame:
    """Return the sounds of one tick, each party in its own channel."""
    both = array("h", bytes(4 * TICK))
    for channel, samples in enumerate(sounds):
        both[channel::2] = samples[tick * TICK : (tick + 1) * TICK]
    frame = av.AudioFrame(format="s16", layout="stereo", samples=TICK)
    frame.planes[0].update(both.tobytes())
    frame.sample_rate, frame.pts, frame.time_base = SOUND, tick * TICK, Fraction(1, SOUND)
    return frame


def _lasts(take: Take) -> timedelta:
    """Return how long a part is by its own word."""
    with av.open(BytesIO(take.webm), "r") as recorded:
        return timedelta(microseconds=recorded.duration or 0)


def _frames(take: Take, kind: Literal["video", "audio"]) -> Iterator[Any]:
    """Decode pictures or sounds of a part; what came damaged over the network is left out."""
    with av.open(BytesIO(take.webm), "r") as recorded:
        streams = [stream for stream in recorded.streams if stream.type == kind]
        for packet in recorded.demux(streams[:1]):
            with suppress(av.FFmpegError):
                yield from packet.decode()
