"""The subscription of identity: the end of tokens, as every service hears it."""

from typing import Final

from events.transport import Subscriptions
from kit.db import Tx
from kit.revocations import consumers as revocations

subscriptions: Final = Subscriptions[Tx]("identity")
subscriptions.include(revocations.subscriptions)
