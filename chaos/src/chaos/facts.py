"""The events of a run. They are not in `events`, because no service publishes them."""

from typing import Final, Literal
from uuid import UUID

from pydantic import PositiveInt

from events.facts.base import Event

GROUP: Final = "chaos"
"""The one service of a run: its consumer group, and its dead letters on `dlq.chaos`."""

Failure = Literal["NONE", "SOMETIMES", "ALWAYS"]


class StepTaken(Event, keyed_by="journey_id"):
    """A journey went on."""

    journey_id: UUID
    version: PositiveInt
    """Of the journey: counted under its row's lock, so it says what came after what."""
    failure: Failure
    """How often the handler fails on this event."""


class TurnTaken(Event, keyed_by="journey_id"):
    """A journey went on in another direction: it travels on a topic of its own."""

    journey_id: UUID
    version: PositiveInt
    """Counted together with the steps."""
    failure: Failure
    """How often the handler fails on this event."""


Fact = StepTaken | TurnTaken
FACTS: Final[tuple[type[StepTaken], type[TurnTaken]]] = (StepTaken, TurnTaken)
TOPICS: Final = tuple(fact.topic for fact in FACTS)
