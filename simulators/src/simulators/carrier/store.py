"""Orders at the carrier and what a shipper does with them."""

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import BigInteger, func, or_, select
from sqlalchemy.orm import Mapped, mapped_column

from kit.db import Tx
from kit.errors import Conflict, NotFound
from simulators.carrier.statuses import (
    CANCELLED,
    LABELS,
    READY,
    RETURN,
    RETURNABLE,
    STEPS,
    WAITING,
    Action,
    Step,
)
from simulators.simulation import Simulation
from simulators.tables import Base, once


class CarrierOrder(Base):
    """A parcel; `client_order_code` is the shop's own number for it."""

    __tablename__ = "carrier_orders"

    order_code: Mapped[str] = mapped_column(primary_key=True)
    client_order_code: Mapped[str] = mapped_column(unique=True)
    shop_id: Mapped[str]
    asked: Mapped[dict[str, Any]]
    cod_amount: Mapped[int] = mapped_column(BigInteger)
    status: Mapped[str]
    reason: Mapped[str]
    log: Mapped[dict[str, Any]]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]

    @property
    def label(self) -> str:
        """The status in words."""
        return LABELS.get(self.status, self.status)

    @property
    def possible(self) -> list[tuple[Action, Step]]:
        """The actions that the present status allows a shipper."""
        return [(a, step) for a, step in STEPS.items() if self.status in step.possible_in]


@dataclass(eq=False)
class NoSuchParcel(NotFound):
    """The carrier has no such order."""

    order_code: str


@dataclass(eq=False)
class NotNow(Conflict):
    """The parcel is in a state where this cannot happen."""

    order_code: str
    parcel_status: str


async def book(
    simulation: Simulation, tx: Tx, shop_id: str, asked: dict[str, Any], *, now: datetime
) -> CarrierOrder:
    """Take an order (F4.8.2); the same client_order_code gives the order that is there."""
    order, is_new = await once(
        tx,
        CarrierOrder,
        {"client_order_code": asked["client_order_code"]},
        order_code=f"L{secrets.token_hex(4).upper()}",
        shop_id=shop_id,
        asked=asked,
        cod_amount=asked["cod_amount"],
        status=READY,
        reason="",
        log={"entries": [_entry(READY, now)]},
        created_at=now,
        updated_at=now,
    )
    if is_new:
        await _tell(simulation, tx, order, "create", now=now)
    return order


async def find(tx: Tx, *, order_code: str = "", client_order_code: str = "") -> CarrierOrder | None:
    """Return an order by either of its numbers, locked."""
    by_own = CarrierOrder.order_code == order_code
    by_shops = CarrierOrder.client_order_code == client_order_code
    query = select(CarrierOrder).where(by_own if order_code else by_shops).with_for_update()
    return (await tx.scalars(query)).one_or_none()


async def cancel(simulation: Simulation, tx: Tx, order: CarrierOrder, *, now: datetime) -> bool:
    """Cancel while the parcel is not collected; say whether it is cancelled now."""
    if order.status == CANCELLED:
        return True
    if order.status not in WAITING:
        return False
    await _move(simulation, tx, order, CANCELLED, "Người gửi hủy đơn", "", now=now)
    return True


async def send_back(simulation: Simulation, tx: Tx, order: CarrierOrder, *, now: datetime) -> bool:
    """Return a parcel that is stored or waits for its return; say whether it is on its way back."""
    if order.status == RETURN:
        return True
    if order.status not in RETURNABLE:
        return False
    await _move(simulation, tx, order, RETURN, "Người gửi yêu cầu trả hàng", "", now=now)
    return True


async def act(
    simulation: Simulation,
    tx: Tx,
    order_code: str,
    action: Action,
    *,
    reason: str = "",
    reason_code: str = "",
    now: datetime,
) -> CarrierOrder:
    """Note what the shipper reports (F4.13.2, F4.16, F4.21) and tell the shop."""
    order = await find(tx, order_code=order_code)
    if order is None:
        raise NoSuchParcel(order_code)
    step = STEPS[action]
    if order.status not in step.possible_in:
        raise NotNow(order_code, order.status)
    why = reason or step.reason, reason_code or step.reason_code
    await _move(simulation, tx, order, step.leads_to, *why, now=now)
    return order


async def _move(
    simulation: Simulation,
    tx: Tx,
    order: CarrierOrder,
    status: str,
    reason: str,
    reason_code: str,
    *,
    now: datetime,
) -> None:
    order.status, order.reason, order.updated_at = status, reason, now
    entry = _entry(status, now) | {"reason": reason, "reason_code": reason_code}
    order.log = {"entries": [*order.log["entries"], entry]}
    await _tell(simulation, tx, order, "switch_status", reason_code=reason_code, now=now)


async def _tell(
    simulation: Simulation,
    tx: Tx,
    order: CarrierOrder,
    kind: str,
    *,
    reason_code: str = "",
    now: datetime,
) -> None:
    strange = simulation.faults.take("carrier", "unknown_status")
    status = (strange.value or "chuyen_kho_dac_biet") if strange else order.status
    is_silent = status == "delivered" and simulation.faults.take("carrier", "silent_cash")
    message = {
        "CODAmount": 0 if is_silent else order.cod_amount,
        "ClientOrderCode": order.client_order_code,
        "Fee": {"MainService": fee_vnd(order), "Insurance": 0},
        "OrderCode": order.order_code,
        "PaymentType": order.asked["payment_type_id"],
        "Reason": order.reason,
        "ReasonCode": reason_code,
        "ShopID": int(order.shop_id),
        "Status": status,
        "Time": zulu(now),
        "TotalFee": fee_vnd(order),
        "Type": kind,
        "Warehouse": "",
        "Weight": order.asked["weight"],
    }
    await simulation.callbacks.queue(tx, "carrier_webhook", order.order_code, message)


def fee_vnd(order: CarrierOrder) -> int:
    """Return what the carrier asks for the parcel."""
    return 22_000 if int(order.asked["weight"]) <= 2000 else 33_000  # noqa: PLR2004, two tariffs


def zulu(moment: datetime) -> str:
    """Write a moment as GHN does."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"


def _entry(status: str, now: datetime) -> dict[str, str]:
    return {"status": status, "updated_date": zulu(now)}


async def counts(tx: Tx, ref: str | None) -> dict[str, int]:
    """Count created orders; `ref` is either number, or the shop's with `-...` behind it."""
    shipments: Any = select(func.count(CarrierOrder.order_code))
    if ref is not None:
        own_code = CarrierOrder.client_order_code
        again = own_code.startswith(f"{ref}-", autoescape=True)
        shipments = shipments.where(or_(own_code == ref, again, CarrierOrder.order_code == ref))
    return {"shipments": int(await tx.scalar(shipments) or 0)}
