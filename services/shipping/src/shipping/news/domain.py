"""One piece of news, and the dictionary that says what its words mean."""

import tomllib
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import Final

from kit.errors import NotFound
from shipping.shipments.states import Status

CARRIERS: Final = ("ghn",)


class NoSuchCarrier(NotFound):
    """There is nothing here."""


@dataclass(frozen=True)
class News:
    """One piece of a carrier's news about one parcel."""

    carrier: str
    order_code: str
    client_order_code: str
    word: str
    said_at: datetime
    reason: str = ""
    """Free text that may name a person: it decides, but it is never passed on."""
    reason_code: str = ""
    cod_vnd: int | None = None
    """The money it is about, if the carrier says how much."""


@dataclass(frozen=True)
class Dictionary:
    """A carrier's words and ours, in the edition that the file names."""

    carrier: str
    version: str
    states: dict[str, Status]
    reasons: dict[str, str]

    def reason(self, news: News, otherwise: str) -> str:
        """Translate a reason; one that is not in the list becomes the usual one."""
        return self.reasons.get(news.reason_code, otherwise)


@cache
def dictionary_of(carrier: str) -> Dictionary:
    """Read a carrier's words from the package."""
    if carrier not in CARRIERS:
        raise NoSuchCarrier
    source = files("shipping").joinpath("data", f"{carrier}.toml")
    raw = tomllib.loads(source.read_text(encoding="utf-8"))
    states = {word: Status(state) for word, state in raw["states"].items()}
    return Dictionary(raw["carrier"], raw["version"], states, raw["reasons"])
