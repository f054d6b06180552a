"""Topics that each service publishes and consumes, from the events and the services' code."""

import importlib
from functools import cache
from typing import Any

from deploy.services import exists
from events import CATALOGUE


def dead_letter_topic(service: str) -> str:
    """Return the name of a service's dead letter topic."""
    return f"dlq.{service}"


def published_by(service: str) -> list[str]:
    """Return the topics that a service writes."""
    own = sorted(topic for topic, event in CATALOGUE.items() if event.source == service)
    return [*own, dead_letter_topic(service)]


@cache
def consumed_by(service: str) -> tuple[str, ...]:
    """Return the topics that a service's code subscribes to."""
    if not exists(f"{service}.consumers"):
        return ()
    consumers: Any = importlib.import_module(f"{service}.consumers")
    if hasattr(consumers, "subscriptions"):
        return tuple(sorted(consumers.subscriptions.handlers))
    # What they are given is for the handlers, which are not called here.
    return tuple(sorted(consumers.listening(None).handlers))
