"""Refusals about webhooks."""

from dataclasses import dataclass
from uuid import UUID

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
