"""The call team and the connection team during a soak: they take whatever comes up next."""

import asyncio
import contextlib
from collections.abc import Iterator
from typing import Any, Final

from tests.soak.traveller import Traveller

from demo.actors import Actors
from demo.call_agent import CallAgent
from demo.gateway import Refusal
from demo.staff import Officer

PAUSE: Final = 0.1
GONE: Final = (404, 409)


@contextlib.contextmanager
def moved_on() -> Iterator[None]:
    """Skip a case whose customer is gone, or that another person has decided."""
    try:
        yield
    except Refusal as refusal:
        if refusal.status not in GONE:
            raise


class Desks:
    """Serves the queues of both teams until it is cancelled."""

    def __init__(self, actors: Actors, travellers: dict[str, Traveller]) -> None:
        self.actors, self.travellers = actors, travellers

    async def answer_calls(self, name: str) -> None:
        """Take one call after the other at an agent's desk (P5.1)."""
        while True:
            agent = await self.actors.agent(name)
            offer = await agent.rings()
            call = await agent.accepts(offer) if offer else None
            if not call:
                await asyncio.sleep(PAUSE)
                continue
            with moved_on():
                await self._decide(agent, call)
                continue
            with moved_on():
                await agent.ends()

    async def _decide(self, agent: CallAgent, call: dict[str, Any]) -> None:
        traveller = self.travellers[call["hold_id"]]
        traveller.call_ids.append(call["call_id"])
        verdict = traveller.verdicts.pop(0) if traveller.verdicts else "approve"
        traveller.note(f"call:{verdict}")
        if verdict == "drop":
            await agent.ends()
            return
        await agent.examines(traveller.customer.person)
        if verdict == "reject":
            await agent.rejects("PHOTO_UNCLEAR")
        else:
            await agent.approves()

    async def decide_dossiers(self) -> None:
        """Take one dossier after the other (P6.1)."""
        while True:
            officer = await self.actors.officer()
            queue = await officer.gateway.get("/api/activation/v1/desk/queue", limit=50)
            for dossier in queue["items"]:
                with moved_on():
                    await self._judge(officer, dossier["hold_id"])
            await asyncio.sleep(PAUSE)

    async def _judge(self, officer: Officer, hold_id: str) -> None:
        traveller = self.travellers[hold_id]
        path = f"/api/activation/v1/desk/{hold_id}"
        await officer.gateway.post(f"{path}/claim")
        if traveller.plan.refused_first and "officer:refuse" not in traveller.notes:
            traveller.note("officer:refuse")
            reason = {"reason_code": "SIGNATURE_INVALID", "reason_text": "Chữ ký không khớp"}
            await officer.gateway.post(f"{path}/refuse", reason)
            return
        confirm = officer.gateway.post(f"{path}/confirm")
        if traveller.plan.revoke_at == "confirmed":
            await asyncio.gather(traveller.is_revoked(), confirm, return_exceptions=True)
        else:
            await confirm
        traveller.note("officer:confirm")
