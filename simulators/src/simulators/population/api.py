"""The demo's journeys: by API for the process that makes them, and as a page for people."""

from collections import Counter
from typing import Annotated, Any, Final

from fastapi import APIRouter, Path, Request
from fastapi.responses import Response
from pydantic import BaseModel, Field

from simulators.pages import back_to, page, sent_fields
from simulators.population.registry import Journey
from simulators.simulation import InSimulation, Simulation

router = APIRouter(prefix="/population", tags=["switchboard"])

USUAL: Final = 300
MOST: Final = 3000
Word = Annotated[str, Field(max_length=64, pattern=r"^[^\x00]*$")]
Number = Annotated[int, Path(ge=0, lt=MOST)]


class NewTarget(BaseModel):
    """The number of journeys that there are to be; 0 stops the work."""

    target: Annotated[int, Field(ge=0, le=MOST)]


class Report(BaseModel):
    """A journey that was begun, or that has come to its state."""

    state: Word
    region: Word
    hold_id: Word
    phone: Word
    made: bool


def _progress(simulation: Simulation) -> dict[str, Any]:
    return {"target": simulation.population.target, "made": simulation.population.made}


@router.get("/v1")
async def progress(simulation: InSimulation) -> dict[str, Any]:
    """Say how many journeys were made, and how many there are to be."""
    return _progress(simulation)


@router.put("/v1")
async def want(simulation: InSimulation, body: NewTarget) -> dict[str, Any]:
    """Set how many journeys there are to be; those that exist count."""
    await simulation.population.want(body.target)
    return _progress(simulation)


@router.get("/v1/journeys")
async def journeys(simulation: InSimulation) -> dict[str, Any]:
    """List the journeys in the order of the plan, those under way included."""
    rows = await simulation.population.journeys()
    names = ("number", *Report.model_fields)
    return {"items": [{name: getattr(row, name) for name in names} for row in rows]}


@router.put("/v1/journeys/{number}", status_code=204)
async def report(simulation: InSimulation, number: Number, body: Report) -> Response:
    """Note how far a journey of the plan has come."""
    await simulation.population.write(Journey(number=number, **body.model_dump()))
    return Response(status_code=204)


@router.get("", include_in_schema=False)
async def show(request: Request, simulation: InSimulation) -> Response:
    """Show the progress, and the journeys by state and by region."""
    made = [row for row in await simulation.population.journeys() if row.made]
    states, regions = Counter(row.state for row in made), Counter(row.region for row in made)
    return page(
        request,
        "population",
        states=sorted(states.items()),
        regions=sorted(regions.items()),
    )


@router.post("/press", include_in_schema=False)
async def press(request: Request, simulation: InSimulation) -> Response:
    """Stop the work or let it go on, from a page."""
    fields = await sent_fields(request)
    await simulation.population.want(USUAL if fields.get("on") == "1" else 0)
    return back_to(request, "population" if fields.get("page") == "population" else "")
