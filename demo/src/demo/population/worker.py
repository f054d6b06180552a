"""The worker: plays what is missing of the plan, one journey after the other, without haste."""

import asyncio
import logging
import time
from typing import Final

import psutil

from demo.actors import Actors
from demo.population.callers import Callers
from demo.population.channels import Channels
from demo.population.homes import Homes
from demo.population.journey import Journey
from demo.population.plan import Slot, plan
from demo.population.plays import PLAYS
from demo.population.registry import Made, Registry
from demo.population.staff import RegionalStaff

LOOK_SECONDS: Final = 2.0
REST: Final = 0.5
"""Rest after a journey, as a share of the time that it took."""
BUSY_PERCENT: Final = 70.0
"""From this load on the machine has other things to do: the next journey waits."""
LONGEST_WAIT_SECONDS: Final = 15.0

log = logging.getLogger("population")


class Worker:
    """Brings the population to its target, and keeps callers on the line."""

    def __init__(self, actors: Actors) -> None:
        self._actors = actors
        self._registry = Registry(actors.gateway)
        self._staff = RegionalStaff(actors)
        self._channels = Channels(actors)
        self._homes = Homes(actors.address)
        self._callers = Callers(actors, self._registry)
        self._failed = set[int]()

    async def run(self) -> None:
        """Work until cancelled; a suite that starts again is waited for."""
        try:
            while True:
                if not await self.play_next():
                    await asyncio.sleep(LOOK_SECONDS)
        finally:
            await self.close()

    async def close(self) -> None:
        """Let the callers go, and close all lines."""
        await self._callers.close()
        await self._homes.close()

    async def play_next(self) -> bool:
        """Play the first journey that is missing, and rest; tell whether there was one."""
        try:
            journeys = await self.keep_callers()
            target = await self._registry.target()
        except Exception as error:  # noqa: BLE001, whatever it is, the suite will be back
            log.warning("registry_unreachable error=%r", error)
            return False
        made = {number for number, journey in journeys.items() if journey.made}
        missing = [slot for slot in plan(target) if slot.number not in made]
        if not missing:
            return False
        fresh = [slot for slot in missing if slot.number not in self._failed]
        if not fresh:
            self._failed.clear()  # once more from the first
        began = time.monotonic()
        await self.play((fresh or missing)[0])
        log.info("journeys_missing %d of %d", len(missing) - 1, target)
        await asyncio.sleep(REST * min(time.monotonic() - began, LONGEST_WAIT_SECONDS))
        await _machine_has_time()
        return True

    async def keep_callers(self) -> dict[int, Made]:
        """Let the customers wait whose state that is, and return all journeys by number."""
        journeys = await self._registry.journeys()
        for journey in journeys.values():
            self._callers.keep(journey)
        return journeys

    async def play(self, slot: Slot) -> None:
        """Play one journey; one that fails is logged, and tried again after the others."""
        began, home = time.monotonic(), self._homes.of(slot.number)
        journey = Journey(slot, home, self._actors, self._staff, self._channels, self._registry)
        try:
            await PLAYS[slot.state](journey)
            await journey.note(made=True)
        except Exception as error:  # noqa: BLE001, one journey's trouble must not end the others
            self._failed.add(slot.number)
            log.warning("journey_failed %d %s %s %r", slot.number, slot.state, slot.region, error)
        else:
            took = time.monotonic() - began
            log.info("journey_made %d %s %s %.1fs", slot.number, slot.state, slot.region, took)


async def _machine_has_time() -> None:
    """Wait while the machine is busy with something else; not for ever, or nothing would come."""
    deadline = time.monotonic() + LONGEST_WAIT_SECONDS
    psutil.cpu_percent()
    while time.monotonic() < deadline:
        await asyncio.sleep(0.5)
        if psutil.cpu_percent() < BUSY_PERCENT:
            return
