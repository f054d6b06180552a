"""HTTP: the store's own system (F4.6, F4.7)."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends
from pydantic import BaseModel

from kit import clock
from kit.auth import Caller, WrongRole, staff
from kit.db import Transaction
from kit.http import problems
from kit.money import Dong
from kit.paging import After, Limit, Page, UnknownCursor
from shipping.counters import commands, queries
from shipping.counters.commands import AtCounter
from shipping.counters.queries import CounterShipment, Part, StoreCounts
from shipping.shipments.queries import StaffShipment, standing
from shipping.shipments.states import (
    NoSuchShipment,
    SerialTaken,
    ShipmentMovedOn,
    Tab,
    WrongAmount,
)
from values.hold_codes import HoldCode
from values.sim_serials import SimSerial

router = APIRouter(prefix="/v1/store", tags=["store counter"])


def _shop_code(caller: Annotated[Caller, Depends(staff("store_staff"))]) -> str:
    if caller.shop_code is None:
        raise WrongRole
    return caller.shop_code


ShopCode = Annotated[str, Depends(_shop_code)]
"""The store whose staff is calling."""


class HandOver(BaseModel):
    """The customer's hold code, the SIM's serial, and the money taken."""

    hold_code: HoldCode
    sim_serial: SimSerial
    collected_vnd: Dong = 0


@router.get(
    "/shipments", summary="SIMs that customers collect here", responses=problems(UnknownCursor)
)
async def list_shipments(
    shop_code: ShopCode,
    tx: Transaction,
    tab: Tab | None = None,
    part: Part = Part.OPEN,
    limit: Limit = 50,
    after: After = None,
) -> Page[StaffShipment]:
    """List what is to be given out at the caller's store: a tab, or a part of the list (F4.6).

    Without both, what is still open. NO_SHOW: nobody came in time; TODAY: given out today.
    """
    return await queries.list_for_store(
        tx, shop_code, tab, part, now=clock.now(), limit=limit, after=after
    )


@router.get("/counts", summary="How many SIMs lie in each part of the list")
async def count_shipments(shop_code: ShopCode, tx: Transaction) -> StoreCounts:
    """Count the parts of the list of the caller's store, exactly (F4.6)."""
    return await queries.count_for_store(tx, shop_code, now=clock.now())


@router.get(
    "/shipments/by-code/{hold_code}",
    summary="The SIM of a hold code",
    responses=problems(NoSuchShipment),
)
async def read_shipment(
    hold_code: HoldCode, shop_code: ShopCode, tx: Transaction
) -> CounterShipment:
    """Show what a customer with this hold code collects here, and what is due (F4.7)."""
    return await queries.of_code(tx, shop_code, hold_code)


@router.post(
    "/shipments/{shipment_id}/ready",
    summary="The SIM waits for its customer",
    responses=problems(NoSuchShipment, ShipmentMovedOn),
)
async def make_ready(shipment_id: UUID, shop_code: ShopCode, tx: Transaction) -> StaffShipment:
    """Let the customer know that the SIM can be collected (F4.6)."""
    shipment = await commands.make_ready(tx, shipment_id, shop_code, now=clock.now())
    return await standing(tx, shipment.id)


@router.post(
    "/hand-overs",
    summary="Give the SIM to the customer",
    responses=problems(NoSuchShipment, ShipmentMovedOn, SerialTaken, WrongAmount),
)
async def hand_over(body: HandOver, shop_code: ShopCode, tx: Transaction) -> StaffShipment:
    """Give the right SIM against the hold code and what is due (F4.7, G15)."""
    handed = AtCounter(body.hold_code, body.sim_serial, body.collected_vnd)
    shipment = await commands.hand_over(tx, shop_code, handed, now=clock.now())
    return await standing(tx, shipment.id)
