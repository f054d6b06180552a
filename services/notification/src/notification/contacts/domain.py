"""Addresses: the contact of a person, and the e-mail address of a journey's order."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from notification.texts.domain import Locale

Channel = Literal["INBOX", "SMS", "EMAIL"]
"""Ways to a person. The inbox is the app's own; a phone that has the app shows it as a push."""


@dataclass(frozen=True)
class Contact:
    """The ways to a person, as far as they are known."""

    phone: str | None = None
    email: str | None = None
    push_token: str | None = None
    locale: Locale = "vi"

    def address(self, channel: Channel) -> str | None:
        """Return the address for a channel, if it is known."""
        return {"SMS": self.phone, "EMAIL": self.email}.get(channel)


@dataclass(frozen=True)
class Demanded:
    """The e-mail address that an order demanded, by the word of the order service."""

    email: str
    as_of: datetime
