"""What the notification service states."""

from typing import Literal
from uuid import UUID

from events.base import Event
from events.vocabulary import ReasonCode

MessageChannel = Literal["SMS", "EMAIL", "INBOX", "PUSH"]


class NotificationSent(Event, keyed_by="message_id"):
    """A message left for somebody; what it said stays in the service."""

    message_id: UUID
    hold_id: UUID | None
    template: str
    channel: MessageChannel


class NotificationFailed(Event, keyed_by="message_id"):
    """A message could not be delivered this way."""

    message_id: UUID
    hold_id: UUID | None
    template: str
    channel: MessageChannel
    reason_code: ReasonCode
