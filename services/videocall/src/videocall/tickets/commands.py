"""Issuing and opening tickets. Any replica opens what another has issued; no row is needed."""

import base64
import binascii
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from cryptography.exceptions import InvalidTag
from pydantic import BaseModel, ValidationError

from kit.auth import Caller
from kit.sealing import Sealer
from videocall.tickets.domain import RESUME, TICKET, NoTicket

ABOUT: Final = "socket-ticket"


class Ticket(BaseModel):
    """A person who may open a socket until a moment, instead of the one that was lost, if any."""

    caller: Caller
    until: datetime
    lost: UUID | None = None


@dataclass(frozen=True)
class Tickets:
    """Seals tickets with the service's own key."""

    sealer: Sealer

    def issue(self, caller: Caller, *, now: datetime) -> str:
        """Issue a ticket to somebody whose access token was just checked."""
        return self._seal(Ticket(caller=caller, until=now + TICKET))

    def resume(self, caller: Caller, socket: UUID, *, now: datetime) -> str:
        """Issue the ticket by which a socket that is lost is opened anew."""
        return self._seal(Ticket(caller=caller, until=now + RESUME, lost=socket))

    def open(self, text: str, *, now: datetime) -> Ticket:
        """Open a ticket. Raises `NoTicket`; whether the sign-in was revoked since is not asked."""
        try:
            sealed = base64.urlsafe_b64decode(text)
            ticket = Ticket.model_validate_json(self.sealer.open(sealed, about=ABOUT))
        except (InvalidTag, ValidationError, binascii.Error, ValueError) as error:
            raise NoTicket from error
        ends = [ticket.until, ticket.caller.expires_at or ticket.until]
        if min(ends) <= now:
            raise NoTicket
        return ticket

    def _seal(self, ticket: Ticket) -> str:
        sealed = self.sealer.seal(ticket.model_dump_json().encode(), about=ABOUT)
        return base64.urlsafe_b64encode(sealed).decode()
