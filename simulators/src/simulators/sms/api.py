"""The SMS gateway's interface, and the inbox for tests."""

from typing import Annotated, Any

from fastapi import APIRouter, Header, Query, Request
from fastapi.responses import Response
from pydantic import AfterValidator, BaseModel, Field

from kit import clock
from simulators.pages import LATEST, page
from simulators.phone import e164
from simulators.protocols import protocol
from simulators.simulation import InSimulation
from simulators.sms import store

router = protocol("sms", "/sms/v1")
inbox = APIRouter(prefix="/sms", tags=["sms"])


def _must_be_a_number(written: str) -> str:
    number = e164(written)
    if number is None:
        message = "not a Vietnamese phone number"
        raise ValueError(message)
    return number


class Message(BaseModel):
    """A message to send."""

    to: Annotated[str, AfterValidator(_must_be_a_number)]
    text: Annotated[str, Field(min_length=1, max_length=1600, pattern=r"^[^\x00]+$")]
    purpose: Annotated[str, Field(max_length=100, pattern=r"^[^\x00]*$")] = ""


@router.post("/messages", status_code=202)
async def send(
    simulation: InSimulation,
    body: Message,
    idempotency_key: Annotated[str | None, Header(max_length=200)] = None,
) -> dict[str, str]:
    """Send a message (F1.8, F2.3)."""
    async with simulation.transaction() as tx:
        sms = await store.send(
            tx,
            idempotency_key,
            to=body.to,
            text=body.text,
            purpose=body.purpose,
            now=clock.now(),
        )
    return {"message_id": sms.id}


@inbox.get("/v1/messages")
async def messages(
    simulation: InSimulation,
    to: str | None = None,
    limit: Annotated[int, Query(ge=1, le=1000)] = LATEST,
) -> dict[str, Any]:
    """Read what was sent to a phone, the latest first."""
    async with simulation.transaction() as tx:
        messages = await store.latest(tx, None if to is None else e164(to) or "", limit)
    items = [
        {
            "message_id": sms.id,
            "to": sms.to,
            "text": sms.text,
            "purpose": sms.purpose,
            "sent_at": sms.sent_at,
        }
        for sms in messages
    ]
    return {"items": items}


@inbox.get("", include_in_schema=False)
async def phones(request: Request, simulation: InSimulation, to: str = "") -> Response:
    """Show the messages, of all phones or of one."""
    async with simulation.transaction() as tx:
        messages = await store.latest(tx, e164(to) or to if to else None, LATEST)
    return page(request, "sms", system="sms", messages=messages, to=to)
