"""The table of regional companies, as the package brings it."""

import tomllib
from functools import cache
from importlib.resources import files

from pydantic import TypeAdapter

from events import Region, ShopCode
from order.routing.domain import Companies, Company, Shop

_regions: TypeAdapter[Region] = TypeAdapter(Region)
_shop_codes: TypeAdapter[ShopCode] = TypeAdapter(ShopCode)


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
