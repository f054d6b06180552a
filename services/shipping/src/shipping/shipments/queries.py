"""Answers about shipments, as staff or their customer see one."""

from datetime import datetime
from typing import Any, Final
from uuid import UUID

from pydantic import BaseModel, Field, computed_field
from sqlalchemy import Select, select

from events import PaymentMethod, Region
from kit.auth import Caller
from kit.db import Tx
from shipping.shipments.domain import Way
from shipping.shipments.states import (
    IN_THE_HOUSE,
    LABELS,
    TAB_LABELS,
    TAB_OF,
    NoSuchShipment,
    Status,
    Tab,
)
from shipping.stores.domain import stores
from shipping.stores.queries import StoreView
from shipping.tables import deliveries, holds, numbers, shipments
from values import phones
from values.wards import wards


class Standing(BaseModel):
    """A shipment's state, in the words of the five tabs."""

    shipment_id: UUID
    hold_id: UUID
    order_id: UUID
    delivery: Way
    store_code: str | None
    status: Status
    payment: PaymentMethod
    cod_due_vnd: int
    placed_at: datetime
    carrier: str | None
    tracking_code: str | None
    handed_over_at: datetime | None
    delivered_at: datetime | None
    reason_code: str | None

    @computed_field
    def tab(self) -> Tab | None:
        """Name the tab it lies in; none before payment."""
        return TAB_OF[self.status]

    @computed_field
    def tab_label(self) -> str:
        """Say the tab in Vietnamese, or what comes before the tabs."""
        tab = TAB_OF[self.status]
        return TAB_LABELS[tab] if tab else LABELS[self.status]

    @computed_field
    def status_label(self) -> str:
        """Say the state inside the tab in Vietnamese."""
        return LABELS[self.status]


class StaffShipment(Standing):
    """A shipment in the lists of OSP's staff or a store."""

    hold_code: str | None
    region: Region | None
    shop_code: str | None
    sim_serial: str | None
    collection_address: str | None
    collection_at: datetime | None
    carrier_word: str | None
    refused_because: str | None
    packed: bool
    msisdn: str | None
    ward_code: str | None = Field(exclude=True)
    since: datetime
    """The beginning of its state."""
    overdue: bool
    """Whether it has stood in this state for too long."""

    @computed_field
    def display(self) -> str | None:
        """Write the number as people read it."""
        return phones.in_groups(self.msisdn) if self.msisdn else None

    @computed_field
    def goes_to(self) -> str | None:
        """Name the store, or the ward and province, where the customer gets the SIM."""
        if store := stores().get(self.store_code or ""):
            return store.name
        ward = wards().get(self.ward_code or "")
        return f"{ward.name}, {ward.province}" if ward else None


class MyShipment(Standing):
    """A customer's own shipment."""

    packed: bool
    can_cancel: bool
    store: StoreView | None


_COLUMNS: Final = (
    shipments.c.id.label("shipment_id"),
    *(
        column
        for column in shipments.c
        if column.name not in ("id", "closed_because", "carrier_said_at", "version")
    ),
    shipments.c.closed_because.label("reason_code"),
    shipments.c.sim_serial.is_not(None).label("packed"),
    holds.c.hold_code,
    holds.c.shop_code,
    holds.c.customer_id,
    numbers.c.msisdn,
    deliveries.c.ward_code,
)
ALL: Final = (
    select(*_COLUMNS)
    .join_from(shipments, holds, shipments.c.hold_id == holds.c.id)
    .outerjoin(numbers, numbers.c.number_id == holds.c.number_id)
    .outerjoin(deliveries, deliveries.c.id == shipments.c.delivery_id)
)
"""All shipments, with what views of them show."""


async def row_for_staff(tx: Tx, shipment_id: UUID, caller: Caller) -> Any:
    """Return the row of a shipment of the caller's regions. Raises NoSuchShipment."""
    row = await _one(tx, ALL.where(shipments.c.id == shipment_id))
    if not caller.covers(row["region"]):
        raise NoSuchShipment
    return row


async def of_customer(tx: Tx, hold_id: UUID, customer_id: UUID) -> MyShipment:
    """Show a customer the shipment of their own hold."""
    row = await _one(
        tx, ALL.where(shipments.c.hold_id == hold_id, holds.c.customer_id == customer_id)
    )
    store = stores().get(row["store_code"] or "")
    more = {
        "can_cancel": row["status"] in IN_THE_HOUSE,
        "store": StoreView.of(store) if store else None,
    }
    return MyShipment.model_validate(dict(row) | more)


async def standing(tx: Tx, shipment_id: UUID) -> StaffShipment:
    """Show a shipment after a change, to the staff who made it."""
    await tx.flush()
    row = await _one(tx, ALL.where(shipments.c.id == shipment_id))
    return StaffShipment.model_validate(dict(row))


async def _one(tx: Tx, rows: Select[Any]) -> Any:
    row = (await tx.execute(rows)).mappings().one_or_none()
    if row is None:
        raise NoSuchShipment
    return row
