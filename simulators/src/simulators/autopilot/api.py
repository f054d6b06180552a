"""The switch of the autopilot: by API, on the first page, and on a page with its journal."""

from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from pydantic import BaseModel

from kit.errors import Conflict
from simulators.pages import LATEST, back_to, page, sent_fields
from simulators.simulation import InSimulation, Simulation

router = APIRouter(prefix="/autopilot", tags=["switchboard"])


HoldId = Annotated[str | None, Query(max_length=64, pattern=r"^[^\x00]*$")]


class Position(BaseModel):
    """The new position of the switch."""

    on: bool


@dataclass(eq=False)
class NoGateway(Conflict):
    """These simulators do not know the suite's gateway, so that staff cannot work there."""


async def _turn(simulation: Simulation, *, on: bool) -> None:
    if simulation.settings.gateway_url is None:
        raise NoGateway
    await simulation.autopilot.set(on=on)


def _state(simulation: Simulation) -> dict[str, Any]:
    return {
        "on": simulation.autopilot.on,
        "left": [
            {"hold_id": item.hold_id, "hold_code": item.hold_code, "reason": item.reason}
            for item in simulation.leftovers.all()
        ],
    }


@router.get("/v1")
async def state(simulation: InSimulation) -> dict[str, Any]:
    """Say whether staff work by themselves, and what they left."""
    return _state(simulation)


@router.put("/v1")
async def turn(simulation: InSimulation, body: Position) -> dict[str, Any]:
    """Turn the autopilot on or off."""
    await _turn(simulation, on=body.on)
    return _state(simulation)


@router.get("/v1/journal")
async def journal(simulation: InSimulation, hold_id: HoldId = None) -> dict[str, Any]:
    """List what was done, the latest first, with the serials of the SIMs that were given out."""
    lines = await simulation.journal.latest(LATEST, hold_id)
    items = [
        {
            "at": line.at,
            "hold_id": line.hold_id,
            "hold_code": line.hold_code,
            "person": line.person,
            "text": line.text,
            "sim_serial": line.sim_serial,
        }
        for line in lines
    ]
    return {"items": items}


@router.get("", include_in_schema=False)
async def show(request: Request, simulation: InSimulation, hold_id: HoldId = None) -> Response:
    """Show the switch, what was done and what was left, for all journeys or for one."""
    lines = await simulation.journal.latest(LATEST, hold_id or None)
    left = simulation.leftovers.all()
    codes = {line.hold_id: line.hold_code for line in lines if line.hold_code}
    return page(request, "autopilot", lines=lines, codes=codes, left=left, hold_id=hold_id)


@router.post("/press", include_in_schema=False)
async def press(request: Request, simulation: InSimulation) -> Response:
    """Set the switch from a page."""
    fields = await sent_fields(request)
    await _turn(simulation, on=fields.get("on") == "1")
    return back_to(request, "autopilot" if fields.get("page") == "autopilot" else "")
