"""Customers who call, agents who answer, and a clock that can be moved."""

import io
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Literal
from uuid import UUID

import httpx
import pytest
from fastapi import FastAPI
from PIL import Image

from events import (
    ConnectionRejected,
    Event,
    HoldCreated,
    HoldReleased,
    KycPassed,
    OrderRouted,
    Region,
)
from events.ids import uuid7
from kit import clock
from kit.db import Database
from kit.testing import client, empty, hear, token_for
from videocall.consumers import subscriptions
from videocall.jobs import schedule
from videocall.main import create_app
from videocall.settings import Settings

TICKED = dict.fromkeys(("id_number", "full_name", "date_of_birth", "face", "same_person"), True)


def jpeg(size: tuple[int, int] = (640, 480), colour: str = "navy") -> bytes:
    """Take a still."""
    picture = io.BytesIO()
    Image.new("RGB", size, colour).save(picture, "JPEG")
    return picture.getvalue()


@dataclass
class World:
    """One videocall service and everything around it."""

    app: FastAPI
    db: Database
    keys: Path
    clock_file: Path
    settings: Settings

    async def hear(self, *events: Event) -> None:
        """Let videocall hear facts."""
        await hear(self.db, subscriptions, *events)

    def move_clock(self, by: timedelta) -> None:
        """Let time pass, counted from the true time."""
        self.clock_file.write_text(str(by.total_seconds()))

    def set_clock(self, moment: datetime) -> None:
        """Make it a certain time."""
        clock.follow(None)
        now = clock.now()
        clock.follow(self.clock_file)
        self.move_clock(moment - now)

    async def tick(self) -> int:
        """Run the jobs once."""
        return sum([await job.work(self.db, clock.now()) for job in schedule(self.settings).all])

    async def customer(self, *, region: Region = "KV2", ready: bool = True) -> "Customer":
        """Bring in a customer, who may call unless told otherwise."""
        customer = Customer(self, region)
        if ready:
            await self.hear(customer.created(), customer.routed(), customer.passed())
        return customer

    def agent(self, *regions: str, role: str = "call_agent") -> "Agent":
        """Seat an agent at a desk."""
        return Agent(self, regions or ("KV2",), role)


@dataclass
class Customer:
    """A customer at their phone."""

    world: World
    region: Region = "KV2"
    id: UUID = field(default_factory=uuid7)
    hold_id: UUID = field(default_factory=uuid7)
    call_id: str = ""
    http: httpx.AsyncClient = field(init=False)

    def __post_init__(self) -> None:
        self.http = client(self.world.app, token_for(self.world.keys, subject_id=self.id))

    def created(self) -> HoldCreated:
        """Say that the slip exists."""
        now = clock.now()
        return HoldCreated(
            occurred_at=now,
            hold_id=self.hold_id,
            number_id=uuid7(),
            hold_code="GS2611240000X",
            customer_id=self.id,
            sim="ESIM",
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

    def passed(self, attempt: int = 1, at: datetime | None = None) -> KycPassed:
        """Say that the identity check was passed."""
        return KycPassed(
            occurred_at=at or clock.now(),
            hold_id=self.hold_id,
            session_id=self.hold_id,
            attempt=attempt,
            document_kind="CC",
            id_number="PASS",
            full_name="PASS",
            date_of_birth="PASS",
            face="PASS",
            call_required=True,
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

    def released(self) -> HoldReleased:
        """Say that the hold was given up."""
        return HoldReleased(
            occurred_at=clock.now(),
            hold_id=self.hold_id,
            number_id=uuid7(),
            reason_code="CUSTOMER",
        )

    def connection_refused(self, repeat: Literal["CALL", "EDIT", "SIGN"]) -> ConnectionRejected:
        """Say that the connection team refused."""
        return ConnectionRejected(
            occurred_at=clock.now(),
            hold_id=self.hold_id,
            connection_id=uuid7(),
            reason_code="DATA_WRONG",
            repeat=repeat,
        )

    async def call(self) -> httpx.Response:
        """Press the button that calls the team."""
        answer = await self.http.post("/v1/calls", json={"hold_id": str(self.hold_id)})
        self.call_id = answer.json().get("call_id", self.call_id)
        return answer

    async def come_back(self) -> httpx.Response:
        """Come back after the line broke."""
        answer = await self.http.post(f"/v1/calls/{self.call_id}/return")
        self.call_id = answer.json().get("call_id", self.call_id)
        return answer

    async def leave(self) -> httpx.Response:
        """Hang up."""
        return await self.http.post(f"/v1/calls/{self.call_id}/leave")

    async def look(self) -> dict[str, Any]:
        """Look at the screen."""
        seen: dict[str, Any] = (await self.http.get(f"/v1/calls/{self.call_id}")).json()
        return seen


@dataclass
class Agent:
    """A member of staff at the desk."""

    world: World
    regions: tuple[str, ...]
    role: str
    id: UUID = field(default_factory=uuid7)
    call_id: str = ""
    http: httpx.AsyncClient = field(init=False)

    def __post_init__(self) -> None:
        regions = [] if self.regions == ("ALL",) else list(self.regions)
        claims = {"roles": [self.role], "regions": regions}
        token = token_for(self.world.keys, "staff", subject_id=self.id, **claims)
        self.http = client(self.world.app, token)

    async def next(self) -> httpx.Response:
        """Ask for the next call."""
        answer = await self.http.post("/v1/desk/next")
        if answer.status_code == 200:
            self.call_id = answer.json()["call_id"]
        return answer

    async def do(self, what: str, **body: Any) -> httpx.Response:
        """Press one of the buttons of the call."""
        return await self.http.post(f"/v1/desk/calls/{self.call_id}/{what}", json=body or None)

    async def photograph(self, kind: str, picture: bytes | None = None) -> httpx.Response:
        """Take a still."""
        return await self.http.post(
            f"/v1/desk/calls/{self.call_id}/photos/{kind}",
            content=picture or jpeg(),
            headers={"Content-Type": "image/jpeg"},
        )

    async def approve(self, **unticked: bool) -> httpx.Response:
        """Tick everything but what is named, and press Approve."""
        return await self.do("approve", checklist=TICKED | unticked)

    async def answer_and_approve(self) -> None:
        """Do a whole good call."""
        assert (await self.next()).status_code == 200
        for kind in ("FRONT", "FACE"):
            assert (await self.photograph(kind)).status_code == 201
        assert (await self.approve()).status_code == 200

    async def answer_and_reject(self, reason: str) -> dict[str, Any]:
        """Do a whole bad call."""
        assert (await self.next()).status_code == 200
        answer = await self.do("reject", reason_code=reason)
        assert answer.status_code == 200
        seen: dict[str, Any] = answer.json()
        return seen


@pytest.fixture(scope="session")
async def database(service_database: Callable[[str], Awaitable[Database]]) -> Database:
    return await service_database("videocall")


@pytest.fixture
async def db(database: Database) -> AsyncIterator[Database]:
    yield database
    await empty(database)


@pytest.fixture
async def always_open() -> bool:
    return True


@pytest.fixture
async def world(
    db: Database,
    keys_dir: Path,
    tmp_path: Path,
    always_open: bool,  # noqa: FBT001, a fixture that some tests turn
) -> AsyncIterator[World]:
    clock_file = tmp_path / "clock"
    settings = Settings.model_validate(
        {
            "database_url": db.engine.url.render_as_string(hide_password=False),
            "keys_dir": keys_dir,
            "clock_file": clock_file,
            "always_open": always_open,
        }
    )
    yield World(create_app(settings, db), db, keys_dir, clock_file, settings)
    clock.follow(None)


@pytest.fixture
def picture() -> Callable[..., bytes]:
    return jpeg
