"""What is stated in a run. Not in `events`: no service ever says it."""

from typing import Final, Literal
from uuid import UUID

from pydantic import PositiveInt

from events.facts.base import Event

GROUP: Final = "chaos"
"""The one service of a run: its consumer group, and its dead letters on `dlq.chaos`."""

Trouble = Literal["NONE", "SOMETIMES", "ALWAYS"]


class StepTaken(Event, keyed_by="journey_id"):
    """A journey went on."""

    journey_id: UUID
    version: PositiveInt
    """Of the journey: counted under its row's lock, so it says what came after what."""
    trouble: Trouble
    """How often whoever acts on this fails."""


class TurnTaken(Event, keyed_by="journey_id"):
    """A journey went on in another direction: it travels on a topic of its own."""

    journey_id: UUID
    version: PositiveInt
    """Counted together with the steps."""
    trouble: Trouble
    """How often whoever acts on this fails."""


Fact = StepTaken | TurnTaken
FACTS: Final[tuple[type[StepTaken], type[TurnTaken]]] = (StepTaken, TurnTaken)
TOPICS: Final = tuple(fact.topic for fact in FACTS)
