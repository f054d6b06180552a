"""The administration page and API: fault switches, counts of effects, callbacks."""

import re
from typing import Annotated, Any, Final

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from pydantic import BaseModel, Field
from sqlalchemy import select

from simulators import tasks
from simulators.callbacks import KIND
from simulators.carrier import store as carrier
from simulators.ekyc import store as ekyc
from simulators.faults import Fault
from simulators.mail import store as mail
from simulators.msale import store as msale
from simulators.pages import LATEST, back_to, page, sent_fields
from simulators.payment import refunds as payment
from simulators.simulation import InSimulation, Simulation
from simulators.sms import store as sms

router = APIRouter(tags=["switchboard"])

PAGES: Final = ("payment", "carrier/shipper", "ekyc", "msale", "sms", "mail")
SYSTEMS: Final = (payment, carrier, ekyc, msale, sms, mail)


class Switch(BaseModel):
    """The new position of a fault switch."""

    on: bool = True
    times: Annotated[int, Field(ge=1, le=1_000_000)] | None = None
    delay_seconds: Annotated[float, Field(ge=0, le=3600)] | None = None
    value: Annotated[str, Field(max_length=200, pattern=r"^[^\x00]*$")] | None = None


def _described(fault: Fault) -> dict[str, Any]:
    return {
        "system": fault.system,
        "name": fault.name,
        "on": fault.on,
        "times": fault.times_left,
        "delay_seconds": fault.delay_seconds,
        "value": fault.value,
        "says": fault.says,
    }


async def _count(simulation: Simulation, ref: str | None) -> dict[str, int]:
    numbers: dict[str, int] = {}
    async with simulation.transaction() as tx:
        for system in SYSTEMS:
            numbers |= await system.counts(tx, ref)
    return numbers


@router.get("/counts")
async def counts(
    simulation: InSimulation, ref: Annotated[str | None, Query(min_length=1, max_length=320)] = None
) -> dict[str, int]:
    """Count real effects: of everything, or of one business object."""
    return await _count(simulation, ref)


@router.get("/faults")
async def faults(simulation: InSimulation) -> dict[str, Any]:
    """List all switches."""
    return {"items": [_described(fault) for fault in simulation.faults.all()]}


@router.put("/faults/{system}/{name}")
async def switch(simulation: InSimulation, system: str, name: str, body: Switch) -> dict[str, Any]:
    """Turn a fault on or off; with `times` it goes off by itself."""
    times = body.times if body.on else None
    fault = Fault(system, name, body.on, times, body.delay_seconds, body.value)
    await simulation.faults.switch(fault)
    return _described(fault)


@router.delete("/faults", status_code=204)
async def clear(simulation: InSimulation) -> None:
    """Turn everything off."""
    await simulation.faults.clear()


@router.get("/callbacks")
async def callbacks(
    simulation: InSimulation,
    ref: str | None = None,
    limit: Annotated[int, Query(ge=1, le=1000)] = LATEST,
) -> dict[str, Any]:
    """List the callbacks that were or will be sent, the latest first."""
    query = select(tasks.Task).where(tasks.Task.kind == KIND)
    if ref is not None:
        query = query.where(tasks.Task.payload["ref"].as_string() == ref)
    async with simulation.transaction() as tx:
        rows = list(await tx.scalars(query.order_by(tasks.Task.id.desc()).limit(limit)))
    items = [
        {
            "id": row.id,
            "target": row.payload["target"],
            "ref": row.payload["ref"],
            "message": row.payload["message"],
            "state": row.state,
            "attempts": row.attempts,
            "last_answer": row.last_answer,
        }
        for row in rows
    ]
    return {"items": items}


@router.get("/", include_in_schema=False)
async def index(request: Request, simulation: InSimulation) -> Response:
    """Show all systems, what they have done, and every switch."""
    return page(
        request,
        "index",
        counts=await _count(simulation, None),
        all_faults=simulation.faults.all(),
        public_url=simulation.settings.public_url,
    )


@router.post("/faults/{system}/{name}/press", include_in_schema=False)
async def press(request: Request, simulation: InSimulation, system: str, name: str) -> Response:
    """Set a switch from a page."""
    fields = await sent_fields(request)
    times = fields.get("times", "")
    is_on = fields.get("on") == "1"
    times_left = int(times) if is_on and re.fullmatch("[1-9][0-9]{0,5}", times) else None
    await simulation.faults.switch(Fault(system, name, is_on, times_left))
    name = fields.get("page", "")
    return back_to(request, name if name in PAGES else "")
