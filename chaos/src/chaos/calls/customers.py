"""Customers as programs: they call, wait, come back and call again until an agent has decided."""

import asyncio
import random
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from chaos.calls.client_log import ClientLog
from chaos.calls.clients import Client
from videocall.calls.states import LIVE, Status
from videocall.consents.domain import NEEDED, PRESENT, TEXTS

LEAVES: Final = 0.05
"""The share of the customers who hang up while they wait."""
BACK_AFTER_SECONDS: Final = 0.5


@dataclass
class Customer:
    """A customer of one hold."""

    hold_id: UUID
    client: Client
    log: ClientLog
    calls: dict[UUID, "Customer"]
    """All customers by their calls, so that an agent with a camera finds the other party."""
    rng: random.Random

    async def run(self) -> None:
        """Call until an agent has decided, or for the one or other until patience ends."""
        leaves = self.rng.random() < LEAVES
        while (call_id := await self._call()) is not None:
            status = await self._follow(call_id, leaves=leaves)
            if status is not Status.RETRY_NEEDED:
                if status is Status.ABANDONED and call_id not in self.log.left:
                    self.log.given_up.add(call_id)
                self.log.finished[status] += 1
                return
        self.log.finished["refused"] += 1

    async def _call(self) -> UUID | None:
        text = TEXTS[PRESENT, "vi"]
        consent = {"version": text.version, "sha256": text.sha256, "locale": "vi"}
        wish = {"hold_id": str(self.hold_id), "consent": consent | {"purposes": list(NEEDED)}}
        answer = await self.client.ask("POST", "/v1/calls", wish)
        if answer.is_error:
            return None
        call_id = UUID(answer.json()["call_id"])
        self.log.placed[call_id] = self.hold_id
        self.log.hears(str(call_id))
        self.calls[call_id] = self
        return call_id

    async def _follow(self, call_id: UUID, *, leaves: bool) -> Status:
        """Watch a call to its end, and return how it ended."""
        async for message in self.client.documents(("call", call_id)):
            call: dict[str, Any] = message["body"]
            status = Status(call["status"])
            if status not in LIVE:
                return status
            if status is Status.DROPPED:
                await asyncio.sleep(BACK_AFTER_SECONDS)
                await self.client.ask("POST", f"/v1/calls/{call_id}/return", {})
            elif status is Status.QUEUED and leaves:
                self.log.left.add(call_id)
                await self.client.ask("POST", f"/v1/calls/{call_id}/leave")
        raise AssertionError
