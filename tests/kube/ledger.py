"""Check that every published event was consumed by all its consumers."""

import asyncio
import time
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import Final

from tests.kube import place

from deploy.k8s.subscriptions import consumed_by
from deploy.services import SERVICES
from events import CATALOGUE

SETTLING_SECONDS: Final = 120
_ASK: Final = """
\\connect {name}
select '{name}', 'sent', topic, event_id from event_log;
select '{name}', 'consumed', '', event_id from inbox;
select '{name}', 'unsent', topic, event_id from outbox;
select '{name}', 'put aside', topic, event_id from parked;
"""


@dataclass
class Ledger:
    """The event ids in the outboxes, inboxes and parked tables of all services."""

    sent: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    consumed: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    open: Counter[str] = field(default_factory=Counter)

    def lost(self) -> Counter[str]:
        """Count events that are not consumed, parked or not sent, by service."""
        missing = {
            f"{topic} not consumed by {consumer}": len(self.sent[topic] - self.consumed[consumer])
            for consumer in SERVICES
            for topic in consumed_by(consumer)
        }
        return +(Counter(missing) + self.open)

    def count_consumed(self) -> int:
        """Count how often events published here were consumed."""
        return sum(
            len(self.sent[topic] & self.consumed[consumer])
            for consumer in SERVICES
            for topic in consumed_by(consumer)
        )


def read() -> Ledger:
    """Ask all databases at once."""
    ledger = Ledger()
    asked = "".join(_ASK.format(name=name) for name in SERVICES)
    psql = ["psql", "-h", "/var/run/postgresql", "-U", "postgres", "-v", "ON_ERROR_STOP=1", "-qtA"]
    for line in place.ask("exec", "-i", "postgres-0", "--", *psql, said=asked).splitlines():
        service, what, topic, event_id = line.split("|")
        if what == "sent":
            ledger.sent[topic].add(event_id)
        elif what == "consumed":
            ledger.consumed[service].add(event_id)
        else:
            ledger.open[f"{topic} {what} by {service}"] += 1
    assert ledger.sent.keys() <= CATALOGUE.keys() | {f"dlq.{name}" for name in SERVICES}
    return ledger


async def nothing_is_lost() -> int:
    """Wait until no event is in flight, and return the number of consumed events."""
    deadline = time.monotonic() + SETTLING_SECONDS
    while lost := (ledger := await asyncio.to_thread(read)).lost():
        assert time.monotonic() < deadline, f"still on its way: {dict(lost)}"
    return ledger.count_consumed()
