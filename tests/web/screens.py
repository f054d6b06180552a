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
    Screen("slip of an eSIM", "hold", "/holds/{hold_id}", "slip of an eSIM"),
    Screen("slip of a card", "hold", "/holds/{hold_id}", "slip of a card"),
    Screen("slip, ordered", "hold", "/holds/{hold_id}", "ordered"),
    Screen("slip, connected", "hold", "/holds/{hold_id}", "connected"),
    Screen("my holds", "hold", "/holds", "slip of a card"),
    Screen("no holds", "hold", "/holds", "registered"),
    Screen("my holds, a stranger", "hold", "/holds"),
    Screen("look-up", "hold", "/holds/lookup"),
    Screen("claim", "hold", "/holds/claim", "registered"),
    Screen("delivery", "order", "/holds/{hold_id}/delivery", "slip of a card"),
    Screen("payment", "order", "/holds/{hold_id}/pay", "slip of an eSIM"),
    Screen("payment of a card", "order", "/holds/{hold_id}/pay", "delivery chosen"),
    Screen("paid", "order", "/holds/{hold_id}/pay?returned=1", "paid eSIM"),
    Screen("orders", "order", "/orders", "ordered"),
    Screen("no orders", "order", "/orders", "registered"),
    Screen("order", "order", "/orders/{order_id}", "ordered"),
    Screen("order, delivering", "order", "/orders/{order_id}", "delivering"),
    Screen("order, cancelled", "order", "/orders/{order_id}", "cancelled"),
    Screen("information", "activate", "/activate/{hold_id}/info", "paid eSIM"),
    Screen("front", "activate", "/activate/{hold_id}/front", "paid eSIM"),
    Screen("papers unreadable", "activate", "/activate/{hold_id}/result", "unreadable papers"),
    Screen("papers passed", "activate", "/activate/{hold_id}/result", "papers passed"),
    Screen("waiting for a call", "activate", "/activate/{hold_id}/call", "waiting for a call"),
    Screen("serial", "activate", "/activate/{hold_id}/serial", "approved card"),
    Screen("signature", "activate", "/activate/{hold_id}/sign", "approved eSIM"),
    Screen("sent", "activate", "/activate/{hold_id}/outcome", "sent"),
    Screen("refused", "activate", "/activate/{hold_id}/outcome", "refused"),
    Screen("connected", "activate", "/activate/{hold_id}/outcome", "connected"),
    Screen("eSIM", "esim", "/esim/{hold_id}", "eSIM ready"),
    Screen("sign-in", "account", "/login"),
    Screen("registration", "account", "/register"),
    Screen("forgotten password", "account", "/forgot"),
    Screen("account", "account", "/account", "registered"),
    Screen("account, a stranger", "account", "/account"),
    Screen("my data", "account", "/account/data", "connected"),
    Screen("no data yet", "account", "/account/data", "registered"),
    Screen("inbox", "account", "/inbox", "connected"),
    Screen("empty inbox", "account", "/inbox", "registered"),
)
