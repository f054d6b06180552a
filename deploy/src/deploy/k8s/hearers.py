"""Who states which event and who hears it: from the events themselves and the services' code."""

import importlib
import importlib.util
from functools import cache
from typing import Any

from events import CATALOGUE


def dead_letters(service: str) -> str:
    """Name the topic on which a service says what it could not handle."""
    return f"dlq.{service}"


def stated_by(service: str) -> list[str]:
    """List the topics a service writes to."""
    own = sorted(topic for topic, event in CATALOGUE.items() if event.source == service)
    return [*own, dead_letters(service)]


@cache
def heard_by(service: str) -> tuple[str, ...]:
    """List the topics a service reads, as its code subscribes to them."""
    if importlib.util.find_spec(f"{service}.consumers") is None:
        return ()
    consumers: Any = importlib.import_module(f"{service}.consumers")
    if hasattr(consumers, "subscriptions"):
        return tuple(sorted(consumers.subscriptions.handlers))
    # What they are given is for the handlers, which are not called here.
    return tuple(sorted(consumers.listening(None).handlers))
