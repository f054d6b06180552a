"""The log: what the service told its clients, written down as they hear it."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from uuid import UUID

IN_CONTACT: Final = timedelta(seconds=15)
"""A customer who heard of the call within this time was heard, too: the service waits for 20 s."""


@dataclass
class ClientLog:
    """All that customers and agents were told and did, for the comparison with the rows."""

    offers: dict[tuple[UUID, int], set[UUID]] = field(default_factory=dict)
    """By call and epoch, the agents at whose desks it rang, as they were told."""
    accepted: dict[UUID, set[UUID]] = field(default_factory=dict)
    """By call, the agents who were told that they have it in hand."""
    placed: dict[UUID, UUID] = field(default_factory=dict)
    """Calls that were asked for, each with its hold."""
    left: set[UUID] = field(default_factory=set)
    """Calls of customers who hung up."""
    given_up: set[UUID] = field(default_factory=set)
    """Calls that ended as abandoned, and nobody had hung up."""
    sent_away: Counter[str] = field(default_factory=Counter)
    """Words to agents that they are off duty, or lost a call, while they were there."""
    answers: Counter[str] = field(default_factory=Counter)
    """Answers and closings that are no plain success, by method, status and problem."""
    disturbances: Counter[str] = field(default_factory=Counter)
    finished: Counter[str] = field(default_factory=Counter)
    """Customers who have done, by the status of their last call."""

    contacts: dict[UUID, list[datetime]] = field(default_factory=dict)
    """The moments at which customers heard of their calls: they were there, and reachable."""

    def hears(self, call: str | None) -> None:
        """Note that a customer has just heard of a call."""
        if call:
            self.contacts.setdefault(UUID(call), []).append(datetime.now(UTC))

    def was_in_contact(self, call_id: UUID, moment: datetime) -> bool:
        """Tell whether the customer of a call was heard shortly before a moment."""
        moments = self.contacts.get(call_id, ())
        return any(moment - IN_CONTACT < each <= moment for each in moments)

    def hears_of_offer(self, agent: UUID, offer: dict[str, Any]) -> None:
        """Note that a call rings at an agent's desk."""
        key = (UUID(offer["call_id"]), int(offer["epoch"]))
        self.offers.setdefault(key, set()).add(agent)

    def hears_of_hand(self, agent: UUID, call_id: UUID) -> None:
        """Note that an agent has a call in hand."""
        self.accepted.setdefault(call_id, set()).add(agent)
