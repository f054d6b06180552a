"""The registry of the population at the simulators: its target, and the journeys that were made."""

from dataclasses import dataclass
from typing import Any

from demo.gateway import Gateway
from demo.population.plan import Slot

PATH = "/sim/population/v1"


@dataclass(frozen=True)
class Made:
    """A journey of the plan that was begun, and perhaps has come to its state."""

    number: int
    state: str
    hold_id: str
    phone: str
    made: bool


class Registry:
    """The simulators' registry, used through the gateway."""

    def __init__(self, gateway: Gateway) -> None:
        self._gateway = gateway

    async def target(self) -> int:
        """Read how many journeys there are to be; none while staff work on autopilot."""
        if (await self._gateway.get("/sim/autopilot/v1"))["on"]:
            return 0
        return int((await self._gateway.get(PATH))["target"])

    async def want(self, number: int) -> None:
        """Say how many journeys there are to be."""
        await self._gateway.put(PATH, {"target": number})

    async def journeys(self) -> dict[int, Made]:
        """Read the journeys so far, by number."""
        answer = await self._gateway.get(f"{PATH}/journeys")
        fields = ("number", "state", "hold_id", "phone", "made")
        rows = [Made(**{name: row[name] for name in fields}) for row in answer["items"]]
        return {row.number: row for row in rows}

    async def write(self, slot: Slot, hold_id: str, phone: str, *, made: bool) -> None:
        """Note a journey: first that it was begun, then that it has come to its state."""
        body: dict[str, Any] = {"state": slot.state, "region": slot.region, "made": made}
        body |= {"hold_id": hold_id, "phone": phone}
        await self._gateway.put(f"{PATH}/journeys/{slot.number}", body)
