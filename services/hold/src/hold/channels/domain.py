"""A sales channel by identity's word: what it may do (SA.1)."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from events import Region, SimKind
from kit.errors import NotFound, Refused, Unavailable


@dataclass(eq=False)
class NoSuchChannel(NotFound):
    """There is no such sales channel."""


@dataclass(eq=False)
class PartnerNotKnownYet(Unavailable):
    """This sales channel was registered a moment ago; try again."""


@dataclass(eq=False)
class PartnerMayNotHold(Refused):
    """This sales channel is closed or does not collect money, so it cannot hold numbers."""


@dataclass(eq=False)
class PartnerClosed(Refused):
    """This sales channel is closed: it is told nothing more, and signs nothing more."""


@dataclass(eq=False)
class ChannelDoesNotDeliver(Refused):
    """This sales channel does not deliver, so it can sell numbers on an eSIM only."""


@dataclass(kw_only=True, eq=False)
class PartnerTerms:
    """The rights of a sales channel, by identity's newest word (SA.1)."""

    partner_id: UUID
    channel_code: str
    collects_fee: bool
    delivers: bool
    active: bool
    region: Region | None = None
    """The regional company that runs it; none for a channel of the corporation."""
    at: datetime

    def check(self, sim: SimKind) -> None:
        """Refuse a channel that may not hold, or cannot bring what it sells."""
        if not (self.active and self.collects_fee):
            raise PartnerMayNotHold
        if sim == "PHYSICAL" and not self.delivers:
            raise ChannelDoesNotDeliver
