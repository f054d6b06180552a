"""People who do not exist, their cards and their faces."""

import io
import itertools
import json
from dataclasses import dataclass
from typing import Any

from PIL import Image

serials = itertools.count(1)


def new_five() -> str:
    """Return five characters of a hold code that nobody had yet."""
    return f"{next(serials):05}"


def jpeg(seen: dict[str, Any] | None = None, size: tuple[int, int] = (960, 720)) -> bytes:
    """Take a picture; what is to be seen on it stands in its comment."""
    picture = io.BytesIO()
    comment = json.dumps(seen or {}).encode()
    Image.new("RGB", size, "navy").save(picture, "JPEG", comment=comment)
    return picture.getvalue()


@dataclass
class Person:
    """A person who does not exist, with a card that holds together."""

    full_name: str = "Nguyễn Thị Mẫu"
    id_number: str = ""
    date_of_birth: str = "1999-03-15"
    sex: str = "FEMALE"

    def __post_init__(self) -> None:
        self.id_number = self.id_number or f"001199{next(serials):06}"

    @property
    def printed(self) -> dict[str, str]:
        """The fields of the person's card."""
        return {
            "id_number": self.id_number,
            "full_name": self.full_name,
            "date_of_birth": self.date_of_birth,
            "sex": self.sex,
        }

    def form(self, **other: str) -> dict[str, str]:
        """Fill in the form."""
        typed = {"nationality": "VNM", "address": "Số 1 Phố Thử", "ward_code": "00004"}
        return self.printed | typed | {"document_kind": "CCCD_CHIP"} | other

    def card(self, side: str, **flaws: bool) -> bytes:
        """Photograph one side of the card."""
        return jpeg({"printed": self.printed, "side": side, **flaws})

    def portrait(self, *, live: bool = True, similarity: float = 0.95) -> bytes:
        """Photograph the face."""
        return jpeg({"face_of": self.id_number, "live": live, "similarity": similarity})
