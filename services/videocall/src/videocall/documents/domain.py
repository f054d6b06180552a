"""The documents that a client can watch."""

from enum import StrEnum
from typing import Final
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field


class Document(StrEnum):
    """A document by its name in the protocol of sockets, and the GET that answers the same."""

    CALL = "call"
    """`/v1/calls/{call_id}`: the customer's call, with the place in the queue."""
    MEDIA = "media"
    """`/v1/calls/{call_id}/media`: picture, sound and recording, for the customer."""
    QUEUE = "queue"
    """`/v1/desk/queue`: the call that rings at the agent's desk, and those that wait."""
    SHIFT = "shift"
    """`/v1/desk/shift`: the agent's state and day."""
    DESK_CALL = "desk_call"
    """`/v1/desk/calls/{call_id}`: a call that the agent has or had in hand."""
    DESK_MEDIA = "desk_media"
    """`/v1/desk/calls/{call_id}/media`: picture, sound and recording, for the agent."""

    @property
    def role(self) -> str:
        """Return the role that may watch it."""
        return "customer" if self in (Document.CALL, Document.MEDIA) else "call_agent"

    @property
    def is_about_a_call(self) -> bool:
        """Tell whether it is watched for a call, not for the person."""
        return self not in (Document.QUEUE, Document.SHIFT)

    @property
    def is_told_by_its_mark(self) -> bool:
        """Tell whether nothing else changes it than what marks its call or its agent."""
        return self in (Document.SHIFT, Document.DESK_CALL)

    @property
    def refreshed_after(self) -> float:
        """Return the seconds after which it is read again while it tells of passing time."""
        return 1.0 if self in (Document.MEDIA, Document.DESK_MEDIA) else 3.0


Key = tuple[Document, UUID | None]
"""A document and the call that it is about: its name among those of one person."""


class Watch(BaseModel):
    """A document that is to be sent now, and again when it has changed."""

    model_config = ConfigDict(extra="forbid", use_attribute_docstrings=True)

    document: Document
    call: UUID | None = None
    """The call that it is about; null for the queue and the shift."""
    seq: int | None = Field(default=None, ge=0, le=2**53)
    """The `seq` of the newest one that the client has: it is not sent unless it has changed."""

    @property
    def key(self) -> Key:
        """Return what names the document among those of one person."""
        return self.document, self.call


NEVER_MARKED: Final = 0
"""The version of what was not marked since marks are kept."""
