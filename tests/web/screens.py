"""Every screen of the customer's app with the stage at which axe and pictures look at it."""

from dataclasses import dataclass
from typing import Final

from demo.customer import Customer


@dataclass(frozen=True)
class Screen:
    """One screen: its flow, its path, and the stage of the customer who sees it, or a stranger."""

    name: str
    flow: str
    path: str
    stage: str | None = None

    def address(self, customer: Customer | None) -> str:
        """Return the address of the screen for a customer."""
        if customer is None:
            return self.path
        order = customer.order.get("order_id", "")
        return self.path.format(hold_id=customer.hold.get("hold_id", ""), order_id=order)


SCREENS: Final = (
    Screen("search", "choose", "/"),
    Screen("search by digits", "choose", "/?so=???????868"),
    Screen("search finds nothing", "choose", "/?so=0912345678"),
    Screen("hold sheet", "choose", "/?so=???????868&giu=0765686868", "registered"),
    Screen("plans", "choose", "/plans"),
    Screen("no such page", "choose", "/no-such-page"),
    Screen("form", "hold", "/holds/{hold_id}/form", "locked"),
    Screen("sign-in", "account", "/login"),
    Screen("registration", "account", "/register"),
    Screen("forgotten password", "account", "/forgot"),
)
