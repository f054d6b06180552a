"""Gathers what the nouns do when they hear other services."""

from events.transport import Subscriptions
from kit.db import Tx
from kit.revocations import consumers as revocations
from videocall.calls import consumers as calls
from videocall.journeys import consumers as journeys
from videocall.retention import consumers as retention

subscriptions = Subscriptions[Tx]("videocall")
for noun in (journeys, calls, retention, revocations):
    subscriptions.include(noun.subscriptions)
