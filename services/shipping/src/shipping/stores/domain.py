"""Stores: a list that is part of the package, because it changes with a release."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import time
from functools import cache
from importlib.resources import files

from events import Region
from kit.errors import Invalid
from values.wards import Ward, wards


@dataclass(eq=False)
class UnknownStore(Invalid):
    """There is no such store."""

    store_code: str


@dataclass(frozen=True)
class Store:
    """A store where customers may collect a SIM (F3.9)."""

    code: str
    name: str
    address: str
    ward: Ward
    opens: time
    closes: time

    @property
    def region(self) -> Region:
        """Name the regional company it belongs to."""
        return self.ward.region


def store_of(code: str) -> Store:
    """Find a store by its shop code."""
    try:
        return stores()[code]
    except KeyError:
        raise UnknownStore(code) from None


@cache
def stores() -> dict[str, Store]:
    """Read all stores, in the order of the list."""
    return {
        row["store_code"]: Store(
            row["store_code"],
            row["name"],
            row["address"],
            wards()[row["ward_code"]],
            time.fromisoformat(row["opens"]),
            time.fromisoformat(row["closes"]),
        )
        for row in _rows("stores.csv")
    }


def _rows(name: str) -> Iterator[dict[str, str]]:
    text = files("shipping").joinpath("data", name).read_text(encoding="utf-8")
    return csv.DictReader(text.splitlines())
