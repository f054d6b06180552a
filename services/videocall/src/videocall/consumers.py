"""Gathers what the nouns do when they hear other services."""

from events.transport import Subscriptions
from kit.db import Tx
from kit.revocations import consumers as revocations
from videocall.calls import consumers as calls
from videocall.journeys import consumers as journeys

subscriptions = Subscriptions[Tx]("videocall")
for noun in (journeys, calls, revocations):
    subscriptions.include(noun.subscriptions)
