"""The shape every event shares, and the catalogue that finds one by the name of its topic."""

from typing import Any, ClassVar
from uuid import UUID

from pydantic import BaseModel, Field

from events.ids import uuid7
from values.moments import Moment

CATALOGUE: dict[str, type["Event"]] = {}


class Retry(Exception):
    """Waiting helps: nothing is wrong with the event, so its lane stands still and tries again."""


class Defer(Exception):
    """The event came before one it builds on: it waits until its journey has gone on."""

    def __init__(self, needs: str) -> None:
        super().__init__(needs)
        self.needs = needs


class Event(BaseModel, frozen=True, use_attribute_docstrings=True):
    """A fact one service states and others may act on. Facts are never edited, only added to."""

    event_id: UUID = Field(default_factory=uuid7)
    """Unique per fact: a consumer that has seen it does nothing."""
    occurred_at: Moment
    """When it became true, by the clock of the service that says so."""

    topic: ClassVar[str]
    source: ClassVar[str]
    keyed_by: ClassVar[str]

    def __init_subclass__(cls, *, keyed_by: str = "hold_id", **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        cls.topic, cls.source, cls.keyed_by = cls.__name__, cls.__module__.split(".")[-1], keyed_by
        CATALOGUE[cls.topic] = cls

    @property
    def key(self) -> str:
        """Facts with the same key are delivered in the order they were stated."""
        return str(getattr(self, self.keyed_by))
