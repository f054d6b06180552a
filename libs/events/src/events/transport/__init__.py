"""The transport of the facts: outbox, relay, consumer and inbox. This list is its public face.

Services import nothing else of it, and their tests `events.transport.testing` besides.
"""

from events.transport import outbox, topics
from events.transport.envelope import Envelope
from events.transport.health import Health
from events.transport.inbox import Inbox, Policy
from events.transport.runtime import RelayPlace, running
from events.transport.subscriptions import Subscriptions, Transaction
from events.transport.tables import metadata

__all__ = [
    "Envelope",
    "Health",
    "Inbox",
    "Policy",
    "RelayPlace",
    "Subscriptions",
    "Transaction",
    "metadata",
    "outbox",
    "running",
    "topics",
]
