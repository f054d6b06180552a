"""Gathers the nouns' consumers on one subscription."""

from activation.journeys.consumers import subscriptions
from kit.revocations import consumers as revocations

revocations.listen(subscriptions)

__all__ = ["subscriptions"]
