"""The lives of tickets, and their refusal."""

from datetime import timedelta
from typing import Final

from kit.errors import Unauthenticated

TICKET: Final = timedelta(seconds=30)
"""The time from the ticket to the socket."""
RESUME: Final = timedelta(minutes=10)
"""The time for which a socket that was lost can be opened anew without another ticket."""


class NoTicket(Unauthenticated):
    """This ticket is none, or too old: ask for another."""
