"""Agents as programs: they answer what rings, examine, decide, and are available again."""

import asyncio
import io
import random
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

import httpx
from PIL import Image, ImageDraw

from chaos.calls.cameras import CameraPair
from chaos.calls.client_log import ClientLog
from chaos.calls.clients import Client
from chaos.calls.customers import Customer
from videocall.agents.domain import AgentState
from videocall.calls.states import IN_HAND, NEEDED, Status

TICKED: Final = dict.fromkeys(
    ("id_number", "full_name", "date_of_birth", "face", "same_person"), True
)
TALKS_SECONDS: Final = (0.5, 2.0)
DECLINES: Final = 0.08
"""The share of the offers that an agent declines."""
DECISIONS: Final = {"technical": 0.1, "reject": 0.1, "drop": 0.1, "approve": 0.7}
"""The shares of what an agent does with a call in hand; a dropped one is approved after that."""
DESK: Final = "/v1/desk"


def _photo() -> bytes:
    """Draw a photo that is sharp enough to be accepted."""
    picture, paper = io.BytesIO(), Image.new("RGB", (960, 720), "navy")
    for x in range(0, 960, 24):
        ImageDraw.Draw(paper).line((x, 0, x, 720), fill="white", width=8)
    paper.save(picture, "JPEG")
    return picture.getvalue()


PHOTO: Final = _photo()


@dataclass
class Agent:
    """A call agent at the desk; with a cameras, their calls have picture and sound."""

    id: UUID
    client: Client
    log: ClientLog
    calls: dict[UUID, Customer]
    rng: random.Random
    cameras: CameraPair | None = None
    answered: set[tuple[str, int]] = field(default_factory=set)
    over: set[UUID] = field(default_factory=set)
    """Calls that are known to have ended: a late message may still say that one is in hand."""

    async def run(self) -> None:
        """Be on duty for ever, whatever happens to the connection."""
        await self._is_available()
        async for message in self.client.documents(("queue", None), ("shift", None)):
            body = message["body"]
            if message["t"] == "queue":
                await self._look(body)
            elif body["state"] == AgentState.OFFLINE:
                self.log.sent_away["off duty"] += 1
            if message["t"] == "shift" and body["state"] not in (
                AgentState.AVAILABLE,
                AgentState.RESERVED,
                AgentState.BUSY,
            ):
                await self._is_available()

    async def leaves(self) -> None:
        """Go off duty."""
        await self.client.ask("PUT", f"{DESK}/shift", {"state": AgentState.OFFLINE})

    async def _is_available(self) -> None:
        await self.client.ask("PUT", f"{DESK}/shift", {"state": AgentState.AVAILABLE})

    async def _look(self, queue: dict[str, Any]) -> None:
        in_hand = queue["in_hand"] and UUID(queue["in_hand"])
        if in_hand and in_hand not in self.over:
            await self._handle(in_hand)
        elif offer := queue["offer"]:
            self.log.hears_of_offer(self.id, offer)
            key = (offer["call_id"], offer["epoch"])
            if key not in self.answered:
                self.answered.add(key)
                await self._answer(offer)

    async def _answer(self, offer: dict[str, Any]) -> None:
        verb = "decline" if self.rng.random() < DECLINES else "accept"
        path = f"{DESK}/calls/{offer['call_id']}/{verb}"
        answer = await self.client.ask("POST", path, {"epoch": offer["epoch"]})
        if verb == "accept" and answer.is_success:
            await self._handle(UUID(offer["call_id"]))

    async def _handle(self, call_id: UUID) -> None:
        """Examine a call in hand and decide it, and be available again."""
        self.log.hears_of_hand(self.id, call_id)
        customer = self.calls.get(call_id)
        if self.cameras and customer:
            await self.cameras.record(call_id, customer.client, self.client)
        else:
            await asyncio.sleep(self.rng.uniform(*TALKS_SECONDS))
        await self._decide(call_id)
        if (await self._sees(call_id)).json()["status"] not in IN_HAND:
            self.over.add(call_id)
        await self._is_available()

    async def _decide(self, call_id: UUID) -> None:
        [decision] = self.rng.choices([*DECISIONS], [*DECISIONS.values()])
        match decision:
            case "technical":
                await self._do(call_id, "technical")
            case "reject":
                await self._do(call_id, "reject", {"reason_code": "CALL_QUALITY"})
            case "drop":
                await self._do(call_id, "drop")
                await self._until_back(call_id)
                await self._approve(call_id)
            case "approve":
                await self._approve(call_id)

    async def _approve(self, call_id: UUID) -> None:
        call = (await self._sees(call_id)).json()
        for challenge in call.get("challenges", ()):
            path = f"challenges/{challenge['id']}"
            await self._do(call_id, f"{path}/issue")
            await self._do(call_id, f"{path}/result", {"result": "PASS"})
        for kind in NEEDED:
            path = f"{DESK}/calls/{call_id}/photos/{kind}"
            await self.client.ask("POST", path, content=PHOTO)
        while True:
            wish = {"checklist": TICKED, "epoch": call.get("epoch", 1)}
            answer = await self._do(call_id, "approve", wish)
            if answer.is_success or not self.cameras:
                return
            if (await self._sees(call_id)).json()["status"] not in IN_HAND:
                return
            customer = self.calls[call_id]
            await self.cameras.record(call_id, customer.client, self.client)

    async def _until_back(self, call_id: UUID) -> None:
        while (await self._sees(call_id)).json()["status"] == Status.DROPPED:  # noqa: ASYNC110
            await asyncio.sleep(0.3)

    async def _sees(self, call_id: UUID) -> httpx.Response:
        return await self.client.ask("GET", f"{DESK}/calls/{call_id}")

    async def _do(self, call_id: UUID, action: str, body: Any = None) -> httpx.Response:
        return await self.client.ask("POST", f"{DESK}/calls/{call_id}/{action}", body)
