"""Wards, communes and special zones: the second and last level of administration since July 2025.

The table names the regional company of each: the former province decides, for six of the new
provinces lie in the territories of two companies (SD.3).
"""

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Annotated, Final, Literal, cast

from pydantic import Field

from values.digits import parse_digits, read_by
from values.errors import BadValue

Region = Literal["KV1", "KV2", "KV3", "KV4", "KV5", "KV6", "KV7", "KV8", "KV9"]
"""One of the nine regional companies (CTKV)."""
LENGTH: Final = 5


@dataclass(frozen=True)
class Ward:
    """A ward, commune or special zone, and the regional company whose territory it is."""

    code: str
    name: str
    province_code: str
    province: str
    region: Region


@cache
def wards() -> dict[str, Ward]:
    """Return every ward of the country by its five-digit code."""
    text = files("values").joinpath("data", "wards.csv").read_text(encoding="utf-8")
    return {
        row["ward_code"]: Ward(
            row["ward_code"],
            " ".join(row["ward"].split()),
            row["province_code"],
            row["province"],
            cast("Region", row["region"]),
        )
        for row in csv.DictReader(text.splitlines())
    }


def parse_ward(text: str) -> str:
    """Return the code of a ward that exists."""
    code = parse_digits(text, LENGTH, code="WARD_INVALID")
    if code not in wards():
        raise BadValue("WARD_INVALID", "is not the code of a ward")
    return code


def ward_of(code: str) -> Ward:
    """Find a ward by its code."""
    return wards()[parse_ward(code)]


WardCode = Annotated[str, Field(pattern=r"^[0-9]{5}$", examples=["00004"]), read_by(parse_ward)]
