"""Parcels on autopilot: OSP packs, the courier brings, stores give out (flow 4)."""

import random
import time
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any, Final

from kit import clock
from simulators.autopilot.console import Console, Refusal
from simulators.autopilot.staff import Item, Staff
from simulators.carrier import store as carrier
from simulators.carrier.statuses import WAITING, Action
from values.sim_serials import luhn

OSP: Final = "osp1"
ADMIN: Final = "admin"
CLERKS: Final = {"2HCM0001": "store1"}
"""Clerks of the local system; the other stores take one on when an order waits for them."""
COLLECTION: Final = "Kho OSP, 12 Phố Mẫu, Quận Thử, TP. Hồ Chí Minh"
COLLECTION_IN: Final = timedelta(hours=2)
TABS: Final = ("PENDING", "AWAITING_COLLECTION", "DELIVERING")
ON_THE_ROAD_SECONDS: Final = 2.0
"""Time between two reports of the courier, so that a person can see each."""
TO_THE_STORE_SECONDS: Final = 4.0
"""Time that a customer needs to come to the store."""
_SHIPMENTS: Final = "/api/shipping/v1/staff/shipments"
_STORES: Final = "/api/shipping/v1/store"

Step = Callable[[Item], Awaitable[None]]


class Parcels:
    """The parcels of every customer, from the order to the customer's hand."""

    def __init__(self, staff: Staff) -> None:
        self._staff = staff
        self._ready_since: dict[str, float] = {}
        self._clerks = dict(CLERKS)
        self._steps: dict[tuple[str, str], Step] = {
            ("HOME", "PENDING"): self._confirm,
            ("HOME", "BOOKED"): self._pack_and_hand_over,
            ("HOME", "COLLECTION_FAILED"): self._pack_and_hand_over,
            ("HOME", "DELIVERING"): self._bring,
            ("STORE", "PENDING"): self._make_ready,
            ("STORE", "READY_AT_STORE"): self._give,
        }

    async def work(self) -> None:
        """Take each waiting parcel one step further. Raises Unreachable."""
        for tab in TABS:
            for shipment in await self._osp.items(_SHIPMENTS, tab=tab):
                if step := self._steps.get((shipment["delivery"], shipment["status"])):
                    await self._staff.handle(shipment, step)

    @property
    def _osp(self) -> Console:
        return self._staff.console(OSP)

    async def _confirm(self, shipment: Item) -> None:
        """Say where and when the courier finds the parcel (F4.8)."""
        body = {
            "collection_address": COLLECTION,
            "collection_at": (clock.now() + COLLECTION_IN).isoformat(),
            "carrier": "ghn",
        }
        await self._does(shipment, "confirm", body)
        await self._staff.note("OSP", "xác nhận đơn và đặt lịch lấy hàng", shipment)

    async def _pack_and_hand_over(self, shipment: Item) -> None:
        """Put a blank SIM into the parcel, and give it to the courier (F4.12, F4.13)."""
        if not shipment["packed"]:
            serial = new_serial()
            await self._does(shipment, "pack", {"sim_serial": serial})
            await self._staff.note("OSP", "đóng gói SIM trắng", shipment, sim_serial=serial)
        await self._does(shipment, "hand-over")
        await self._staff.note("OSP", "giao kiện hàng cho bưu tá", shipment)

    async def _does(self, shipment: Item, action: str, body: Any = None) -> None:
        await self._osp.post(f"{_SHIPMENTS}/{shipment['shipment_id']}/{action}", body)

    async def _bring(self, shipment: Item) -> None:
        """Report the courier's next step (F4.13.2, F4.21); what went wrong is left to people."""
        simulation, now = self._staff.simulation, clock.now()
        async with simulation.transaction() as tx:
            parcel = await carrier.find(tx, order_code=shipment["tracking_code"] or "-")
            action = next_report(parcel.status) if parcel else None
            if parcel is None or action is None:
                return
            if now - parcel.updated_at < timedelta(seconds=ON_THE_ROAD_SECONDS):
                return
            parcel = await carrier.act(simulation, tx, parcel.order_code, action, now=now)
            label = parcel.label
        await self._staff.note("Bưu tá", f"báo: {label}", shipment)

    async def _make_ready(self, shipment: Item) -> None:
        """Lay the SIM ready for its customer (F4.6)."""
        clerk = await self._clerk_of(shipment["store_code"])
        await clerk.post(f"{_STORES}/shipments/{shipment['shipment_id']}/ready")
        self._ready_since[shipment["shipment_id"]] = time.monotonic()
        await self._staff.note(f"Cửa hàng {shipment['store_code']}", "chuẩn bị xong SIM", shipment)

    async def _give(self, shipment: Item) -> None:
        """Give the SIM against hold code and money, as if the customer had come (F4.7, G15)."""
        since = self._ready_since.get(shipment["shipment_id"], 0.0)
        if time.monotonic() - since < TO_THE_STORE_SECONDS:
            return
        serial = new_serial()
        body = {
            "hold_code": shipment["hold_code"],
            "sim_serial": serial,
            "collected_vnd": shipment["cod_due_vnd"],
        }
        clerk = await self._clerk_of(shipment["store_code"])
        await clerk.post(f"{_STORES}/hand-overs", body)
        self._ready_since.pop(shipment["shipment_id"], None)
        person = f"Cửa hàng {shipment['store_code']}"
        await self._staff.note(person, "trao SIM trắng cho khách", shipment, sim_serial=serial)

    async def _clerk_of(self, store_code: str) -> Console:
        """Return a clerk of a store, taken on by the administrator if there is none."""
        if store_code not in self._clerks:
            username = f"clerk.{store_code.lower()}"
            body = {
                "username": username,
                "password": self._staff.simulation.settings.staff_password.get_secret_value(),
                "roles": ["store_staff"],
                "shop_code": store_code,
            }
            try:
                await self._staff.console(ADMIN).post("/api/identity/v1/staff", body)
            except Refusal as refusal:
                if refusal.slug != "username-taken":
                    raise
            self._clerks[store_code] = username
        return self._staff.console(self._clerks[store_code])


def next_report(status: str) -> Action | None:
    """Return the courier's next good report; None where a person let something go wrong."""
    if status in WAITING:
        return Action.PICKED
    if status in ("picked", "storing", "transporting", "sorting"):
        return Action.DELIVERING
    if status in ("delivering", "money_collect_delivering"):
        return Action.DELIVERED
    return None


def new_serial() -> str:
    """Take a blank SIM from the drawer: 89 84 01, a number, and its check digit (Luhn)."""
    body = f"898401{random.SystemRandom().randrange(10**12):012d}"
    return next(body + digit for digit in "0123456789" if luhn(body + digit))
