"""Dead letters as operators see them over HTTP, and what may stand against a decision."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, model_validator

from events import ReasonCode
from events.transport.content import Content
from events.transport.dead_letters import Verdict
from events.transport.parking import ParkedState
from kit.errors import Conflict, NotFound

Text = Annotated[str, Field(min_length=1, max_length=500)]


class NoSuchDeadLetter(NotFound):
    """This service has parked no such event, and nobody has decided about it."""


@dataclass(eq=False)
class NotDead(Conflict):
    """The event is not dead: the service tries it again by itself, or another stands before it."""

    state: ParkedState


@dataclass(eq=False)
class DecidedOtherwise(Conflict):
    """Another decision stands about this event."""

    decision: Verdict
    decided_by: str
    decided_at: datetime


class DropNotAsked(Conflict):
    """Nobody has asked to drop this event, or what was asked has been taken back."""


@dataclass(eq=False)
class AnotherMustApprove(Conflict):
    """You asked to drop this event yourself: another person has to approve."""

    asked_at: datetime | None


class DeadLetter(BaseModel):
    """An event that the service has parked."""

    model_config = ConfigDict(from_attributes=True)

    event_id: UUID
    topic: str
    key: str
    state: ParkedState
    reason: str
    attempts: int
    needs: str | None
    partition: int | None
    offset: int | None
    parked_at: datetime
    next_try_at: datetime | None
    drop_reason_code: str | None = Field(description="Why somebody wants it dropped")
    drop_asked_by: str | None = Field(description="Who does; another person has to approve")
    drop_asked_at: datetime | None


class DeadLetterCounts(BaseModel):
    """The number of parked events of this service in each state."""

    model_config = ConfigDict(from_attributes=True)

    counts: dict[ParkedState, int]
    oldest_dead_at: datetime | None
    drops_asked: int = Field(description="Dead events that wait for a second person")


class OpenedDeadLetter(DeadLetter):
    """A parked event, what it says, and what stands behind it."""

    headers: dict[str, str]
    payload: Content
    behind: list[DeadLetter] = Field(description="Events of its key that wait for it, at most 100")


class Decided(BaseModel):
    """The decision about a dead event; repeating it changes nothing."""

    model_config = ConfigDict(from_attributes=True)

    event_id: UUID
    decision: Verdict
    reason_code: ReasonCode | None
    asked_by: str | None = Field(description="The first of the two who dropped it")
    decided_by: str
    decided_at: datetime


class DeadLetterChoice(BaseModel):
    """A choice of dead events to try again: those that match every field that is given."""

    event_ids: list[UUID] = Field(default=[], max_length=500)
    key: Text | None = Field(default=None, description="All of a journey")
    topic: Text | None = None
    reason: Text | None = Field(default=None, description="How the reason begins")

    @model_validator(mode="after")
    def says_something(self) -> Self:
        """Refuse a choice without any field: all dead events at once is never meant."""
        if not self.model_dump(exclude_defaults=True):
            raise ValueError("say which: event_ids, key, topic or reason")
        return self


class Redriven(BaseModel):
    """The events that are tried again."""

    event_ids: list[UUID]
    not_dead: list[UUID] = Field(description="Asked for, but not dead or no longer here")
    more: bool = Field(description="There may be more of the kind: ask again")


class Drop(BaseModel):
    """The reason for giving an event up."""

    reason_code: ReasonCode
