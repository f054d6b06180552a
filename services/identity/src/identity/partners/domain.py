"""A sales channel, and the client it calls us with (SA.1, SA.2, SB.4)."""

import secrets
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal
from uuid import UUID

from events import PartnerChanged, Region, SessionEnded
from events.ids import uuid7
from kit.errors import Conflict, NotFound

ChannelKind = Literal["COMMON", "SPECIALISED", "AFFILIATE"]


class NoSuchPartner(NotFound):
    """There is no such sales channel."""


@dataclass(eq=False)
class ChannelTaken(Conflict):
    """Another sales channel has this code or client id."""

    channel_code: str


class ChannelClosed(Conflict):
    """The sales channel is closed: it gets no new secret until it is opened again."""


@dataclass(kw_only=True)
class Terms:
    """The terms agreed with a channel; routing and money depend on them (P2.2, P2.3, SD.3)."""

    kind: ChannelKind
    region: Region | None
    collects_fee: bool
    delivers: bool
    own_customers: bool
    active: bool = True


@dataclass(kw_only=True, eq=False)
class SalesChannel:
    """A channel that sells our numbers. Each method returns its event."""

    id: UUID = field(default_factory=uuid7)
    client_id: str
    secret_hash: str
    channel_code: str
    name: str
    kind: ChannelKind
    region: Region | None
    collects_fee: bool
    delivers: bool
    own_customers: bool
    active: bool = True
    created_at: datetime
    secret_changed_at: datetime
    """The moment since which the client's secret is good."""
    session_id: UUID = field(default_factory=uuid7)
    """Named by every access token, until the secret changes or the channel closes."""

    def changed(self, *, now: datetime) -> PartnerChanged:
        """Return the event that tells the terms from now on."""
        return PartnerChanged(
            occurred_at=now,
            partner_id=self.id,
            channel_code=self.channel_code,
            kind=self.kind,
            region=self.region,
            collects_fee=self.collects_fee,
            delivers=self.delivers,
            own_customers=self.own_customers,
            active=self.active,
        )

    def agree(self, terms: Terms, *, now: datetime) -> PartnerChanged | None:
        """Work on other terms; there is no event when nothing changes."""
        if terms == self.terms():
            return None
        self.kind, self.region, self.active = terms.kind, terms.region, terms.active
        self.collects_fee, self.delivers = terms.collects_fee, terms.delivers
        self.own_customers = terms.own_customers
        return self.changed(now=now)

    def take_secret(self, secret_hash: str, *, now: datetime) -> None:
        """Accept another secret of the client from now on."""
        if not self.active:
            raise ChannelClosed
        self.secret_hash = secret_hash
        self.secret_changed_at = max(now, self.secret_changed_at)

    def end_session(self, *, now: datetime) -> SessionEnded:
        """Let no access token given so far open anything any more."""
        ended = SessionEnded(occurred_at=now, subject_id=self.id, session_id=self.session_id)
        self.session_id = uuid7()
        return ended

    def terms(self) -> Terms:
        """Return the terms of today."""
        return Terms(
            kind=self.kind,
            region=self.region,
            collects_fee=self.collects_fee,
            delivers=self.delivers,
            own_customers=self.own_customers,
            active=self.active,
        )


def new_client_secret() -> str:
    """Make up the secret a channel calls us with; it is shown once."""
    return secrets.token_urlsafe(32)
