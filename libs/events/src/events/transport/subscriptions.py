"""The subscriptions of a service: its events, and the handler of each."""

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
"""A function that opens a session, which commits at its end and rolls back on any exception."""


@dataclass
class Subscriptions(Generic[S]):
    """The handlers of one service by topic; the service's name is its Kafka consumer group."""

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
        """Run the decorated function once for each such event, in the transaction it is given."""
        assert events, "Name the events to listen to"

        def register(handler: Handler[Any, S]) -> Handler[Any, S]:
            self._add({event.topic: handler for event in events})
            return handler

        return register

    def include(self, *nouns: "Subscriptions[S]") -> None:
        """Take over the handlers of a service's nouns; an event has one handler in a service."""
        for noun in nouns:
            self._add(noun.handlers)

    def _add(self, handlers: dict[str, Handler[Any, S]]) -> None:
        taken = sorted(handlers.keys() & self.handlers.keys())
        assert not taken, f"{', '.join(taken)} has a handler already"
        self.handlers |= handlers
