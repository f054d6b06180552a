"""A hold with an order, the people around it, and a carrier that speaks GHN's protocol."""

import itertools
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import pytest
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse
from sqlalchemy import select, update

from events import (
    CancelRequested,
    Event,
    HoldConfirmed,
    HoldCreated,
    HoldExpired,
    OrderPlaced,
    OrderRouted,
    PaymentConfirmed,
)
from events.ids import uuid7
from kit import clock
from kit.db import Database
from kit.sealing import Sealer
from kit.tasks import Runner, task
from kit.testing import client, empty, facts, hear, token_for
from shipping.carriers.gateways import GhnGateway
from shipping.carriers.jobs import Errands
from shipping.consumers import subscriptions
from shipping.main import create_app
from shipping.settings import Settings
from shipping.shipments.domain import Shipment
from shipping.tables import shipments

SECRET = "the-secret-of-the-webhook"
HOME = {
    "delivery": "HOME",
    "recipient": "Nguyễn Thị Mai",
    "phone": "0912 345 678",
    "ward_code": "26740",
    "street": "12 Nguyễn Huệ",
    "note": "Gọi trước khi đến",
}
STORE = {"delivery": "STORE", "store_code": "2HCM0001"}
_codes = itertools.count(1)


@pytest.fixture(scope="session")
async def database(service_database: Any) -> Database:
    made: Database = await service_database("shipping")
    return made


@pytest.fixture
async def db(database: Database) -> AsyncIterator[Database]:
    yield database
    await empty(database)


@pytest.fixture
def settings(db: Database, keys_dir: Path) -> Settings:
    return Settings.model_validate(
        {
            "database_url": db.engine.url.render_as_string(hide_password=False),
            "keys_dir": keys_dir,
            "webhook_secret": SECRET,
            "ghn_url": "http://ghn.test",
            "ghn_token": "ghn-token",
            "ghn_shop_id": 7,
        }
    )


@pytest.fixture
def app(settings: Settings, db: Database) -> FastAPI:
    return create_app(settings, db)


@dataclass
class Ghn:
    """GHN as far as we speak with it: it keeps orders, and loses answers when told to."""

    orders: dict[str, dict[str, Any]] = field(default_factory=dict)
    heads: list[tuple[str, str]] = field(default_factory=list)
    refuse_next: int = 0
    lose_next_answer: int = 0
    keep_parcels: bool = False

    def app(self) -> FastAPI:
        """Speak the protocol."""
        ghn, base = FastAPI(), "/shiip/public-api/v2"
        for path, answer in {
            "/shipping-order/create": self.create,
            "/shipping-order/detail": self.detail,
            "/shipping-order/detail-by-client-code": self.detail_by_client_code,
            "/switch-status/cancel": self.cancel,
        }.items():
            ghn.add_api_route(base + path, answer, methods=["POST"], response_model=None)
        return ghn

    async def create(self, request: Request) -> JSONResponse:
        """Take an order; one that is known is answered the same."""
        self.heads.append((request.headers["Token"], request.headers["ShopId"]))
        if self.refuse_next:
            self.refuse_next -= 1
            return self.say(500, None)
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

    def say(self, code: int, data: Any) -> JSONResponse:
        """Answer as GHN does."""
        return JSONResponse({"code": code, "message": "", "data": data}, code)

    def say_about(self, name: str, code: str) -> JSONResponse:
        """Describe an order, if there is one."""
        found = [order for order in self.orders.values() if order[name] == code]
        return self.say(200, {"updated_date": now_text()} | found[0]) if found else self.say(400, 0)

    def only(self) -> dict[str, Any]:
        """Return the one order there is."""
        (order,) = self.orders.values()
        return order


@pytest.fixture
def ghn() -> Ghn:
    return Ghn()


@pytest.fixture
def errands(ghn: Ghn, settings: Settings, db: Database, keys_dir: Path) -> Runner:
    gateway = GhnGateway(settings, transport=httpx.ASGITransport(ghn.app()))
    return Runner(Errands(gateway, Sealer(keys_dir, "shipping")).tasks(), db)


def now_text(seconds: float = 0) -> str:
    """Write a moment as GHN does, some seconds from now."""
    return (datetime.now(UTC) + timedelta(seconds=seconds)).isoformat().replace("+00:00", "Z")


async def stated(db: Database) -> list[Any]:
    """Return the facts that were stated, to look at their fields."""
    return list(await facts(db))


@dataclass
class Journey:
    """One customer's hold and order, and everything that may be heard or done about it."""

    db: Database
    app: FastAPI
    keys: Path
    runner: Runner
    hold_id: UUID = field(default_factory=uuid7)
    order_id: UUID = field(default_factory=uuid7)
    number_id: UUID = field(default_factory=uuid7)
    customer_id: UUID | None = field(default_factory=uuid7)
    partner_id: UUID | None = None
    payment: str = "ONLINE"
    delivery: str = "HOME"
    total_vnd: int = 110_000
    delivery_id: UUID | None = None
    hold_code: str = field(default_factory=lambda: f"GS26112{next(_codes):06d}")

    def created(self, **more: Any) -> HoldCreated:
        """Say that the slip was issued."""
        body = {
            "occurred_at": clock.now(),
            "hold_id": self.hold_id,
            "number_id": self.number_id,
            "hold_code": self.hold_code,
            "customer_id": self.customer_id,
            "sim": "PHYSICAL",
            "entrance": "CHANNEL" if self.partner_id else "APP",
            "channel_code": None,
            "partner_id": self.partner_id,
            "price_vnd": 50_000,
            "sim_fee_vnd": 60_000,
            "commitment_vnd_per_month": 0,
            "commitment_months": 0,
            "promotion_code": None,
            "stock_region": None,
            "expires_at": clock.now() + timedelta(minutes=15),
            "channel_delivers": self.delivery == "CHANNEL",
        }
        return HoldCreated.model_validate(body | more)

    def placed(self, **more: Any) -> OrderPlaced:
        """Say that the order was placed (F4.1)."""
        body = {
            "occurred_at": clock.now(),
            "hold_id": self.hold_id,
            "order_id": self.order_id,
            "customer_id": self.customer_id,
            "sim": "PHYSICAL",
            "delivery": self.delivery,
            "delivery_id": self.delivery_id,
            "store_code": "2HCM0001" if self.delivery == "STORE" else None,
            "payment": self.payment,
            "total_vnd": self.total_vnd,
        }
        return OrderPlaced.model_validate(body | more)

    def paid(self) -> PaymentConfirmed:
        """Say that the money is in."""
        return PaymentConfirmed(
            occurred_at=clock.now(),
            hold_id=self.hold_id,
            order_id=self.order_id,
            payment_id=uuid7(),
            amount_vnd=self.total_vnd,
            method="CHANNEL" if self.payment == "CHANNEL" else "ONLINE",
            paid_at=clock.now(),
        )

    def confirmed(self, at: datetime | None = None) -> HoldConfirmed:
        """Say that the number is kept."""
        return HoldConfirmed(
            occurred_at=at or clock.now(),
            hold_id=self.hold_id,
            number_id=self.number_id,
            because="PAID",
        )

    def expired(self, at: datetime | None = None) -> HoldExpired:
        """Say that nobody paid in time."""
        return HoldExpired(
            occurred_at=at or clock.now(), hold_id=self.hold_id, number_id=self.number_id
        )

    def routed(self, region: str = "KV2") -> OrderRouted:
        """Say whose staff sees it (SD.3)."""
        body = {
            "occurred_at": clock.now(),
            "hold_id": self.hold_id,
            "order_id": self.order_id,
            "region": region,
            "shop_code": "2HCM0001",
            "team": "KV2-A",
            "rule": "WARD",
        }
        return OrderRouted.model_validate(body)

    def cancel_requested(self, reason: str = "CHANGED_MIND") -> CancelRequested:
        """Say that the customer wants out (F4.3, F4.10)."""
        return CancelRequested(
            occurred_at=clock.now(),
            hold_id=self.hold_id,
            order_id=self.order_id,
            requested_by="CUSTOMER",
            reason_code=reason,
        )

    async def hear(self, *events: Event) -> None:
        """Let shipping hear it, as one delivery."""
        await hear(self.db, subscriptions, *events)

    async def choose(self, body: dict[str, Any]) -> httpx.Response:
        """Choose how to receive the SIM (F3.7)."""
        async with self.customer() as customer:
            return await customer.put(f"/v1/deliveries/{self.hold_id}", json=body)

    async def begin(self) -> "Journey":
        """Go as far as the tab "Chờ xử lý"."""
        await self.hear(self.created())
        if self.delivery != "CHANNEL":
            chosen = await self.choose(HOME if self.delivery == "HOME" else STORE)
            self.delivery_id = UUID(chosen.json()["delivery_id"])
        await self.hear(self.placed(), self.routed(), self.paid())
        return self

    async def confirm(self) -> httpx.Response:
        """Confirm with collection address and time (F4.8)."""
        body = {
            "collection_address": "Kho OSP, 5 Lê Duẩn",
            "collection_at": (clock.now() + timedelta(hours=3)).isoformat(),
            "carrier": "ghn",
        }
        return await self.staff("confirm", body)

    async def book(self) -> "Journey":
        """Go as far as a booked courier."""
        assert (await self.confirm()).status_code == 200
        await self.runner.run_due(now=clock.now())
        return self

    async def pack(self, serial: str = "1234567890123") -> httpx.Response:
        """Pack the blank SIM (F4.12)."""
        return await self.staff("pack", {"sim_serial": serial})

    async def staff(self, what: str, body: dict[str, Any] | None = None) -> httpx.Response:
        """Press a button on the staff screen of KV2."""
        shipment = await self.shipment()
        async with self.osp() as osp:
            return await osp.post(f"/v1/staff/shipments/{shipment.id}/{what}", json=body)

    async def carrier(
        self, word: str, *, at: float = 0, time: str | None = None, **more: Any
    ) -> httpx.Response:
        """Hear from the carrier."""
        shipment = await self.shipment()
        body = {
            "OrderCode": shipment.tracking_code or "G00001",
            "ClientOrderCode": str(shipment.id),
            "Status": word,
            "Time": time or now_text(at),
            "Reason": "",
            "ReasonCode": "",
            "CODAmount": shipment.cod_due_vnd,
            "Type": "switch_status",
        }
        async with client(self.app) as carrier:
            answer = await carrier.post(f"/v1/carriers/ghn/webhook/{SECRET}", json=body | more)
        assert answer.status_code == 200, answer.text
        return answer

    async def shipment(self) -> Shipment:
        """Look into the table."""
        async with self.db.transaction() as tx:
            mine = select(Shipment).where(shipments.c.hold_id == self.hold_id)
            return (await tx.scalars(mine)).one()

    async def status(self) -> str:
        """Say where the shipment stands."""
        return (await self.shipment()).status.value

    async def work(self) -> None:
        """Carry out every errand that waits, even one that rests after a failure."""
        async with self.db.transaction() as tx:
            await tx.execute(
                update(task).where(task.c.done_at.is_(None)).values(due_at=clock.now())
            )
        await self.runner.run_due(now=clock.now())

    def customer(self) -> httpx.AsyncClient:
        """Call as the customer whose hold it is."""
        return client(self.app, token_for(self.keys, "customer", subject_id=self.customer_id))

    def osp(self, *regions: str) -> httpx.AsyncClient:
        """Call as OSP's staff."""
        where = regions or ["KV2"]
        return client(self.app, token_for(self.keys, "staff", roles=["osp_staff"], regions=where))

    def store(self, shop_code: str = "2HCM0001") -> httpx.AsyncClient:
        """Call as staff of a store."""
        return client(
            self.app, token_for(self.keys, "staff", roles=["store_staff"], shop_code=shop_code)
        )

    def partner(self, partner_id: UUID | None = None) -> httpx.AsyncClient:
        """Call as a sales channel."""
        who = partner_id or self.partner_id
        return client(self.app, token_for(self.keys, "partner", subject_id=who))


Journeys = Callable[..., Journey]


@pytest.fixture
def journey(db: Database, app: FastAPI, keys_dir: Path, errands: Runner) -> Journeys:
    def make(**more: Any) -> Journey:
        return Journey(db, app, keys_dir, errands, **more)

    return make
