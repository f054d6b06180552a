"""The topics of the stack: one for each event, one for each service's dead letters."""

from collections.abc import Iterable

from events import CATALOGUE
from events.transport import topics


async def ensure(servers: str, services: Iterable[str]) -> None:
    """Create the topics that do not exist."""
    await topics.ensure(servers, [*CATALOGUE, *(f"dlq.{service}" for service in services)])
