"""A carrier that speaks GHN's protocol."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse


def now_text(seconds: float = 0) -> str:
    """Write a moment as GHN does, some seconds from now."""
    return (datetime.now(UTC) + timedelta(seconds=seconds)).isoformat().replace("+00:00", "Z")


@dataclass
class Ghn:
    """GHN as far as we speak with it: it keeps orders, and loses answers when told to."""

    orders: dict[str, dict[str, Any]] = field(default_factory=dict)
    heads: list[tuple[str, str]] = field(default_factory=list)
    refuse_next: int = 0
    lose_next_answer: int = 0
    keep_parcels: bool = False
    forbid: str = ""
    """A code with which it refuses every order for good."""

    def app(self) -> FastAPI:
        """Speak the protocol."""
        ghn, base = FastAPI(), "/shiip/public-api/v2"
        for path, answer in {
            "/shipping-order/create": self.create,
            "/shipping-order/detail": self.detail,
            "/shipping-order/detail-by-client-code": self.detail_by_client_code,
            "/switch-status/cancel": self.cancel,
            "/switch-status/return": self.send_back,
        }.items():
            ghn.add_api_route(base + path, answer, methods=["POST"], response_model=None)
        return ghn

    async def create(self, request: Request) -> JSONResponse:
        """Take an order; one that is known is answered the same."""
        self.heads.append((request.headers["Token"], request.headers["ShopId"]))
        if self.refuse_next:
            self.refuse_next -= 1
            return self.say(500, None)
        if self.forbid:
            return JSONResponse({"code": 400, "data": None, "code_message": self.forbid}, 400)
        asked = await request.json()
        new = asked | {"order_code": f"G{len(self.orders) + 1:05d}", "status": "ready_to_pick"}
        order = self.orders.setdefault(asked["client_order_code"], new)
        if self.lose_next_answer:
            self.lose_next_answer -= 1
            return self.say(504, None)
        return self.say(200, {"order_code": order["order_code"]})

    async def detail(self, request: Request) -> JSONResponse:
        """Say where an order is."""
        return self.say_about("order_code", (await request.json())["order_code"])

    async def detail_by_client_code(self, request: Request) -> JSONResponse:
        """Say where an order is, by our own code."""
        code = (await request.json())["client_order_code"]
        return self.say_about("client_order_code", code)

    async def cancel(self, request: Request) -> JSONResponse:
        """Cancel orders, unless the courier has them."""
        codes = (await request.json())["order_codes"]
        for order in self.orders.values():
            if order["order_code"] in codes and not self.keep_parcels:
                order["status"] = "cancel"
        done = not self.keep_parcels
        return self.say(200, [{"order_code": code, "result": done} for code in codes])

    async def send_back(self, request: Request) -> JSONResponse:
        """Return orders that are stored or wait for their return."""
        codes = (await request.json())["order_codes"]
        answers = []
        for order in self.orders.values():
            if order["order_code"] in codes:
                may = order["status"] in ("storing", "waiting_to_return", "return")
                order["status"] = "return" if may else order["status"]
                answers.append({"order_code": order["order_code"], "result": may})
        return self.say(200, answers)

    def say(self, code: int, data: Any) -> JSONResponse:
        """Answer as GHN does."""
        return JSONResponse({"code": code, "message": "", "data": data}, code)

    def say_about(self, name: str, code: str) -> JSONResponse:
        """Describe an order, if there is one."""
        orders = [order for order in self.orders.values() if order[name] == code]
        return (
            self.say(200, {"updated_date": now_text()} | orders[0]) if orders else self.say(400, 0)
        )

    def only(self) -> dict[str, Any]:
        """Return the one order there is."""
        (order,) = self.orders.values()
        return order
