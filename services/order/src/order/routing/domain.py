"""The routing rule: the company, shop and team that are responsible for an order (SD.3).

Rules in order, the first that names a regional company wins: the store's (R1), that of a channel
with customers of its own and a call team (R2), the address's (R3), and without an address the
channel's (R4_CHANNEL), that of the residence (R4_RESIDENCE), the national default (R4_DEFAULT).
A company without a call team passes to its substitute (R5). Overflow of a busy team (R6) is about
the call only and belongs to the videocall service (decision 0023).
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final
from uuid import UUID

from pydantic import TypeAdapter

from events import Region, ShopCode
from kit.errors import Invalid
from values.wards import Ward

MANUAL: Final = "MANUAL"
_regions: TypeAdapter[Region] = TypeAdapter(Region)
_shop_codes: TypeAdapter[ShopCode] = TypeAdapter(ShopCode)


@dataclass(frozen=True)
class Shop:
    """A shop that takes orders of its regional company."""

    shop_code: ShopCode
    weight: int
    provinces: frozenset[str]
    """The provinces it serves before others; empty: none in particular."""


@dataclass(frozen=True)
class Company:
    """A regional company, its shops and its call team."""

    region: Region
    team: str
    has_team: bool
    substitute: Region | None
    shops: tuple[Shop, ...]


@dataclass(frozen=True)
class Companies:
    """All regional companies, and whose an order is that nothing else places."""

    by_region: Mapping[Region, Company]
    default: Region


@dataclass(frozen=True, kw_only=True)
class Question:
    """The knowledge about an order when it is routed."""

    hold_id: UUID
    store_code: ShopCode | None = None
    store_region: Region | None = None
    address: Ward | None = None
    residence: Ward | None = None
    channel_code: str | None = None
    channel_region: Region | None = None
    channel_owns_customers: bool = False

    def inputs(self) -> dict[str, str | bool | None]:
        """Return the inputs of the decision, to be shown with it."""
        return {
            "store_code": self.store_code,
            "store_region": self.store_region,
            "address_ward": self.address.code if self.address else None,
            "residence_ward": self.residence.code if self.residence else None,
            "channel_code": self.channel_code,
            "channel_region": self.channel_region,
            "channel_owns_customers": self.channel_owns_customers,
        }


@dataclass(frozen=True)
class Decision:
    """The responsible company, shop and team, and the rule that says so."""

    region: Region
    shop_code: ShopCode
    team: str
    rule: str


@dataclass(eq=False)
class NoCallTeam(Invalid):
    """This regional company has no call team: choose another."""

    region: Region


@cache
def companies() -> Companies:
    """Return the nine regional companies (SD.4)."""
    table = tomllib.loads((files("order.routing") / "teams.toml").read_text(encoding="utf-8"))
    by_region = {
        _regions.validate_python(region): Company(
            region=region,
            team=row["team"],
            has_team=row["has_team"],
            substitute=row.get("substitute"),
            shops=tuple(
                Shop(
                    _shop_codes.validate_python(shop["shop_code"]),
                    shop.get("weight", 1),
                    frozenset(shop.get("provinces", ())),
                )
                for shop in row["shops"]
            ),
        )
        for region, row in table["companies"].items()
    }
    return Companies(by_region, table["default"])


def route(question: Question, companies: Companies) -> Decision:
    """Decide by the rules which company is responsible for an order (SD.3)."""
    rule, region = _first_rule(question, companies)
    company = companies.by_region[region]
    if not company.has_team:
        assert company.substitute, f"{region} has neither a team nor a substitute"
        company, rule = companies.by_region[company.substitute], f"{rule}+R5_SUBSTITUTE"
    if rule == "R1_STORE" and question.store_code:
        return Decision(company.region, question.store_code, company.team, rule)
    return Decision(company.region, _shop(question, company), company.team, rule)


def route_by_hand(region: Region, question: Question, companies: Companies) -> Decision:
    """Give an order to the company a member of staff chose."""
    company = companies.by_region[region]
    if not company.has_team:
        raise NoCallTeam(region)
    return Decision(region, _shop(question, company), company.team, MANUAL)


def _first_rule(question: Question, companies: Companies) -> tuple[str, Region]:
    channel = question.channel_region
    owns = channel and question.channel_owns_customers and companies.by_region[channel].has_team
    rules: list[tuple[str, Region | None]] = [
        ("R1_STORE", question.store_region),
        ("R2_OWN_CUSTOMERS", channel if owns else None),
        ("R3_ADDRESS", question.address.region if question.address else None),
        ("R4_CHANNEL", channel),
        ("R4_RESIDENCE", question.residence.region if question.residence else None),
    ]
    named = [(rule, region) for rule, region in rules if region]
    return named[0] if named else ("R4_DEFAULT", companies.default)


def _shop(question: Question, company: Company) -> ShopCode:
    """Choose by ward, then by weight; the hold's id is the turn, so that a repeat decides alike."""
    ward = question.address or question.residence
    near = [shop for shop in company.shops if ward and ward.province_code in shop.provinces]
    turns = [shop for shop in near or company.shops for _ in range(shop.weight)]
    return turns[question.hold_id.int % len(turns)].shop_code
