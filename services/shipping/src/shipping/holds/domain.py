"""A hold as shipping sees it, folded from events on many topics in any order."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from events import HoldCreated, OrderRouted, Region
from events.facts.hold_facts import Beginning, Ending, HoldFacts
from kit.errors import NotFound
from kit.replication_lag import HoldNotReplicated


@dataclass(eq=False)
class NoSuchHold(NotFound):
    """This hold does not exist."""

    hold_id: UUID


@dataclass(kw_only=True, eq=False)
class KnownHold(HoldFacts):
    """A hold's consumed events, folded; nothing in it depends on their order."""

    hold_code: str | None = None
    number_id: UUID | None = None
    partner_id: UUID | None = None
    channel_delivers: bool = False
    region: Region | None = None
    shop_code: str | None = None
    routed_at: datetime | None = None
    paid: bool = False
    cancel_asked_because: str | None = None

    def hear(self, fact: Beginning | Ending) -> None:
        """Take one fact about this hold, and what is printed on its slip (F3.4 TH1, P3.2)."""
        super().hear(fact)
        if isinstance(fact, HoldCreated):
            self.hold_code, self.number_id = fact.hold_code, fact.number_id
            self.partner_id = fact.partner_id
            self.channel_delivers = fact.channel_delivers

    def learn_route(self, routed: OrderRouted) -> None:
        """Take who is responsible (SD.3); a re-route is believed whenever it is heard."""
        if self.routed_at is None or routed.occurred_at >= self.routed_at:
            self.region, self.shop_code = routed.region, routed.shop_code
            self.routed_at = routed.occurred_at

    def check_owner(self, customer_id: UUID) -> None:
        """Refuse whoever is not its customer, as if there were no such hold."""
        if self.sim is None:
            raise HoldNotReplicated(self.hold_id)
        if self.customer_id != customer_id:
            raise NoSuchHold(self.hold_id)
