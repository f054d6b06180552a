"""Kafka: everything the catalog listens to."""

from typing import Final

from catalog.numbers import consumers as numbers
from events.transport import Subscriptions
from kit.db import Tx
from kit.revocations import consumers as revocations

subscriptions: Final = Subscriptions[Tx]("catalog")
subscriptions.include(numbers.subscriptions, revocations.subscriptions)
