"""A customer with a card and a face, and the kyc service they deal with."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
from fastapi import FastAPI
from services.kyc.tests.people import Person, new_five

from events import (
    Event,
    HoldConfirmed,
    HoldCreated,
    HoldReleased,
    OrderRouted,
    Region,
    SimKind,
    VideoCallStarted,
)
from events.ids import uuid7
from kit import clock
from kit.db import Database
from kit.tasks import Runner
from kit.testing import client, deliver, token_for
from kyc.consumers import subscriptions
from values.hold_codes import hold_code


@dataclass
class World:
    """A kyc service and everything around it."""

    app: FastAPI
    db: Database
    keys: Path
    outside: httpx.AsyncClient
    clock_file: Path

    async def hear(self, *events: Event) -> None:
        """Let kyc hear facts."""
        await deliver(self.db, subscriptions, *events)

    async def work(self) -> int:
        """Carry out what is due outside."""
        runner = Runner(self.app.state.tasks, self.db)
        done = 0
        while did := await runner.run_due(now=clock.now()):
            done += did
        return done

    def move_clock(self, by: timedelta) -> None:
        """Let time pass."""
        self.clock_file.write_text(str(by.total_seconds()))

    async def break_ekyc(self, name: str, **how: float) -> None:
        """Turn one of the simulator's faults on."""
        answer = await self.outside.put(f"/faults/ekyc/{name}", json={"on": True, **how})
        answer.raise_for_status()

    def staff(
        self, *roles: str, regions: tuple[str, ...] = ("KV2",), subject_id: UUID | None = None
    ) -> httpx.AsyncClient:
        """Give a member of staff a browser."""
        claims = {"roles": list(roles), "regions": list(regions), "shop_code": "2HCM0001"}
        return client(self.app, token_for(self.keys, "staff", subject_id=subject_id, **claims))

    async def customer(
        self,
        person: Person | None = None,
        *,
        sim: SimKind = "ESIM",
        region: Region = "KV2",
        hear_of: bool = True,
    ) -> "Customer":
        """Bring in a customer whose hold is confirmed and routed."""
        customer = Customer(self, person or Person(), sim=sim, region=region)
        if hear_of:
            await self.hear(customer.created(), customer.confirmed(), customer.routed())
        return customer


@dataclass
class Customer:
    """A customer at their phone."""

    world: World
    person: Person
    sim: SimKind = "ESIM"
    region: Region = "KV2"
    id: UUID = field(default_factory=uuid7)
    hold_id: UUID = field(default_factory=uuid7)
    number_id: UUID = field(default_factory=uuid7)
    hold_code: str = field(default_factory=lambda: hold_code(date(2026, 11, 24), new_five()))
    session_id: str = ""
    http: httpx.AsyncClient = field(init=False)

    def __post_init__(self) -> None:
        self.http = client(self.world.app, token_for(self.world.keys, subject_id=self.id))

    def created(self, customer_id: UUID | None = None) -> HoldCreated:
        """Say that the slip exists."""
        now = clock.now()
        return HoldCreated(
            occurred_at=now,
            hold_id=self.hold_id,
            number_id=self.number_id,
            hold_code=self.hold_code,
            customer_id=customer_id or self.id,
            sim=self.sim,
            entrance="APP",
            channel_code=None,
            partner_id=None,
            price_vnd=0,
            sim_fee_vnd=50_000,
            commitment_vnd_per_month=0,
            commitment_months=0,
            promotion_code=None,
            stock_region="KV2",
            expires_at=now + timedelta(minutes=15),
        )

    def confirmed(self) -> HoldConfirmed:
        """Say that the payment arrived."""
        return HoldConfirmed(
            occurred_at=clock.now(), hold_id=self.hold_id, number_id=self.number_id, because="PAID"
        )

    def answered(self, agent_id: UUID, call_id: UUID | None = None) -> VideoCallStarted:
        """Say that an agent took the customer's call."""
        return VideoCallStarted(
            occurred_at=clock.now(),
            hold_id=self.hold_id,
            call_id=call_id or uuid7(),
            agent_id=agent_id,
        )

    def released(self) -> HoldReleased:
        """Say that the number is free again."""
        return HoldReleased(
            occurred_at=clock.now(),
            hold_id=self.hold_id,
            number_id=self.number_id,
            reason_code="CUSTOMER",
        )

    def routed(self, region: Region | None = None) -> OrderRouted:
        """Say that a regional company is responsible."""
        region = region or self.region
        return OrderRouted(
            occurred_at=clock.now(),
            hold_id=self.hold_id,
            order_id=uuid7(),
            region=region,
            shop_code="2HCM0001",
            team=f"{region}-CALL",
            rule="ADDRESS",
        )

    async def start(self) -> httpx.Response:
        """Press "Hòa mạng"."""
        answer = await self.http.post("/v1/sessions", json={"hold_id": str(self.hold_id)})
        self.session_id = answer.json().get("session_id", "")
        return answer

    async def declare(self, **other: str) -> httpx.Response:
        """Fill in the form."""
        url = f"/v1/sessions/{self.session_id}/declaration"
        return await self.http.put(url, json=self.person.form(**other))

    async def photograph(
        self, kind: str, picture: bytes | None = None, *, at: datetime | str | None = None
    ) -> httpx.Response:
        """Photograph one of the three."""
        person = self.person
        usual = person.portrait() if kind == "PORTRAIT" else person.card(kind)
        at = at or clock.now()
        headers = {
            "Content-Type": "image/jpeg",
            "X-Captured-At": at if isinstance(at, str) else at.isoformat(),
        }
        url = f"/v1/sessions/{self.session_id}/images/{kind}"
        return await self.http.put(url, content=picture or usual, headers=headers)

    async def prepare(self, **pictures: bytes) -> None:
        """Do everything up to the button "Verify information"."""
        assert (await self.start()).status_code == 201
        assert (await self.declare()).status_code == 200
        for kind in ("FRONT", "BACK", "PORTRAIT"):
            assert (await self.photograph(kind, pictures.get(kind.lower()))).status_code == 200

    async def press_verify(self) -> httpx.Response:
        """Press "Verify information"."""
        return await self.http.post(f"/v1/sessions/{self.session_id}/verify")

    async def verify(self, **pictures: bytes) -> dict[str, Any]:
        """Take these pictures anew, press the button, and wait for mobi eKYC."""
        for kind, picture in pictures.items():
            assert (await self.photograph(kind.upper(), picture)).status_code == 200
        assert (await self.press_verify()).status_code == 202
        await self.world.work()
        return await self.look()

    async def look(self) -> dict[str, Any]:
        """Look at the screen."""
        answer = await self.http.get(f"/v1/sessions/{self.session_id}")
        seen: dict[str, Any] = answer.json()
        return seen

    async def pass_check(self) -> dict[str, Any]:
        """Do it all, and rightly."""
        await self.prepare()
        seen = await self.verify()
        assert seen["status"] == "KYC_PASSED", seen
        return seen
