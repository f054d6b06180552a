"""Kafka: everything the hold service listens to."""

from typing import Final

from events.transport import Subscriptions
from hold.channels import consumers as channels
from hold.clocks import consumers as clocks
from hold.holds import consumers as holds
from hold.offers import consumers as offers
from kit.db import Tx
from kit.revocations import consumers as revocations

subscriptions: Final = Subscriptions[Tx]("hold")
for noun in (channels, clocks, holds, offers, revocations):
    subscriptions.include(noun.subscriptions)
