"""Filters of the lists of shipments, and the time after which a state has lasted too long."""

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, Final

from events import PaymentMethod, Region
from shipping.shipments.domain import Way
from shipping.shipments.states import TAB_OF, Status, Tab

PATIENCE: Final[dict[Status, timedelta]] = {
    Status.PENDING: timedelta(hours=2),
    Status.BOOKING: timedelta(minutes=30),
    Status.BOOKED: timedelta(hours=24),
    Status.COLLECTION_FAILED: timedelta(hours=8),
    Status.READY_AT_STORE: timedelta(days=3),
    Status.WITH_CHANNEL: timedelta(days=3),
    Status.DELIVERING: timedelta(days=3),
    Status.DELIVERY_RETRY: timedelta(days=2),
    Status.WAITING_TO_RETURN: timedelta(days=2),
    Status.EXCEPTION: timedelta(days=1),
    Status.RETURNING: timedelta(days=10),
}
"""How long a shipment may stand in a state before it is overdue; the other states are ends."""


@dataclass(frozen=True, kw_only=True)
class Filters:
    """The shipments that a list shows; a field that is not set asks for nothing."""

    tab: Tab | None = None
    status: Status | None = None
    region: Region | None = None
    delivery: Way | None = None
    payment: PaymentMethod | None = None
    overdue: bool | None = None

    def within(self, tab: Tab | None) -> "Filters":
        """Return the same filters inside a tab."""
        return replace(self, tab=tab)

    @property
    def statuses(self) -> list[Status]:
        """Return the states asked for: those of the tab, or the one of them that was chosen."""
        of_tab = [status for status, tab in TAB_OF.items() if tab and self.tab in (None, tab)]
        return [status for status in of_tab if self.status in (None, status)]

    def as_json(self) -> dict[str, Any]:
        """Return what is asked for, to be kept with an export."""
        return {name: value for name, value in vars(self).items() if value is not None}
