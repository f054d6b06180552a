"""The mailbox for tests and for people."""

import base64
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from kit.errors import NotFound
from simulators.mail import store
from simulators.mail.reading import read
from simulators.pages import LATEST, page
from simulators.simulation import InSimulation, Simulation

router = APIRouter(prefix="/mail", tags=["mail"])


@dataclass(eq=False)
class NoSuchMail(NotFound):
    """The mailbox has no such mail."""

    mail_id: str


def _heading(mail: store.Mail) -> dict[str, Any]:
    return {
        "id": mail.id,
        "message_id": mail.message_id,
        "from": mail.sender,
        "to": mail.recipients,
        "subject": mail.subject,
        "received_at": mail.received_at,
    }


async def _find(simulation: Simulation, mail_id: str) -> store.Mail:
    async with simulation.transaction() as tx:
        mail = await store.find(tx, mail_id)
    if mail is None:
        raise NoSuchMail(mail_id)
    return mail


@router.get("/v1/messages")
async def mails(
    simulation: InSimulation,
    to: str | None = None,
    limit: Annotated[int, Query(ge=1, le=1000)] = LATEST,
) -> dict[str, Any]:
    """List what arrived for an address, the latest first."""
    async with simulation.transaction() as tx:
        return {"items": [_heading(mail) for mail in await store.latest(tx, to, limit)]}


@router.get("/v1/messages/{mail_id}")
async def mail(simulation: InSimulation, mail_id: str) -> dict[str, Any]:
    """Read a mail, by our number for it or by its Message-ID."""
    mails = await _find(simulation, mail_id)
    letter = read(mails.raw)
    return _heading(mails) | {
        "text": letter.text,
        "html": letter.html,
        "attachments": [
            {
                "filename": enclosure.filename,
                "content_type": enclosure.content_type,
                "content_id": enclosure.content_id,
                "content_base64": base64.b64encode(enclosure.content).decode(),
            }
            for enclosure in letter.enclosures
        ],
    }


@router.get("", include_in_schema=False)
async def mailbox(request: Request, simulation: InSimulation, to: str = "") -> Response:
    """Show the mailbox, of everybody or of one address."""
    async with simulation.transaction() as tx:
        mails = await store.latest(tx, to or None, LATEST)
    return page(request, "mailbox", system="mail", mails=mails, to=to)


@router.get("/read/{mail_id}", include_in_schema=False)
async def read_mail(request: Request, simulation: InSimulation, mail_id: str) -> Response:
    """Show a mail as its reader sees it, in a frame that runs no scripts."""
    mails = await _find(simulation, mail_id)
    return page(request, "mail", mail=mails, letter=read(mails.raw))
