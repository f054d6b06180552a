"""The states of a hold, and which may follow which."""

from enum import StrEnum
from typing import Final


class Status(StrEnum):
    """Where a hold stands."""

    DRAFT = "DRAFT"
    HELD = "HELD"
    CONFIRMED = "CONFIRMED"
    CONSUMED = "CONSUMED"
    RELEASED = "RELEASED"
    EXPIRED = "EXPIRED"


LIVE: Final = (Status.DRAFT, Status.HELD, Status.CONFIRMED)
UNPAID: Final = (Status.DRAFT, Status.HELD)

# Whatever had a slip may be consumed: what the network has connected is connected.
NEXT: Final[dict[Status, set[Status]]] = {
    Status.DRAFT: {Status.HELD, Status.RELEASED, Status.EXPIRED},
    Status.HELD: {Status.CONFIRMED, Status.RELEASED, Status.EXPIRED, Status.CONSUMED},
    Status.CONFIRMED: {Status.CONSUMED, Status.RELEASED, Status.EXPIRED},
    Status.CONSUMED: set(),
    Status.RELEASED: {Status.CONSUMED},
    Status.EXPIRED: {
        Status.CONFIRMED,  # paid or fetched in time, heard late, and nobody else has it
        Status.CONSUMED,
        Status.RELEASED,  # its order is cancelled: nothing brings it back
    },
}
