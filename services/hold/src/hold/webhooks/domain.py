"""Requests about webhooks, and their refusals."""

from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from hold.feed.domain import LARGEST
from kit.errors import Conflict, Invalid, NotFound, Refused


@dataclass(eq=False)
class NoSuchWebhook(NotFound):
    """This webhook does not exist."""


@dataclass(eq=False)
class WebhookExists(Conflict):
    """You have a webhook at this address already; rotate its secret if you have lost it."""

    webhook_id: UUID | None


@dataclass(eq=False)
class TooManyWebhooks(Refused):
    """You have as many webhooks as a partner may have."""

    limit: int


@dataclass(eq=False)
class AddressNotCalled(Invalid):
    """We do not call this address: it must be https and public."""

    because: str


Address = Annotated[str, Field(min_length=1, max_length=2000, examples=["https://example.com/in"])]
Number = Annotated[int, Field(ge=0, le=LARGEST)]


class CreateWebhook(BaseModel):
    """The address to push to, and the number after which the first event is pushed."""

    url: Address
    after: Number | None = Field(default=None, description="Without it: what happens from now on")


class ChangeWebhook(BaseModel):
    """The changes wanted; `enabled` also tries again at once."""

    url: Address | None = None
    enabled: bool | None = None


class Replay(BaseModel):
    """From where to push again."""

    after: Number


class Ping(BaseModel):
    """The outcome of a test message."""

    delivered: bool
    status: int | None
    error: str | None
    took_ms: int
