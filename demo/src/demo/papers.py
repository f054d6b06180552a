"""Specimen papers: pictures that anybody can see are no real documents, with their print in them.

The mobi eKYC simulator reads the print from the picture's comment, as a real one reads the pixels.
"""

import base64
import io
import json
import random
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from PIL import Image, ImageDraw

WIDTH: Final = 1280
HEIGHT: Final = 800
OF_A_CALL: Final = ("FACE", "FRONT", "BACK", "FACE_WITH_ID")
"""The photos without which no call is approved."""
PROVINCES: Final = ("001", "048", "079", "092")


@dataclass(frozen=True)
class Person:
    """An invented person."""

    full_name: str
    sex: str
    date_of_birth: date
    id_number: str
    phone: str
    email: str
    ward_code: str = "26740"
    """A ward of Hồ Chí Minh City, which belongs to KV2."""
    street: str = "Số 1 Phố Thử"

    @property
    def printed(self) -> dict[str, str]:
        """The fields printed on the person's card."""
        return {
            "id_number": self.id_number,
            "full_name": self.full_name,
            "date_of_birth": self.date_of_birth.isoformat(),
            "sex": self.sex,
        }

    def called(self, full_name: str) -> "Person":
        """Return the same person under another name."""
        return replace(self, full_name=full_name)


def somebody(full_name: str = "Nguyễn Thị Mẫu Lan", *, woman: bool = True) -> Person:
    """Make up a person: every call gives another phone and another card."""
    dice = random.SystemRandom()
    born = date(dice.randint(1970, 2002), dice.randint(1, 12), dice.randint(1, 28))
    century = 2 * (born.year // 100 - 19) + (1 if woman else 0)
    return Person(
        full_name=full_name,
        sex="FEMALE" if woman else "MALE",
        date_of_birth=born,
        id_number=f"{dice.choice(PROVINCES)}{century}{born:%y}{dice.randrange(10**6):06d}",
        phone=f"098{dice.randrange(10**7):07d}",
        email=f"mau.{dice.randrange(16**8):08x}@example.vn",
    )


def card(person: Person, side: str, **flaws: Any) -> bytes:
    """Photograph one side of a specimen card; `blur=True` and the like spoil the photo."""
    lines = ["SPECIMEN / MẪU THỬ", side, *person.printed.values()]
    return _photo(lines, {"printed": person.printed, "side": side} | flaws)


def portrait(person: Person, **flaws: Any) -> bytes:
    """Photograph a face, or another one: `face_of="..."`."""
    return _photo(["SPECIMEN PORTRAIT"], {"face_of": person.id_number, "live": True} | flaws)


def of_a_call(person: Person, kind: str) -> bytes:
    """Photograph what an agent asks for in a call; a face beside its card is one picture."""
    return card(person, kind) if kind in ("FRONT", "BACK") else portrait(person, about=kind)


def sim_card(serial: str) -> bytes:
    """Photograph a SIM card."""
    return _photo(["SPECIMEN SIM", serial], {"serial": serial})


def signature(person: Person) -> str:
    """Draw a line as a finger does, each person their own; PNG in base64, as the app sends it."""
    sheet = Image.new("RGBA", (360, 140))
    hand = random.Random(person.full_name)  # noqa: S311, a drawing, no secret
    line = [(20 + 40 * step, hand.randint(20, 120)) for step in range(9)]
    ImageDraw.Draw(sheet).line(line, fill="black", width=4, joint="curve")
    drawn = io.BytesIO()
    sheet.save(drawn, "PNG")
    return base64.b64encode(drawn.getvalue()).decode()


def _photo(lines: list[str], comment: dict[str, Any]) -> bytes:
    picture = Image.new("RGB", (WIDTH, HEIGHT), (226, 238, 246))
    pen = ImageDraw.Draw(picture)
    pen.rectangle((20, 20, WIDTH - 20, HEIGHT - 20), outline=(0, 90, 160), width=8)
    for row, line in enumerate(lines):
        pen.text((80, 80 + 90 * row), line, fill=(20, 40, 60), font_size=48)
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=80, comment=json.dumps(comment, ensure_ascii=False).encode())
    return out.getvalue()
