"""The mailbox for tests and for people."""

import base64
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from kit.errors import NotFound
from simulators.mail import state
from simulators.mail.reading import read
from simulators.pages import LATEST, page
from simulators.world import Outside, World

router = APIRouter(prefix="/mail", tags=["mail"])


@dataclass(eq=False)
class NoSuchMail(NotFound):
    """The mailbox has no such mail."""

    mail_id: str


def _heading(mail: state.Mail) -> dict[str, Any]:
    return {
        "id": mail.id,
        "message_id": mail.message_id,
        "from": mail.sender,
        "to": mail.recipients,
        "subject": mail.subject,
        "received_at": mail.received_at,
    }


async def _find(world: World, mail_id: str) -> state.Mail:
    async with world.transaction() as tx:
        mail = await state.find(tx, mail_id)
    if mail is None:
        raise NoSuchMail(mail_id)
    return mail


@router.get("/v1/messages")
async def mails(
    world: Outside,
    to: str | None = None,
    limit: Annotated[int, Query(ge=1, le=1000)] = LATEST,
) -> dict[str, Any]:
    """List what arrived for an address, the latest first."""
    async with world.transaction() as tx:
        return {"items": [_heading(mail) for mail in await state.latest(tx, to, limit)]}


@router.get("/v1/messages/{mail_id}")
async def mail(world: Outside, mail_id: str) -> dict[str, Any]:
    """Read a mail, by our number for it or by its Message-ID."""
    found = await _find(world, mail_id)
    letter = read(found.raw)
    return _heading(found) | {
        "text": letter.text,
        "html": letter.html,
        "attachments": [
            {
                "filename": one.filename,
                "content_type": one.content_type,
                "content_id": one.content_id,
                "content_base64": base64.b64encode(one.content).decode(),
            }
            for one in letter.enclosures
        ],
    }


@router.get("", include_in_schema=False)
async def mailbox(request: Request, world: Outside, to: str = "") -> Response:
    """Show the mailbox, of everybody or of one address."""
    async with world.transaction() as tx:
        found = await state.latest(tx, to or None, LATEST)
    return page(request, "mailbox", system="mail", mails=found, to=to)


@router.get("/read/{mail_id}", include_in_schema=False)
async def read_mail(request: Request, world: Outside, mail_id: str) -> Response:
    """Show a mail as its reader sees it, in a frame that runs no scripts."""
    found = await _find(world, mail_id)
    return page(request, "mail", mail=found, letter=read(found.raw))
