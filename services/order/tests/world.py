"""A customer with a hold, the services around the order service, and the payment gateway."""

from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
from fastapi import FastAPI
from services.order.tests.parcels import says
from services.order.tests.vnpay import TMN_CODE, VnPayStandIn, opened, signed, stamp

from events import ActivationStopped, Event, HoldCreated, NumberSoftLocked, PartnerChanged, Region
from events.ids import uuid7
from kit import clock
from kit.db import Database
from kit.tasks import Runner
from kit.testing import client, deliver, facts, token_for
from kit.tokens import Signer
from order.consumers import listening
from order.jobs import jobs, task_handlers
from order.settings import Settings

PRICE = 150_000
SIM_FEE = 25_000
HOME = 30_000


@dataclass
class World:
    """The world outside the order service."""

    db: Database
    app: FastAPI
    keys: Path
    vnpay: VnPayStandIn
    customer_id: UUID = field(default_factory=uuid7)

    @property
    def settings(self) -> Settings:
        settings = self.app.state.settings
        assert isinstance(settings, Settings)
        return settings

    def customer(self, subject_id: UUID | None = None) -> httpx.AsyncClient:
        subject_id = subject_id or self.customer_id
        return client(self.app, token_for(self.keys, subject_id=subject_id))

    def staff(self, *roles: str, regions: tuple[Region, ...] = ()) -> httpx.AsyncClient:
        token = token_for(self.keys, "staff", roles=list(roles), regions=list(regions))
        return client(self.app, token)

    async def consumes(self, *events: Event) -> None:
        await deliver(self.db, listening(self.settings), *events)

    async def published(self, *kinds: type[Event]) -> list[Any]:
        return [fact for fact in await facts(self.db) if isinstance(fact, kinds or Event)]

    async def topics(self) -> list[str]:
        return [fact.topic for fact in await facts(self.db)]

    def slip(self, **terms: Any) -> HoldCreated:
        now = clock.now()
        usual: dict[str, Any] = {
            "occurred_at": now - timedelta(seconds=10),
            "hold_id": uuid7(),
            "number_id": uuid7(),
            "hold_code": "GS261102ABCDEX",
            "customer_id": self.customer_id,
            "sim": "PHYSICAL",
            "entrance": "APP",
            "channel_code": None,
            "partner_id": None,
            "price_vnd": PRICE,
            "sim_fee_vnd": SIM_FEE,
            "commitment_vnd_per_month": 0,
            "commitment_months": 0,
            "promotion_code": None,
            "stock_region": None,
            "expires_at": now + timedelta(minutes=20),
        }
        return HoldCreated(**(usual | terms))

    async def hold(self, **terms: Any) -> HoldCreated:
        slip = self.slip(**terms)
        until = slip.expires_at
        await self.consumes(
            NumberSoftLocked(
                occurred_at=slip.occurred_at,
                number_id=slip.number_id,
                msisdn="84931266868",
                locked_until=until,
            ),
            slip,
        )
        return slip

    async def partner(self, **terms: Any) -> PartnerChanged:
        usual: dict[str, Any] = {
            "occurred_at": clock.now(),
            "partner_id": uuid7(),
            "channel_code": "KV9WEB",
            "kind": "SPECIALISED",
            "region": "KV9",
            "collects_fee": True,
            "delivers": True,
            "own_customers": True,
            "active": True,
        }
        changed = PartnerChanged(**(usual | terms))
        await self.consumes(changed)
        return changed

    def choice(self, hold: HoldCreated, **claims: Any) -> str:
        usual = {
            "hold_id": str(hold.hold_id),
            "delivery_id": str(uuid7()),
            "delivery": "HOME",
            "ward_code": "26740",
            "store_code": None,
            "region": "KV2",
        }
        ttl = timedelta(minutes=30)
        return Signer(self.keys, "shipping").sign("delivery", usual | claims, ttl=ttl)

    def wish(self, hold: HoldCreated, payment: str = "ONLINE", **more: Any) -> dict[str, Any]:
        wish: dict[str, Any] = {"hold_id": str(hold.hold_id), "payment": payment}
        total = hold.price_vnd + hold.sim_fee_vnd
        if hold.sim == "ESIM":
            wish |= {"email": "khach@example.test", "accepted_total_vnd": total}
        else:
            wish |= {"delivery_choice": self.choice(hold), "accepted_total_vnd": total + HOME}
        return wish | {"accepted_promotion": hold.promotion_code} | more

    async def place(self, hold: HoldCreated, payment: str = "ONLINE", **more: Any) -> Any:
        answer = await self.customer().post("/v1/orders", json=self.wish(hold, payment, **more))
        assert answer.status_code == 201, answer.text
        return answer.json()

    async def paid(self, **terms: Any) -> Any:
        """Place an order and pay it online."""
        order = await self.place(await self.hold(**terms))
        assert await self.ipn(order["payment_url"]) == "00"
        return await self.read(order)

    async def ipn(self, pay_url: str, code: str = "00", **other: str) -> str:
        answer = await client(self.app).get(
            "/v1/payments/vnpay/ipn", params=self.notice(pay_url, code, **other)
        )
        assert answer.status_code == 200
        rsp: str = answer.json()["RspCode"]
        return rsp

    def notice(self, pay_url: str, code: str = "00", **other: str) -> dict[str, str]:
        """Return VNPay's signed word about an attempt."""
        link = opened(pay_url)
        reference, amount = link["vnp_TxnRef"], int(link["vnp_Amount"])
        self.vnpay.amounts[reference] = amount // 100
        self.vnpay.status[reference] = "00" if code == "00" else "02"
        says = {
            "vnp_TmnCode": TMN_CODE,
            "vnp_TxnRef": reference,
            "vnp_Amount": str(amount),
            "vnp_ResponseCode": code,
            "vnp_TransactionStatus": "00" if code == "00" else "02",
            "vnp_TransactionNo": "14000001" if code == "00" else "0",
            "vnp_PayDate": stamp(clock.now()),
            "vnp_BankCode": "NCB",
            "vnp_OrderInfo": "Thanh toan",
        }
        return signed(says | other)

    async def read(self, order: Any) -> Any:
        answer = await self.customer().get(f"/v1/orders/{order['order_id']}")
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def cancel(self, order: Any, reason: str = "CHANGED_MIND") -> httpx.Response:
        path = f"/v1/orders/{order['order_id']}/cancel"
        return await self.customer().post(path, json={"reason_code": reason})

    async def cancel_esim(self, order: Any) -> None:
        """Cancel a paid eSIM, which activation stops in time."""
        assert (await self.cancel(order)).status_code == 202
        await self.consumes(says(ActivationStopped, order["hold_id"]))

    async def run_tasks(self, *, after: timedelta = timedelta()) -> None:
        gateway = self.app.state.vnpay
        tasks = task_handlers(gateway, self.settings)
        await Runner(tasks, self.db).run_due(now=clock.now() + after + timedelta(seconds=1))

    async def clock_strikes(self, job: str, *, after: timedelta = timedelta()) -> int:
        """Let one of the jobs work, and return on how many rows it did."""
        [named] = [each for each in jobs(self.settings).all if each.name == job]
        return await named.work(self.db, clock.now() + after)

    async def ask_about_payments(self, *, after: timedelta = timedelta()) -> int:
        """Let the clock ask about payments, and carry the questions out."""
        asked = await self.clock_strikes("ask_about_open_payment", after=after)
        await self.run_tasks()
        return asked

    async def bank_settles(self, status: str = "00") -> None:
        """Ask for what is owed back, and let the customers' banks decide about it."""
        await self.run_tasks()
        self.vnpay.refund_status = status
        await self.run_tasks(after=timedelta(minutes=5))
