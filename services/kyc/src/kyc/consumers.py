"""Gathers the consumers of all nouns on one subscription."""

from events.transport import Subscriptions
from kit.db import Tx
from kit.revocations import consumers as revocations
from kyc.calls import consumers as calls
from kyc.journeys import consumers as journeys
from kyc.sessions import consumers as sessions

subscriptions = Subscriptions[Tx]("kyc")
for noun in (journeys, sessions, calls, revocations):
    subscriptions.include(noun.subscriptions)
