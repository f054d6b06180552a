"""Kafka: everything the notification service listens to."""

from events.transport import Subscriptions
from kit.db import Tx
from kit.revocations import consumers as revocations
from notification.journeys import consumers as journeys
from notification.messages import consumers as messages


def listening(notifier: messages.Notifier) -> Subscriptions[Tx]:
    """Return the subscriptions of all nouns."""
    subscriptions = Subscriptions[Tx]("notification")
    subscriptions.include(journeys.subscriptions, revocations.subscriptions)
    subscriptions.include(messages.listening(notifier))
    return subscriptions
