"""The entries of a partner's list."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel, Field

from values.moments import Moment


@dataclass(frozen=True)
class News:
    """News for a partner. Nothing in `data` may say who a person is."""

    partner_id: UUID
    event_id: UUID
    type: str
    timestamp: datetime
    data: dict[str, Any]


class FeedEvent(BaseModel, from_attributes=True):
    """One entry of a partner's list, the same by cursor, as a stream and pushed."""

    sequence: int = Field(description="1, 2, 3 …: yours alone, without a gap")
    event_id: UUID = Field(description="The `webhook-id` of a push; a repeat has the same")
    type: str
    timestamp: Moment = Field(description="When it became true")
    data: dict[str, Any]


@dataclass(frozen=True)
class Span:
    """The last number of a partner's list, and the last one that is no longer kept."""

    pruned_to: int
    newest: int
