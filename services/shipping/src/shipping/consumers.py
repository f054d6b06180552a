"""Kafka: the handlers of all nouns of shipping, on one consumer."""

from events.transport import Subscriptions
from kit.db import Tx
from kit.revocations import consumers as revocations
from shipping.deliveries import consumers as deliveries
from shipping.holds import consumers as holds
from shipping.shipments import consumers as shipments

subscriptions = Subscriptions[Tx]("shipping")
for noun in (holds, deliveries, shipments, revocations):
    subscriptions.include(noun.subscriptions)
