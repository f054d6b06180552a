"""Customers who call, agents who answer, and a clock that can be moved."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

import httpx
from fastapi import FastAPI
from services.videocall.tests.pictures import jpeg
from services.videocall.tests.story import Story

from events import Event, Region
from events.ids import uuid7
from kit import clock
from kit.db import Database
from kit.jobs import Jobs
from kit.testing import client, deliver, token_for
from kit.uptime import Uptime
from videocall.consents.domain import NEEDED, PRESENT, TEXTS, Locale
from videocall.consumers import subscriptions
from videocall.jobs import schedule
from videocall.settings import Settings

if TYPE_CHECKING:
    from videocall.signalling.commands import Signalling

TICKED = dict.fromkeys(("id_number", "full_name", "date_of_birth", "face", "same_person"), True)


NEEDED_PHOTOS = ("FACE", "FRONT", "BACK", "FACE_WITH_ID")


def agreed(locale: Locale = "vi", **other: Any) -> dict[str, Any]:
    """Agree to the present text, or to another one."""
    text = TEXTS[PRESENT, locale]
    yes = {"version": text.version, "sha256": text.sha256, "locale": locale}
    return yes | {"purposes": list(NEEDED)} | other


@dataclass
class World:
    """One videocall service and everything around it."""

    app: FastAPI
    db: Database
    keys: Path
    clock_file: Path
    settings: Settings
    jobs: Jobs = field(init=False)
    seconds: float = 0.0
    """By the clock that nothing moves: a replica that did nothing meanwhile stood still."""

    def __post_init__(self) -> None:
        self.restart()

    def restart(self) -> None:
        """Begin to hear callers and agents at this moment."""
        signalling: Signalling = self.app.state.signalling
        uptime = Uptime(clock.now(), lambda: self.seconds)
        self.jobs = schedule(self.settings, signalling.plane, uptime)

    async def hear(self, *events: Event) -> None:
        """Let videocall hear facts."""
        await deliver(self.db, subscriptions, *events)

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
        return sum([await job.work(self.db, clock.now()) for job in self.jobs.all])

    async def customer(self, *, region: Region = "KV2", ready: bool = True) -> "Customer":
        """Bring in a customer, who may call unless told otherwise."""
        customer = Customer(self, region=region)
        if ready:
            await self.hear(customer.created(), customer.routed(), customer.passed())
        return customer

    def agent(self, *regions: str, role: str = "call_agent") -> "Agent":
        """Seat an agent at a desk."""
        return Agent(self, regions or ("KV2",), role)


@dataclass
class Customer(Story):
    """A customer at their phone."""

    world: World
    call_id: str = ""
    http: httpx.AsyncClient = field(init=False)

    def __post_init__(self) -> None:
        self.http = client(self.world.app, token_for(self.world.keys, subject_id=self.id))

    async def call(self) -> httpx.Response:
        """Press the button that calls the team."""
        wish = {"hold_id": str(self.hold_id), "consent": agreed()}
        answer = await self.http.post("/v1/calls", json=wish)
        self.call_id = answer.json().get("call_id", self.call_id)
        return answer

    async def come_back(self) -> httpx.Response:
        """Come back after the line broke."""
        path = f"/v1/calls/{self.call_id}/return"
        answer = await self.http.post(path, json={"consent": agreed()})
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

    async def is_in(self, state: str, **reason: str) -> dict[str, Any]:
        """Choose a state, and return the shift."""
        answer = await self.http.put("/v1/desk/shift", json={"state": state} | reason)
        assert answer.status_code == 200, answer.text
        shift: dict[str, Any] = answer.json()
        return shift

    async def offer(self) -> dict[str, Any] | None:
        """Look at the call that rings at the desk."""
        queue = (await self.http.get("/v1/desk/queue")).json()
        offer: dict[str, Any] | None = queue["offer"]
        return offer

    async def answers(self, verb: str, offer: dict[str, Any]) -> httpx.Response:
        """Accept or decline an offer."""
        path = f"/v1/desk/calls/{offer['call_id']}/{verb}"
        answer = await self.http.post(path, json={"epoch": offer["epoch"]})
        if (verb, answer.status_code) == ("accept", 200):
            self.call_id = offer["call_id"]
        return answer

    async def next(self) -> httpx.Response:
        """Be available for a moment: accept what rings, or with 204 be offline again."""
        answer = await self.http.put("/v1/desk/shift", json={"state": "AVAILABLE"})
        if answer.is_error:
            return answer
        if offer := await self.offer():
            return await self.answers("accept", offer)
        await self.is_in("OFFLINE")
        return httpx.Response(204)

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

    async def sees(self) -> dict[str, Any]:
        """Look at the call."""
        seen: dict[str, Any] = (await self.http.get(f"/v1/desk/calls/{self.call_id}")).json()
        return seen

    async def challenges(self, result: str = "PASS") -> None:
        """Set each challenge and judge it."""
        for challenge in (await self.sees())["challenges"]:
            path = f"challenges/{challenge['id']}"
            assert (await self.do(f"{path}/issue")).status_code == 200
            assert (await self.do(f"{path}/result", result=result)).status_code == 200

    async def examines(self) -> None:
        """See the challenges passed, and keep every photo that is needed."""
        await self.challenges()
        for kind in NEEDED_PHOTOS:
            assert (await self.photograph(kind)).status_code == 201

    async def approve(self, **unticked: bool) -> httpx.Response:
        """Tick everything but what is named, and press Approve."""
        epoch = (await self.sees()).get("epoch", 1)
        return await self.do("approve", checklist=TICKED | unticked, epoch=epoch)

    async def answer_and_approve(self) -> None:
        """Do a whole good call."""
        assert (await self.next()).status_code == 200
        await self.examines()
        assert (await self.approve()).status_code == 200

    async def answer_and_reject(self, reason: str) -> dict[str, Any]:
        """Do a whole bad call."""
        assert (await self.next()).status_code == 200
        answer = await self.do("reject", reason_code=reason)
        assert answer.status_code == 200
        seen: dict[str, Any] = answer.json()
        return seen


async def waiting(world: World) -> Customer:
    """Bring in a customer who waits for an agent."""
    customer = await world.customer()
    await customer.call()
    return customer


async def in_call(world: World) -> tuple[Customer, Agent]:
    """Bring in a customer and the agent who answered."""
    customer, agent = await waiting(world), world.agent()
    assert (await agent.next()).status_code == 200
    return customer, agent


async def ringing(world: World) -> tuple[Customer, Agent, dict[str, Any]]:
    """Bring in a customer whose call rings at an agent's desk."""
    customer, agent = await waiting(world), world.agent()
    await agent.is_in("AVAILABLE")
    offer = await agent.offer()
    assert offer
    return customer, agent, offer
