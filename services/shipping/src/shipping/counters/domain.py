"""A shipment at a store's counter. Each function returns the events it made true."""

from datetime import datetime

from events import Event, StorePickupDone, StorePickupReady
from shipping.shipments.domain import Shipment
from shipping.shipments.states import Status, WrongAmount


def make_ready(shipment: Shipment, *, now: datetime) -> StorePickupReady:
    """Let the SIM wait behind the counter (F4.6)."""
    shipment.must_be_for("STORE")
    shipment.move_to(Status.READY_AT_STORE)
    assert shipment.store_code is not None
    return StorePickupReady(
        occurred_at=now,
        hold_id=shipment.hold_id,
        shipment_id=shipment.id,
        store_code=shipment.store_code,
    )


def check_money(shipment: Shipment, collected_vnd: int) -> None:
    """Refuse to give a SIM against another amount than is due (F4.7)."""
    if collected_vnd != shipment.cod_due_vnd:
        raise WrongAmount(shipment.cod_due_vnd, collected_vnd)


def give(shipment: Shipment, serial: str, *, now: datetime) -> list[Event]:
    """Give the right SIM to the customer, who has paid what is due (F4.7, G15)."""
    shipment.must_be_for("STORE")
    shipment.move_to(Status.DELIVERED)
    shipment.sim_serial, shipment.delivered_at = serial, now
    assert shipment.store_code is not None
    return [
        *shipment.money("COUNTER", now, now=now),
        StorePickupDone(
            occurred_at=now,
            hold_id=shipment.hold_id,
            shipment_id=shipment.id,
            store_code=shipment.store_code,
            sim_serial=serial,
        ),
    ]
