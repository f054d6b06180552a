"""A customer's journey through shipping: what is heard, and what the people around it do."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
from fastapi import FastAPI
from services.shipping.tests.ghn import now_text
from services.shipping.tests.story import Story
from sqlalchemy import select, update

from events import Event
from kit import clock
from kit.db import Database
from kit.tasks import Runner, task
from kit.testing import client, deliver, facts, published, token_for
from shipping.consumers import subscriptions
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


@dataclass
class Journey(Story):
    """One customer's hold and order, and everything that may be heard or done about it."""

    db: Database
    app: FastAPI
    keys: Path
    runner: Runner

    async def hear(self, *events: Event) -> None:
        """Let shipping hear it, as one delivery."""
        await deliver(self.db, subscriptions, *events)

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
            of_hold = select(Shipment).where(shipments.c.hold_id == self.hold_id)
            return (await tx.scalars(of_hold)).one()

    async def status(self) -> str:
        """Say where the shipment stands."""
        return (await self.shipment()).status.value

    async def work(self) -> None:
        """Carry out every task that waits, even one that rests after a failure."""
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
        subject_id = partner_id or self.partner_id
        return client(self.app, token_for(self.keys, "partner", subject_id=subject_id))


Journeys = Callable[..., Journey]


async def stated(db: Database) -> list[Any]:
    """Return the facts that were stated, to look at their fields."""
    return list(await facts(db))


async def since_packing(db: Database) -> list[str]:
    """Return the topics stated after the parcel was packed."""
    said = await published(db)
    return said[said.index("ShipmentPacked") + 1 :]
