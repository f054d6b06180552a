"""Customers on the line: they stay there, whatever the desk does, until somebody decides."""

import asyncio
from contextlib import suppress
from dataclasses import replace
from typing import Any, Final

from demo.actors import Actors
from demo.customer import Customer
from demo.gateway import Refusal
from demo.population.plan import State
from demo.population.registry import Made, Registry

BEAT_SECONDS: Final = 8.0
"""Between two looks at the place in the queue: who does not look for 20 s is no longer there."""
DECIDED: Final = ("APPROVED", "REJECTED", "REVOKED")
WAITING: Final = ("QUEUED", "OFFERED")
ON_THE_LINE: Final = (*WAITING, "CONNECTING", "IN_CALL", "DROPPED")


class Callers:
    """The customers who keep waiting for a call; they come back after a restart."""

    def __init__(self, actors: Actors, registry: Registry) -> None:
        self._actors, self._registry = actors, registry
        self._lines: dict[str, asyncio.Task[None]] = {}

    def keep(self, journey: Made) -> None:
        """Let the customer of a made journey wait, if that is its state and they do not yet."""
        waits = journey.made and journey.state == State.CALL_WAITING
        if waits and journey.hold_id not in self._lines:
            self._lines[journey.hold_id] = asyncio.create_task(self._stay(journey))

    async def close(self) -> None:
        """Put all phones down; the suite notices by itself that nobody is there."""
        for line in self._lines.values():
            line.cancel()
        await asyncio.gather(*self._lines.values(), return_exceptions=True)

    async def _stay(self, journey: Made) -> None:
        customer = self._actors.stranger()
        while True:
            with suppress(Refusal, AssertionError):  # the suite starts again: so does the caller
                customer = await self._signed_in(journey)
                if await self._waits(customer, journey.hold_id):
                    return
            await asyncio.sleep(BEAT_SECONDS)

    async def _signed_in(self, journey: Made) -> Customer:
        customer = self._actors.stranger()
        customer.person = replace(customer.person, phone=journey.phone)
        await customer.signs_in()
        return customer

    async def _waits(self, customer: Customer, hold_id: str) -> bool:
        """Wait until somebody has decided; a call that ended otherwise is placed again."""
        call: dict[str, Any] = {"status": ""}
        while call["status"] not in DECIDED:
            if not await self._registry.target():  # stopped, or staff on autopilot would answer
                if call["status"] in WAITING:
                    await customer.gateway.post(f"/api/videocall/v1/calls/{call['call_id']}/leave")
                call = {"status": ""}
            elif call["status"] in ON_THE_LINE:
                call = await customer.gateway.get(f"/api/videocall/v1/calls/{call['call_id']}")
            else:
                wish = {"hold_id": hold_id, "consent": await customer.agrees()}
                call = await customer.gateway.post("/api/videocall/v1/calls", wish)
            await asyncio.sleep(BEAT_SECONDS)
        return True
