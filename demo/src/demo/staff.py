"""The steps of staff and partners, through public HTTP only."""

import random
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from demo.gateway import Gateway, Refusal, until, when_ready
from demo.papers import Person
from demo.shopper import TAKEN, Shopper
from values.sim_serials import luhn

COLLECTION: Final = "Kho OSP, 12 Phố Mẫu, Quận Thử, TP. Hồ Chí Minh"


class Staff:
    """A member of staff who has signed in at a console."""

    def __init__(self, gateway: Gateway) -> None:
        self.gateway = gateway


class OspStaff(Staff):
    """Packs and hands over parcels (flow 4)."""

    async def sees_order(self, hold_id: str, tab: str = "PENDING") -> dict[str, Any]:
        """Find the order in a tab of the order list (F4.2, F4.4)."""
        return await _find(self.gateway, "/api/shipping/v1/staff/shipments", hold_id, tab=tab)

    async def confirms(self, shipment: dict[str, Any]) -> None:
        """Enter collection address and time, and confirm (F4.8)."""
        later = datetime.now(UTC) + timedelta(hours=2)
        await self._does(
            shipment,
            "confirm",
            {
                "collection_address": COLLECTION,
                "collection_at": later.isoformat(),
                "carrier": "ghn",
            },
        )

    async def booked(self, shipment: dict[str, Any]) -> str:
        """Wait for the carrier to take the order, and return its tracking code (F4.8.2, F4.9)."""

        async def now() -> str | None:
            order = await self.sees_order(shipment["hold_id"], "AWAITING_COLLECTION")
            code = order.get("tracking_code")
            return str(code) if code else None

        return await until("the carrier to take the order", now)

    async def packs(self, shipment: dict[str, Any], serial: str | None = None) -> str:
        """Put a blank SIM into the parcel; its serial belongs to the order now (F4.12)."""
        serial = serial or new_serial()
        await self._does(shipment, "pack", {"sim_serial": serial})
        return serial

    async def hands_over(self, shipment: dict[str, Any]) -> None:
        """Give the parcel to the courier (F4.13)."""
        await self._does(shipment, "hand-over")

    async def rejects(self, shipment: dict[str, Any], reason_code: str) -> None:
        """Refuse an order that cannot be carried out (G17)."""
        await self._does(shipment, "reject", {"reason_code": reason_code})

    async def _does(self, shipment: dict[str, Any], action: str, body: Any = None) -> None:
        path = f"/api/shipping/v1/staff/shipments/{shipment['shipment_id']}/{action}"
        await self.gateway.post(path, body)


class StoreStaff(Staff):
    """Gives SIMs to customers who come to the store (F4.6, F4.7)."""

    async def makes_ready(self, hold_id: str) -> dict[str, Any]:
        """Lay the SIM ready for its customer (F4.6)."""
        shipment = await _find(self.gateway, "/api/shipping/v1/store/shipments", hold_id)
        await self.gateway.post(f"/api/shipping/v1/store/shipments/{shipment['shipment_id']}/ready")
        return shipment

    async def hands_over(self, hold_code: str, collected_vnd: int | None = None) -> str:
        """Scan the hold code, take the money if it is due, give the SIM (F4.7, G15)."""
        serial = new_serial()
        body = {"hold_code": hold_code, "sim_serial": serial}
        if collected_vnd is not None:
            body |= {"collected_vnd": collected_vnd}  # type: ignore[dict-item] # JSON takes both
        await self.gateway.post("/api/shipping/v1/store/hand-overs", body)
        return serial


class Officer(Staff):
    """Decides about connections at the connection desk (P6.1)."""

    async def claims(self, hold_id: str) -> None:
        """Wait for the dossier in the queue and take it (P4.1)."""

        async def claimed() -> bool:
            try:
                await self.gateway.post(f"/api/activation/v1/desk/{hold_id}/claim")
            except Refusal as refusal:
                if refusal.slug == "activation-closed":  # it is still on its way to mSale
                    return False
                raise
            return True

        await until("the dossier to be in the connection queue", claimed)

    async def confirms(self, hold_id: str) -> None:
        """Look at what was signed, and permit the connection (P6.1)."""
        await self.claims(hold_id)
        await self.sees_the_evidence(hold_id)
        await self.gateway.post(f"/api/activation/v1/desk/{hold_id}/confirm")

    async def sees_the_evidence(self, hold_id: str) -> dict[str, Any]:
        """Read the dossier, and look at the signature under it (P6.1)."""
        desk = f"/api/activation/v1/desk/{hold_id}"
        dossier: dict[str, Any] = await self.gateway.get(f"{desk}/dossier")
        await self.gateway.get(f"{desk}/signature")
        return dossier

    async def refuses(self, hold_id: str, reason_code: str, reason_text: str) -> None:
        """Refuse the connection (F5a.16, F5b.18)."""
        await self.claims(hold_id)
        await self.gateway.post(
            f"/api/activation/v1/desk/{hold_id}/refuse",
            {"reason_code": reason_code, "reason_text": reason_text},
        )


class Channel:
    """A partner's online sales channel: pays first, then holds (P2.2, P2.3, P3.2)."""

    def __init__(self, gateway: Gateway) -> None:
        self.gateway = gateway

    async def sells(self, number: dict[str, Any], sim: str, person: Person) -> dict[str, Any]:
        """Lock the number, take the money, hold; return the hold with its code (P2.2, P3.2)."""
        locked = await self.gateway.post(
            "/api/hold/v1/partner/locks", {"offer": number["offer"], "sim": sim}
        )
        body = {
            "hold_id": locked["hold_id"],
            "customer_phone": person.phone,
            "collected_vnd": locked["price_vnd"] + locked["sim_fee_vnd"],
            "collected_at": datetime.now(UTC).isoformat(),
            "partner_reference": f"REF-{random.SystemRandom().randrange(10**9)}",
        }
        held: dict[str, Any] = await self.gateway.post("/api/hold/v1/partner/holds", body)
        return held

    async def finds_and_sells(self, customer: Shopper, sim: str) -> dict[str, Any]:
        """Sell a number that nobody else takes in the same moment; return the hold."""

        async def sold() -> dict[str, Any] | None:
            try:
                return await self.sells(await customer.finds("*"), sim, customer.person)
            except Refusal as refusal:
                if refusal.slug not in TAKEN:
                    raise
                return None

        return await until("a number that the channel can sell", sold)

    async def delivers(self, hold_id: str) -> str:
        """Pack a blank SIM, bring it, and report both (P2.3)."""
        serial = new_serial()
        path = f"/api/shipping/v1/partner/shipments/{hold_id}"
        packed = lambda: self.gateway.post(f"{path}/packed", {"sim_serial": serial})  # noqa: E731
        await when_ready("the shipment to be known", packed)
        now = datetime.now(UTC).isoformat()
        await self.gateway.post(f"{path}/delivered", {"delivered_at": now})
        return serial


def new_serial() -> str:
    """Take a blank SIM from the drawer: 89 84 01, a number, and its check digit (Luhn)."""
    body = f"898401{random.SystemRandom().randrange(10**12):012d}"
    return next(body + digit for digit in "0123456789" if luhn(body + digit))


async def _find(
    gateway: Gateway, path: str, hold_id: str, tab: str | None = None
) -> dict[str, Any]:
    async def shipment() -> dict[str, Any] | None:
        after = None
        while True:
            page = await gateway.get(path, tab=tab, limit=100, after=after)
            for item in page["items"]:
                if item["hold_id"] == hold_id:
                    return dict(item)
            if not (after := page.get("next")):
                return None

    return await until("the order to be in the list", shipment)
