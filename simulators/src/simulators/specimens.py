"""Pictures of cards and people that never existed, for trying things out.

A comment inside the JPEG says what is to be seen, which is what the eKYC simulator goes by.
"""

import io
import json
from typing import Any, Final

from PIL import Image, ImageDraw, ImageFont

from simulators.ekyc.names import plain

SIZE: Final = (960, 600)
_INK: Final = (40, 40, 40)


def card(printed: dict[str, Any], side: str = "FRONT", **flaws: Any) -> bytes:
    """Draw one side of a card; a flaw is `blur=True`, `glare=True` or `cropped=True`."""
    lines = [f"SPECIMEN {side}", *(f"{name}: {value}" for name, value in printed.items())]
    return _picture(lines, (214, 232, 222), {"printed": printed, "side": side, **flaws})


def portrait(id_number: str, **about: Any) -> bytes:
    """Draw the face of the holder of an id number; `live=False` or `similarity=0.5` at will."""
    lines = ["SPECIMEN PORTRAIT", id_number]
    return _picture(lines, (226, 214, 200), {"face_of": id_number, **about})


def anything(*lines: str) -> bytes:
    """Draw something that is neither a card nor a face."""
    return _picture(list(lines), (230, 230, 230), None)


def _picture(
    lines: list[str], background: tuple[int, int, int], about: dict[str, Any] | None
) -> bytes:
    image = Image.new("RGB", SIZE, background)
    draw, font = ImageDraw.Draw(image), ImageFont.load_default(36)
    for number, line in enumerate(lines):
        draw.text((40, 40 + 60 * number), plain(line), fill=_INK, font=font)
    file = io.BytesIO()
    comment = b"" if about is None else json.dumps(about, ensure_ascii=False).encode()
    image.save(file, "JPEG", quality=85, comment=comment)
    return file.getvalue()
