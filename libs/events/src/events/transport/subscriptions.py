"""Which facts a service listens to, and what it does about each."""

from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar, overload

from sqlalchemy.ext.asyncio import AsyncSession

from events.facts.base import Event

A = TypeVar("A", bound=Event)
B = TypeVar("B", bound=Event)
C = TypeVar("C", bound=Event)
E = TypeVar("E", bound=Event)
S = TypeVar("S", bound=AsyncSession)
Handler = Callable[[E, S], Awaitable[None]]
Decorator = Callable[[Handler[E, S]], Handler[E, S]]
Transaction = Callable[[], AbstractAsyncContextManager[S]]
"""Opens a session that commits on the way out and rolls back on any exception."""


@dataclass
class Subscriptions(Generic[S]):
    """What one service does when it hears a fact. Its name is its Kafka consumer group."""

    service: str
    handlers: dict[str, Handler[Any, S]] = field(default_factory=dict)

    @overload
    def on(self, event: type[A], /) -> Decorator[A, S]: ...
    @overload
    def on(self, event: type[A], second: type[B], /) -> Decorator[A | B, S]: ...
    @overload
    def on(self, event: type[A], second: type[B], third: type[C], /) -> Decorator[A | B | C, S]: ...
    @overload
    def on(self, *events: type[Event]) -> Decorator[Any, S]: ...
    def on(self, *events: type[Event]) -> Decorator[Any, S]:
        """Run the decorated function once for every such fact, in the transaction it is given."""
        taken = sorted(event.topic for event in events if event.topic in self.handlers)
        assert events, "Name the events to listen to"
        assert not taken, f"{', '.join(taken)} has a handler already"

        def register(handler: Handler[Any, S]) -> Handler[Any, S]:
            self.handlers.update((event.topic, handler) for event in events)
            return handler

        return register

    def include(self, other: "Subscriptions[S]") -> None:
        """Take over the handlers of a part of the service; a topic has one handler in all."""
        taken = sorted(other.handlers.keys() & self.handlers.keys())
        assert not taken, f"{', '.join(taken)} has a handler already"
        self.handlers.update(other.handlers)
