"""What happens to a shipment behind a counter. Each function returns the facts it made true."""

from datetime import datetime

from events import Event, StorePickupDone, StorePickupReady
from shipping.domain import Status, WrongAmount, check_serial
from shipping.shipments.domain import Shipment


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


def give(shipment: Shipment, serial: str, collected_vnd: int, *, now: datetime) -> list[Event]:
    """Give the right SIM to the customer, against what is due (F4.7, G15)."""
    shipment.must_be_for("STORE")
    check_serial(serial)
    if collected_vnd != shipment.cod_due_vnd:
        raise WrongAmount(shipment.cod_due_vnd, collected_vnd)
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
