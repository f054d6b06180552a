"""Answers of the counts: exact numbers by tab and state, and the streams that are not empty.

A stream is all shipments that are alike in state, delivery, payment, whether they are overdue, and
region: one range of an index, in the order of their ids (decision 0041).
"""

from collections.abc import Sequence
from typing import Any

from pydantic import BaseModel
from sqlalchemy import Subquery, func, select, union_all

from kit.auth import Caller
from kit.db import Tx
from shipping.shipments.states import LABELS, TAB_LABELS, TAB_OF, Status, Tab
from shipping.streams.domain import Filters
from shipping.tables import COUNTED, count_changes, counts


class StateCount(BaseModel):
    """The number of shipments in a state."""

    status: Status
    label: str
    count: int
    overdue: int


class TabCount(BaseModel):
    """The number of shipments in a tab, and in each of its states."""

    tab: Tab
    label: str
    count: int
    overdue: int
    states: list[StateCount]


class Counts(BaseModel):
    """Exact numbers of all five tabs, of the regions and filters that were asked for."""

    tabs: list[TabCount]

    @property
    def total(self) -> int:
        """Return the number of shipments in all tabs."""
        return sum(tab.count for tab in self.tabs)


async def count(tx: Tx, caller: Caller, filters: Filters) -> Counts:
    """Count the shipments of the caller's regions by tab and state, exactly (F4.4)."""
    streams = streams_of(caller, filters)
    per_state = select(
        streams.c.status, streams.c.overdue, func.sum(streams.c.number).label("number")
    ).group_by(streams.c.status, streams.c.overdue)
    numbers_of = {(row.status, row.overdue): int(row.number) for row in await tx.execute(per_state)}
    states = [
        StateCount(
            status=status,
            label=LABELS[status],
            count=numbers_of.get((status, False), 0) + numbers_of.get((status, True), 0),
            overdue=numbers_of.get((status, True), 0),
        )
        for status in TAB_OF
    ]
    return Counts(tabs=[_tab(tab, states) for tab in Tab])


def streams_of(caller: Caller, filters: Filters, *, by_region: bool = True) -> Subquery:
    """Return the streams asked for that are not empty, with the exact number of their rows."""
    both = union_all(
        *(
            select(*(table.c[name] for name in (*COUNTED, "number"))).where(*_asked(table, filters))
            for table in (counts, count_changes)
        )
    ).subquery()
    key = [both.c[name] for name in COUNTED if by_region or name != "region"]
    summed = select(*key, func.sum(both.c.number).label("number")).group_by(*key)
    if caller.regions:
        summed = summed.where(both.c.region.in_(caller.regions))
    return summed.having(func.sum(both.c.number) > 0).subquery("stream")


def _asked(table: Any, filters: Filters) -> list[Any]:
    asked = {name: getattr(filters, name) for name in ("region", "delivery", "payment", "overdue")}
    return [
        table.c.status.in_(filters.statuses),
        *(table.c[name] == value for name, value in asked.items() if value is not None),
    ]


def _tab(tab: Tab, states: Sequence[StateCount]) -> TabCount:
    within = [state for state in states if TAB_OF[state.status] is tab]
    return TabCount(
        tab=tab,
        label=TAB_LABELS[tab],
        count=sum(state.count for state in within),
        overdue=sum(state.overdue for state in within),
        states=within,
    )
