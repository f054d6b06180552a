"""The requests of the orders' desk that are measured, each by another member of staff's eyes."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random
from typing import Any, Final

from bench.lists.filling import CODES, code_of, phone_of, uuid_of

LIST: Final = "/v1/staff/shipments"
BY_ID: Final = "one order by id"
TABS: Final = ("PENDING", "AWAITING_COLLECTION", "DELIVERING", "DELIVERED", "CANCELLED")
FILTERS: Final = (
    *("delivery=STORE", "payment=COD", "payment=CHANNEL&delivery=HOME", "overdue=true"),
    *("order=NEWEST", "region=KV7"),
)


@dataclass(frozen=True)
class Asked:
    """One request: its name, and how it is sent."""

    name: str
    region: str | None
    method: str
    path: str
    body: dict[str, Any] = field(default_factory=dict)


def requests(orders: int, random: Random) -> Iterator[Asked]:
    """Yield each request once, about orders drawn by lot."""
    order = random.randrange(orders)
    yield Asked(BY_ID, None, "GET", f"{LIST}/{uuid_of(2, order)}")
    for region in (None, "KV2"):
        of = f" of {region}" if region else ""
        yield Asked(f"counts{of}", region, "GET", f"{LIST}/counts")
        yield Asked(f"counts{of} payment=COD", region, "GET", f"{LIST}/counts?payment=COD")
        for tab in TABS:
            yield Asked(f"{tab}{of}", region, "GET", f"{LIST}?tab={tab}")
            for filtered in FILTERS:
                if not (region and "region" in filtered):
                    name = f"{tab}{of} {filtered}"
                    yield Asked(name, region, "GET", f"{LIST}?tab={tab}&{filtered}")
    for kind, text in (
        ("hold code", code_of(order % CODES)),
        ("number", f"0{700_000_000 + order}"),
        ("phone", f"0{phone_of(order | 1)[2:]}"),
        ("serial", f"{8_984_000_000 + order:013d}"),
        ("tracking code", f"G{max(order, 1000)}"),
        ("id", str(uuid_of(1, order))),
    ):
        yield Asked(f"search by {kind}", None, "POST", f"{LIST}/search", {"text": text})
