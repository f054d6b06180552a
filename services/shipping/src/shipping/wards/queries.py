"""Answers about provinces and wards; they change with a release only."""

from dataclasses import dataclass
from functools import cache
from hashlib import sha256

from pydantic import BaseModel

from events import Region
from kit.errors import NotFound
from values.wards import wards


@dataclass(eq=False)
class NoSuchProvince(NotFound):
    """There is no province with this code."""

    province_code: str


class ProvinceView(BaseModel):
    """A province or city, and the regional companies that have its territory: one or two."""

    province_code: str
    name: str
    regions: list[Region]


class Provinces(BaseModel):
    """All provinces, in the order of their codes."""

    items: list[ProvinceView]


class WardView(BaseModel):
    """A ward, commune or special zone."""

    ward_code: str
    name: str
    region: Region


class Wards(BaseModel):
    """All wards of a province, in the order of their codes."""

    province_code: str
    items: list[WardView]


@dataclass(eq=False)
class NoSuchWard(NotFound):
    """There is no ward with this code."""

    ward_code: str


class WardPlace(WardView):
    """A ward with the province that it lies in."""

    province_code: str
    province: str


@cache
def provinces() -> Provinces:
    """List the provinces."""
    regions: dict[tuple[str, str], set[Region]] = {}
    for ward in wards().values():
        regions.setdefault((ward.province_code, ward.province), set()).add(ward.region)
    return Provinces(
        items=[
            ProvinceView(province_code=code, name=name, regions=sorted(of))
            for (code, name), of in sorted(regions.items())
        ]
    )


@cache
def wards_of(province_code: str) -> Wards:
    """List the wards of a province. Raises NoSuchProvince."""
    items = [
        WardView(ward_code=ward.code, name=ward.name, region=ward.region)
        for ward in sorted(wards().values(), key=lambda ward: ward.code)
        if ward.province_code == province_code
    ]
    if not items:
        raise NoSuchProvince(province_code)
    return Wards(province_code=province_code, items=items)


def place_of(ward_code: str) -> WardPlace:
    """Find a ward by its code, for an address that was chosen before. Raises NoSuchWard."""
    ward = wards().get(ward_code)
    if ward is None:
        raise NoSuchWard(ward_code)
    return WardPlace(
        ward_code=ward.code,
        name=ward.name,
        region=ward.region,
        province_code=ward.province_code,
        province=ward.province,
    )


def tag_of(answer: BaseModel) -> str:
    """Return the entity tag of an answer (RFC 9110, 8.8.3)."""
    return f'"{sha256(answer.model_dump_json().encode()).hexdigest()[:16]}"'
