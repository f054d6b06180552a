"""A customer on the way to the network, as the other services tell it and as they drive it."""

import base64
import io
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
from fastapi import FastAPI
from PIL import Image, ImageDraw
from services.activation.tests.told import HOUR, SERIAL, Told

from activation.consumers import subscriptions
from activation.jobs import task_handlers
from events import Event, SimKind
from events.ids import uuid7
from kit import clock
from kit.db import Database
from kit.tasks import Runner
from kit.testing import client, deliver, token_for
from kit.tokens import Signer

SECRET = "shared with mSale"
PHONE = "84901234567"


@dataclass
class Journey(Told):
    """One customer's way, as the other services tell it and as the customer drives it."""

    db: Database
    app: FastAPI
    keys: Path
    sim: SimKind
    at: datetime
    hold_id: UUID = field(default_factory=uuid7)
    number_id: UUID = field(default_factory=uuid7)
    customer_id: UUID = field(default_factory=uuid7)
    agent_id: UUID = field(default_factory=uuid7)
    session_id: UUID = field(default_factory=uuid7)
    attempt: int = 1
    call_id: UUID = field(default_factory=uuid7)
    order_id: UUID = field(default_factory=uuid7)
    serial: str = SERIAL
    secret: str = SECRET

    async def hears(self, *facts: Event) -> None:
        await deliver(self.db, subscriptions, *facts)

    def caller(self, customer_id: UUID | None = None) -> httpx.AsyncClient:
        subject_id = customer_id or self.customer_id
        return client(self.app, token_for(self.keys, subject_id=subject_id, phone=PHONE))

    def officer(self, officer_id: UUID | None = None, region: str = "KV2") -> httpx.AsyncClient:
        roles, regions = ["connection_officer"], [region]
        token = token_for(self.keys, "staff", subject_id=officer_id, roles=roles, regions=regions)
        return client(self.app, token)

    def url(self, step: str = "") -> str:
        return f"/v1/activations/{self.hold_id}{step}"

    async def status(self) -> dict[str, Any]:
        async with self.caller() as caller:
            body: dict[str, Any] = (await caller.get(self.url())).json()
            return body

    def signature(self, form: dict[str, Any] | None = None, **changes: Any) -> dict[str, Any]:
        declared = {
            "hold_id": str(self.hold_id),
            "session_id": str(self.session_id),
            "attempt": self.attempt,
            "full_name": "Nguyễn Thị Mẫu",
            "id_number": "001199012345",
            "date_of_birth": "1999-03-15",
            "sex": "FEMALE",
        } | (form or {})
        proof = {"phone": PHONE, "purpose": "SIGN", "challenge_id": str(uuid7())}
        return {
            "declaration": Signer(self.keys, "kyc").sign("declaration", declared, ttl=HOUR),
            "signature_png_base64": a_drawing(),
            "phone_proof": Signer(self.keys, "identity").sign("phone-proof", proof, ttl=HOUR),
            "consents": ["CONTRACT", "IDENTITY_CHECK"],
        } | changes

    async def signs(self) -> httpx.Response:
        async with self.caller() as caller:
            if self.sim == "PHYSICAL":
                await caller.put(self.url("/sim"), json={"sim_serial": SERIAL})
                await caller.put(
                    self.url("/sim-photo"),
                    content=a_photo(),
                    headers={"content-type": "image/jpeg"},
                )
            return await caller.post(self.url("/signature"), json=self.signature())

    async def submits(self) -> httpx.Response:
        async with self.caller() as caller:
            return await caller.post(self.url("/submit"))

    async def decided(self, verb: str, officer: UUID, body: Any = None) -> httpx.Response:
        async with self.officer(officer) as desk:
            await desk.post(f"/v1/desk/{self.hold_id}/claim")
            return await desk.post(f"/v1/desk/{self.hold_id}/{verb}", json=body)

    async def queues(self) -> None:
        """Bring the dossier into mSale's queue (F5a.10, F5b.9)."""
        assert (await self.signs()).status_code == 200
        assert (await self.submits()).json()["status"] == "QUEUED"
        await self.tasks_run()

    async def is_connected(self) -> None:
        """Bring the subscriber into the network (F5a.11 to F5a.14)."""
        await self.queues()
        assert (await self.decided("confirm", uuid7())).status_code == 200
        await self.tasks_run()

    async def incidents(self, state: str = "OPEN") -> list[dict[str, Any]]:
        async with self.officer() as desk:
            listed = await desk.get("/v1/desk/incidents", params={"state": state})
            return list(listed.json()["items"])

    def runner(self) -> Runner:
        msale, sealer = self.app.state.msale, self.app.state.sealer
        return Runner(task_handlers(msale, sealer), self.db)

    async def tasks_tried_once(self) -> None:
        """Let what is due at mSale be tried, and no more."""
        await self.runner().run_due(now=clock.now())

    async def tasks_run(self) -> None:
        """Let everything that is due at mSale be done, now and in the next minutes."""
        runner = self.runner()
        for minutes in range(4):
            await runner.run_due(now=clock.now() + timedelta(minutes=minutes))


def a_photo() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (960, 720), "white").save(out, "JPEG")
    return out.getvalue()


def a_drawing(ink: str = "black", paper: tuple[int, ...] = (255, 255, 255, 0)) -> str:
    """Draw a line as a finger does, on paper that may be seen through."""
    sheet = Image.new("RGBA", (300, 120), paper)
    ImageDraw.Draw(sheet).line([(20, 90), (90, 30), (160, 95), (280, 40)], fill=ink, width=3)
    out = io.BytesIO()
    sheet.save(out, "PNG")
    return base64.b64encode(out.getvalue()).decode()
