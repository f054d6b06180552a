"""A hold as shipping sees it. Its news comes on many topics, in any order."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from events import HoldClaimed, HoldCreated, OrderRouted, Region, SimKind
from kit.errors import NotFound
from kit.hearsay import NotHeardYet


@dataclass(eq=False)
class NoSuchHold(NotFound):
    """This hold does not exist."""

    hold_id: UUID


@dataclass(kw_only=True, eq=False)
class KnownHold:
    """What has been heard of a hold so far; nothing in it depends on what was heard first."""

    id: UUID
    hold_code: str | None = None
    customer_id: UUID | None = None
    partner_id: UUID | None = None
    sim: SimKind | None = None
    channel_delivers: bool = False
    region: Region | None = None
    shop_code: str | None = None
    routed_at: datetime | None = None
    paid: bool = False
    confirmed_at: datetime | None = None
    gone_at: datetime | None = None
    gone_because: str | None = None
    order_cancelled: bool = False
    cancel_asked_because: str | None = None

    def learn_slip(self, created: HoldCreated) -> None:
        """Take what is printed on the slip (F3.4 TH1, P3.2)."""
        self.hold_code, self.sim = created.hold_code, created.sim
        self.partner_id, self.channel_delivers = created.partner_id, created.channel_delivers
        self.customer_id = self.customer_id or created.customer_id

    def learn_owner(self, claimed: HoldClaimed) -> None:
        """Take the customer who claimed a channel's slip (P3.3)."""
        self.customer_id = claimed.customer_id

    def learn_route(self, routed: OrderRouted) -> None:
        """Take who is responsible (SD.3); a re-route is believed whenever it is heard."""
        if self.routed_at is None or routed.occurred_at >= self.routed_at:
            self.region, self.shop_code = routed.region, routed.shop_code
            self.routed_at = routed.occurred_at

    def learn_confirmed(self, at: datetime) -> None:
        """Note that the number is kept, perhaps taken back for a payment heard late (F3.14)."""
        self.confirmed_at = max(at, self.confirmed_at or at)

    def learn_gone(self, at: datetime, because: str) -> None:
        """Note that the number is not kept any more."""
        if self.gone_at is None or at >= self.gone_at:
            self.gone_at, self.gone_because = at, because

    @property
    def over_because(self) -> str | None:
        """Say why nothing may be sent for this hold any more, if so."""
        if self.order_cancelled:
            return "ORDER_CANCELLED"
        # Both moments are by the clock of the hold service, so they can be compared.
        if self.gone_at and not (self.confirmed_at and self.confirmed_at > self.gone_at):
            return self.gone_because
        return None

    def check_owner(self, customer_id: UUID) -> None:
        """Refuse whoever is not its customer, as if there were no such hold."""
        if self.sim is None:
            raise NotHeardYet(self.id)
        if self.customer_id != customer_id:
            raise NoSuchHold(self.id)
