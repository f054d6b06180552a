"""A call as a film: both pictures side by side, each sound in its channel, the call's time."""

import math
from array import array
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from io import BytesIO
from typing import Any

import av
import pytest
from PIL import Image

from videocall.exports.domain import Take
from videocall.exports.gateways import HEIGHT, RATE, SOUND, TICK, WIDTH, mp4
from videocall.recordings.domain import Party

BEGINS = datetime(2026, 11, 30, 3, 42, 7, tzinfo=UTC)
RED, GREEN, BLUE, NIGHT = (255, 0, 0), (0, 255, 0), (0, 0, 255), (11, 18, 32)
Color = tuple[int, int, int]


def tone(tick: int) -> av.AudioFrame:
    """Make the sound of one tick, 440 Hz."""
    at = range(tick * TICK, (tick + 1) * TICK)
    samples = array("h", (int(8_000 * math.sin(math.tau * 440 * n / SOUND)) for n in at))
    frame = av.AudioFrame(format="s16", layout="mono", samples=TICK)
    frame.planes[0].update(samples.tobytes())
    frame.sample_rate, frame.pts, frame.time_base = SOUND, tick * TICK, Fraction(1, SOUND)
    return frame


def recorded(color: Color, seconds: int, size: tuple[int, int] = (160, 120)) -> bytes:
    """Record a coloured wall and a tone, as a browser sends them (VP8 and Opus)."""
    file = BytesIO()
    with av.open(file, "w", format="webm") as webm:
        video = webm.add_stream("libvpx", rate=RATE, options={"deadline": "realtime"})
        video.width, video.height = size
        video.pix_fmt = "yuv420p"
        audio = webm.add_stream("libopus", rate=SOUND, layout="mono")
        wall = Image.new("RGB", size, color)
        for tick in range(seconds * RATE):
            frame = av.VideoFrame.from_image(wall)  # type: ignore[no-untyped-call]
            frame.pts, frame.time_base = tick, Fraction(1, RATE)
            webm.mux(video.encode(frame))
            webm.mux(audio.encode(tone(tick)))
        webm.mux(video.encode(None))
        webm.mux(audio.encode(None))
    return file.getvalue()


def take(role: Party, after: float, webm: bytes) -> Take:
    return Take(role, BEGINS + timedelta(seconds=after), webm)


def seen(film: bytes, *moments: float) -> list[tuple[Color, ...]]:
    """Return the colours of both halves at moments (s), without what encoding makes of them."""
    with av.open(BytesIO(film), "r") as container:
        decoded: Any = container.decode(video=0)
        pictures = {round(frame.time * RATE): frame.to_image() for frame in decoded}
    assert {picture.size for picture in pictures.values()} == {(2 * WIDTH, HEIGHT + 32)}
    halves = [(WIDTH // 2, HEIGHT // 2), (WIDTH * 3 // 2, HEIGHT // 2)]
    return [
        tuple(nearest(pictures[round(at * RATE)].getpixel(place)) for place in halves)
        for at in moments
    ]


def nearest(pixel: object) -> Color:
    assert isinstance(pixel, tuple)
    return min((RED, GREEN, BLUE, NIGHT), key=lambda color: math.dist(color, pixel))


def heard(film: bytes, *moments: float) -> list[list[bool]]:
    """Tell for each channel whether there is sound for a fifth of a second from moments on (s)."""
    channels = array("f"), array("f")
    with av.open(BytesIO(film), "r") as container:
        for frame in container.decode(audio=0):
            for channel, plane in zip(channels, frame.planes, strict=True):
                channel.extend(array("f", bytes(plane))[: frame.samples])
    return [
        [max(c[round(at * SOUND) : round((at + 0.2) * SOUND)]) > 0.1 for c in channels]
        for at in moments
    ]


def test_a_film_has_both_parties_at_the_time_of_the_call() -> None:
    """P5.1: a second connection of a party takes its place; between two nobody is shown."""
    film = mp4(
        [
            take(Party.CUSTOMER, 0.6, recorded(RED, 1)),
            take(Party.CUSTOMER, 2.6, recorded(GREEN, 2)),
            take(Party.AGENT, 0, recorded(BLUE, 4, size=(320, 180))),
        ]
    )

    with av.open(BytesIO(film), "r") as container:
        assert [stream.codec_context.name for stream in container.streams] == ["h264", "aac"]
        assert container.metadata["creation_time"] == "2026-11-30T03:42:07.000000Z"
        assert container.duration == pytest.approx(4_600_000, abs=100_000)
    assert seen(film, 0.2, 1, 2, 3, 4.4) == [
        (NIGHT, BLUE),
        (RED, BLUE),
        (NIGHT, BLUE),
        (GREEN, BLUE),
        (GREEN, NIGHT),
    ]
    assert heard(film, 0.2, 1, 2, 3, 4.3) == [
        [False, True],
        [True, True],
        [False, True],
        [True, True],
        [True, False],
    ]


def test_what_came_damaged_is_left_out_and_the_rest_is_shown() -> None:
    """A part begins with whatever the network brought first."""
    whole = recorded(GREEN, 2)
    damaged = bytearray(whole)
    place = len(whole) // 2
    damaged[place : place + 60] = bytes(60)

    film = mp4([take(Party.CUSTOMER, 0, bytes(damaged)), take(Party.AGENT, 0, whole)])

    assert seen(film, 0.4)[0] == (GREEN, GREEN)
