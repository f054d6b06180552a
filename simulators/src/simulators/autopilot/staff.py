"""The staff on autopilot: their consoles, their journal, and the work they leave to people."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import httpx
import structlog

from kit import clock
from simulators.autopilot.console import Console, Refusal
from simulators.autopilot.switch import line
from simulators.simulation import Simulation

Item = Mapping[str, Any]
"""An order, a case, a call or a dossier, as a list of the suite shows it."""

log = structlog.get_logger()


class LeftToPeople(Exception):
    """The autopilot does not decide this; the message says why."""


class Staff:
    """The members of staff on autopilot, each with a console of the gateway."""

    def __init__(self, simulation: Simulation, http: httpx.AsyncClient, gateway: str) -> None:
        self.simulation = simulation
        self._http, self._gateway = http, gateway
        self._consoles: dict[str, Console] = {}

    def console(self, username: str) -> Console:
        """Return the console of a member of staff."""
        if username not in self._consoles:
            password = self.simulation.settings.staff_password
            self._consoles[username] = Console(self._http, self._gateway, username, password)
        return self._consoles[username]

    async def handle(self, item: Item, work: Callable[[Item], Awaitable[None]]) -> None:
        """Work on an item that was not refused just now and is no demo data. Raises Unreachable."""
        leftovers, key = self.simulation.leftovers, f"{work.__qualname__}:{item['hold_id']}"
        if not self.simulation.autopilot.on or leftovers.is_resting(key):
            return
        if self.simulation.population.has(str(item["hold_id"])):
            return
        try:
            await work(item)
        except (Refusal, LeftToPeople) as refusal:
            pause = leftovers.leave(
                key,
                hold_id=str(item["hold_id"]),
                hold_code=item.get("hold_code") or "",
                reason=refusal.title if isinstance(refusal, Refusal) else str(refusal),
            )
            log.info(
                "autopilot_left_work", hold_id=item["hold_id"], refused=str(refusal), pause=pause
            )
        else:
            leftovers.forget(key)

    async def note(
        self, person: str, text: str, item: Item, *, sim_serial: str | None = None
    ) -> None:
        """Write down that something was done for a journey."""
        log.info("autopilot_worked", person=person, text=text, hold_id=item["hold_id"])
        await self.simulation.journal.write(
            line(
                person,
                text,
                hold_id=str(item["hold_id"]),
                hold_code=item.get("hold_code"),
                sim_serial=sim_serial,
                now=clock.now(),
            )
        )
