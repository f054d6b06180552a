"""The loop that lets staff work while the autopilot is on."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Final, Protocol

import httpx
import structlog

from simulators.autopilot.calls import Calls
from simulators.autopilot.connections import Connections
from simulators.autopilot.console import Refusal, Unreachable
from simulators.autopilot.parcels import Parcels
from simulators.autopilot.reviews import Reviews
from simulators.autopilot.staff import Staff
from simulators.simulation import Simulation

PAUSE_SECONDS: Final = 1.0
AFTER_TROUBLE_SECONDS: Final = 5.0

log = structlog.get_logger()


class WorkList(Protocol):
    """A list of work that somebody works off."""

    async def work(self) -> None:
        """Take each item one step further."""


@asynccontextmanager
async def working(simulation: Simulation, http: httpx.AsyncClient) -> AsyncGenerator[None]:
    """Let staff work while this lasts and the switch is on; without a gateway there is nobody."""
    gateway = simulation.settings.gateway_url
    if gateway is None:
        yield
        return
    staff = Staff(simulation, http, gateway)
    lists: tuple[WorkList, ...] = (
        Parcels(staff),
        Reviews(staff),
        Calls(staff),
        Connections(staff),
    )
    loops = [asyncio.create_task(_work_off(simulation, each)) for each in lists]
    try:
        yield
    finally:
        for loop in loops:
            loop.cancel()
        await asyncio.gather(*loops, return_exceptions=True)


async def _work_off(simulation: Simulation, work_list: WorkList) -> None:
    while True:
        await simulation.autopilot.wait_until_on()
        pause = PAUSE_SECONDS
        try:
            await work_list.work()
        except (Refusal, Unreachable) as trouble:
            # The suite starts again, or these staff may not sign in here: later is another try.
            pause = AFTER_TROUBLE_SECONDS
            log.warning("autopilot_paused", work_list=_name(work_list), reason=str(trouble))
        except Exception:
            # One list that cannot be read must not end the work on the others, or on itself.
            pause = AFTER_TROUBLE_SECONDS
            log.exception("autopilot_failed", work_list=_name(work_list))
        await asyncio.sleep(pause)


def _name(work_list: WorkList) -> str:
    return type(work_list).__name__
