"""Gathers the nouns' consumers on one subscription."""

from activation.journeys import consumers as journeys
from events.transport import Subscriptions
from kit.db import Tx
from kit.revocations import consumers as revocations

subscriptions = Subscriptions[Tx]("activation")
subscriptions.include(journeys.subscriptions, revocations.subscriptions)
