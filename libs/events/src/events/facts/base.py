"""The base class of all events, and the catalogue that finds one by the name of its topic."""

from typing import Any, ClassVar, Final
from uuid import UUID

from pydantic import BaseModel, Field

from events.ids import uuid7
from values.moments import Moment

CATALOGUE: dict[str, type["Event"]] = {}

JOURNEY: Final = "hold_id"
"""The field that names the journey, which begins with a hold: most events are keyed by it."""


class Retry(Exception):
    """A handler's answer: the trouble passes, so the lane waits and tries the same event again."""


class Defer(Exception):
    """A handler's answer: the event came before one that it needs, and waits for its journey."""

    def __init__(self, needs: str) -> None:
        super().__init__(needs)
        self.needs = needs


class Event(BaseModel, frozen=True, use_attribute_docstrings=True):
    """A fact that one service publishes and others may act on; facts are only added, never edited.

    Subclasses without `keyed_by` are keyed by the journey.
    """

    event_id: UUID = Field(default_factory=uuid7)
    """Unique per fact: a consumer that has seen it does nothing."""
    occurred_at: Moment
    """When it became true, by the clock of the service that says so."""

    topic: ClassVar[str]
    source: ClassVar[str]
    keyed_by: ClassVar[str]

    def __init_subclass__(cls, *, keyed_by: str = JOURNEY, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        cls.topic, cls.source, cls.keyed_by = cls.__name__, cls.__module__.split(".")[-1], keyed_by
        CATALOGUE[cls.topic] = cls

    @property
    def key(self) -> str:
        """The key as text: events of one topic and key arrive in the order of publication."""
        return str(getattr(self, self.keyed_by))

    @property
    def journey(self) -> str | None:
        """The journey that the event belongs to; None for an event outside of any."""
        hold_id = getattr(self, JOURNEY, None)
        return str(hold_id) if hold_id else None
