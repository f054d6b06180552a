"""A film for a browser's fake camera: a drawn person who sways, and now and then a card."""

import math
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PIL import Image, ImageDraw

WIDTH, HEIGHT = 1280, 720
FILMED: Final = (960, 540)
"""Enough for a still; a smaller picture is less work for two browsers on one machine."""
RATE: Final = 5
FRAMES: Final = 3 * RATE
"""Three seconds; Chromium plays them again and again."""

Colour = tuple[int, int, int]
Pen = ImageDraw.ImageDraw


@dataclass(frozen=True)
class Sitter:
    """A person before a camera."""

    wall: Colour
    hair: Colour
    skin: Colour
    shirt: Colour
    holds_a_card: bool = False


CUSTOMER: Final = Sitter(
    (79, 95, 133), (38, 30, 36), (240, 201, 172), (43, 108, 96), holds_a_card=True
)
AGENT: Final = Sitter((52, 62, 92), (24, 22, 28), (222, 172, 136), (29, 85, 190))


def film(sitter: Sitter, path: Path) -> Path:
    """Write the pictures of a sitter as Chromium's fake camera reads them (YUV4MPEG2, 4:2:0)."""
    width, height = FILMED
    with path.open("wb") as file:
        file.write(f"YUV4MPEG2 W{width} H{height} F{RATE}:1 Ip A1:1 C420jpeg\n".encode())
        for number in range(FRAMES):
            picture = _frame(sitter, number / FRAMES).resize(FILMED).convert("YCbCr")
            light, *colours = picture.split()
            file.write(b"FRAME\n" + light.tobytes())
            for colour in colours:
                file.write(colour.resize((width // 2, height // 2)).tobytes())
    return path


def _frame(sitter: Sitter, turn: float) -> Image.Image:
    picture = Image.new("RGB", (WIDTH, HEIGHT), sitter.wall)
    pen = ImageDraw.Draw(picture)
    _room(pen, sitter.wall)
    swing = math.sin(turn * 2 * math.pi)
    _person(pen, sitter, WIDTH // 2 + int(26 * swing), 300 + int(8 * math.sin(turn * 4 * math.pi)))
    if sitter.holds_a_card:
        _card(pen, 760, HEIGHT - int(150 + 190 * max(0.0, swing)))
    return picture


def _room(pen: Pen, wall: Colour) -> None:
    light = (wall[0] + 26, wall[1] + 28, wall[2] + 30)
    pen.rounded_rectangle((60, 90, 330, 420), 18, fill=light)
    pen.rectangle((188, 90, 200, 420), fill=wall)
    pen.rectangle((60, 250, 330, 262), fill=wall)
    pen.rounded_rectangle((1010, 330, 1280, 352), 6, fill=light)
    for left, shade in ((1040, 70), (1080, 110), (1122, 90)):
        pen.rectangle((left, 230, left + 34, 330), fill=(shade + 40, shade, shade - 20))


def _person(pen: Pen, sitter: Sitter, x: int, y: int) -> None:
    shadow = (sitter.skin[0] - 34, sitter.skin[1] - 40, sitter.skin[2] - 42)
    pen.rounded_rectangle((x - 190, y - 210, x + 190, y + 330), 150, fill=sitter.hair)
    pen.ellipse((x - 430, y + 230, x + 430, y + 900), fill=sitter.shirt)
    pen.rectangle((x - 66, y + 120, x + 66, y + 270), fill=shadow)
    pen.ellipse((x - 66, y + 220, x + 66, y + 320), fill=shadow)
    pen.ellipse((x - 150, y - 170, x + 150, y + 210), fill=sitter.skin)
    pen.pieslice((x - 170, y - 200, x + 170, y + 60), 180, 360, fill=sitter.hair)
    for side in (-1, 1):
        eye = x + 62 * side
        pen.ellipse((eye - 11, y - 6, eye + 11, y + 22), fill=(36, 30, 40))
        pen.arc((eye - 30, y - 44, eye + 30, y - 8), 200, 340, fill=sitter.hair, width=9)
    pen.line((x, y + 18, x - 10, y + 68, x + 8, y + 74), fill=shadow, width=7)
    pen.arc((x - 54, y + 74, x + 54, y + 142), 25, 155, fill=(172, 78, 82), width=10)


def _card(pen: Pen, x: int, y: int) -> None:
    pen.rounded_rectangle((x, y, x + 400, y + 252), 18, fill=(217, 233, 226))
    pen.rectangle((x + 26, y + 84, x + 126, y + 214), fill=(160, 184, 190))
    pen.text((x + 26, y + 20), "SPECIMEN", fill=(150, 24, 24), font_size=30)
    lines = ("079 099 000 001", "NGUYEN THI MAU", "01/01/1999", "THANH PHO HO CHI MINH")
    for row, line in enumerate(lines):
        pen.text((x + 146, y + 84 + 34 * row), line, fill=(24, 34, 44), font_size=23)
