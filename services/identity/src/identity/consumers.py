"""Kafka: identity hears of itself, as every service does, which tokens are good no more."""

from typing import Final

from events.transport import Subscriptions
from kit.db import Tx
from kit.revocations import consumers as revocations

subscriptions: Final = Subscriptions[Tx]("identity")
revocations.listen(subscriptions)
