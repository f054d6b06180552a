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
from PIL import Image

from activation.consumers import subscriptions
from activation.gateways import tasks
from events import (
    Event,
    HoldConfirmed,
    HoldCreated,
    KycPassed,
    NumberSoftLocked,
    OrderRouted,
    PromotionAttached,
    ShipmentDelivered,
    ShipmentPacked,
    SimKind,
    VideoCallApproved,
)
from events.ids import uuid7
from kit import clock
from kit.db import Database
from kit.tasks import Runner
from kit.testing import client, hear, token_for
from kit.tokens import Signer

SECRET = "shared with mSale"
SERIAL = "8984010000000000019"
PHONE = "84901234567"
PNG = base64.b64encode(b"\x89PNG\r\n\x1a\n and a line somebody drew").decode()
HOUR = timedelta(hours=1)


@dataclass
class Journey:
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
    serial: str = SERIAL
    secret: str = SECRET

    def told(self) -> list[Event]:
        """Return everything the other services say before the customer can sign."""
        at, hold, order = self.at, self.hold_id, uuid7()
        facts: list[Event] = [
            NumberSoftLocked(
                occurred_at=at,
                number_id=self.number_id,
                msisdn=f"8490{int(self.number_id) % 10**7:07d}",
                locked_until=at + HOUR,
            ),
            HoldCreated(
                occurred_at=at,
                hold_id=hold,
                number_id=self.number_id,
                hold_code="GS261102ABCDEF",
                customer_id=self.customer_id,
                sim=self.sim,
                entrance="APP",
                channel_code=None,
                partner_id=None,
                price_vnd=100_000,
                sim_fee_vnd=25_000,
                commitment_vnd_per_month=0,
                commitment_months=0,
                promotion_code="KMTN4G",
                stock_region=None,
                expires_at=at + HOUR,
            ),
            HoldConfirmed(occurred_at=at, hold_id=hold, number_id=self.number_id, because="PAID"),
            OrderRouted(
                occurred_at=at,
                hold_id=hold,
                order_id=order,
                region="KV2",
                shop_code="2HCM0001",
                team="KV2",
                rule="WARD",
            ),
            self.kyc_passed(at + HOUR),
            self.approved(at + 2 * HOUR),
        ]
        if self.sim == "ESIM":
            return [*facts, self.promotion(order)]
        shipment = uuid7()
        return [
            *facts,
            ShipmentPacked(occurred_at=at, hold_id=hold, shipment_id=shipment, sim_serial=SERIAL),
            ShipmentDelivered(occurred_at=at, hold_id=hold, shipment_id=shipment, delivered_at=at),
        ]

    def promotion(self, order_id: UUID) -> PromotionAttached:
        return PromotionAttached(
            occurred_at=self.at,
            hold_id=self.hold_id,
            order_id=order_id,
            promotion_code="KMTN4G",
            package_code="TN4G",
        )

    def kyc_passed(self, at: datetime) -> KycPassed:
        return KycPassed(
            occurred_at=at,
            hold_id=self.hold_id,
            session_id=self.session_id,
            attempt=1,
            document_kind="CC",
            id_number="PASS",
            full_name="PASS",
            date_of_birth="PASS",
            face="PASS",
            call_required=True,
        )

    def approved(self, at: datetime) -> VideoCallApproved:
        return VideoCallApproved(
            occurred_at=at,
            hold_id=self.hold_id,
            call_id=uuid7(),
            agent_id=self.agent_id,
            approved_at=at,
        )

    async def hears(self, *facts: Event) -> None:
        await hear(self.db, subscriptions, *facts)

    def caller(self, customer_id: UUID | None = None) -> httpx.AsyncClient:
        who = customer_id or self.customer_id
        return client(self.app, token_for(self.keys, subject_id=who, phone=PHONE))

    def officer(self, officer_id: UUID | None = None, region: str = "KV2") -> httpx.AsyncClient:
        roles, regions = ["connection_officer"], [region]
        token = token_for(self.keys, "staff", subject_id=officer_id, roles=roles, regions=regions)
        return client(self.app, token)

    def url(self, step: str = "") -> str:
        return f"/v1/activations/{self.hold_id}{step}"

    async def status(self) -> dict[str, Any]:
        async with self.caller() as caller:
            found: dict[str, Any] = (await caller.get(self.url())).json()
            return found

    def signature(self, **changes: Any) -> dict[str, Any]:
        form = {
            "hold_id": str(self.hold_id),
            "session_id": str(self.session_id),
            "full_name": "Nguyễn Thị Mẫu",
            "id_number": "001199012345",
            "date_of_birth": "1999-03-15",
            "sex": "FEMALE",
        }
        proof = {"phone": PHONE, "purpose": "SIGN", "challenge_id": str(uuid7())}
        return {
            "declaration": Signer(self.keys, "kyc").sign("declaration", form, ttl=HOUR),
            "signature_png_base64": PNG,
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

    async def errands_run(self) -> None:
        """Let everything that is due at mSale be done, now and in the next minutes."""
        runner = Runner(tasks, self.db)
        for minutes in range(4):
            await runner.run_due(now=clock.now() + timedelta(minutes=minutes))


def a_photo() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (960, 720), "white").save(out, "JPEG")
    return out.getvalue()
