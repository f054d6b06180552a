"""The events of the notification service."""

from typing import Literal
from uuid import UUID

from events.facts.base import Event
from events.facts.vocabulary import MessageId, ReasonCode

MessageChannel = Literal["SMS", "EMAIL", "INBOX", "PUSH"]


class NotificationSent(Event, keyed_by="message_id"):
    """A message left for somebody; what it said stays in the service (F5a.15, F5b.16)."""

    message_id: MessageId
    hold_id: UUID | None
    """The journey it is about; none for an account's messages."""
    template: str
    """Which message it is, by the name of its text."""
    channel: MessageChannel
    """Which way it went."""


class NotificationFailed(Event, keyed_by="message_id"):
    """A message could not be delivered this way: the others have to do (G38)."""

    message_id: MessageId
    hold_id: UUID | None
    """The journey it is about; none for an account's messages."""
    template: str
    """Which message it is, by the name of its text."""
    channel: MessageChannel
    """Which way it went."""
    reason_code: ReasonCode
