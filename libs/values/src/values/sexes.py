"""The sex on an identity document."""

from typing import Annotated, Final, Literal

from values.digits import read_by
from values.errors import BadValue
from values.names import plain_key

Sex = Literal["MALE", "FEMALE"]
_WORDS: Final[dict[str, Sex]] = {
    "M": "MALE",
    "MALE": "MALE",
    "NAM": "MALE",
    "F": "FEMALE",
    "FEMALE": "FEMALE",
    "NU": "FEMALE",
}


def parse_sex(text: str) -> Sex:
    """Read Nam and Nữ (documents), M and F (machine-readable zones), MALE and FEMALE (clients)."""
    try:
        return _WORDS[plain_key(text)]
    except KeyError:
        raise BadValue("SEX_INVALID", "is neither MALE nor FEMALE") from None


GivenSex = Annotated[Sex, read_by(parse_sex)]
