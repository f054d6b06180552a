"""GHN, as GHN wants to be spoken to. Every call happens outside any transaction."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

import httpx
import structlog

from kit import clock
from kit.clock import VIETNAM
from kit.errors import Unavailable
from kit.money import MOST_DONG
from kit.tasks import PermanentError
from shipping.news.domain import News
from shipping.settings import Settings
from values.moments import bounded

API: Final = "/shiip/public-api/v2"
SMALL: Final = {"weight": 50, "length": 20, "width": 15, "height": 2}
"""An envelope with a SIM card in it: grams and centimetres."""

_CODE: Final = re.compile(r"[A-Z][A-Z0-9_]{0,63}")

log = structlog.get_logger()


class CarrierAway(Unavailable):
    """The carrier cannot be reached or is in trouble itself; try again later."""


class CarrierRefused(PermanentError):
    """The carrier understood and will not do it, however often it is asked."""


@dataclass(frozen=True)
class Parcel:
    """The four things a carrier must be told (F4.8.2)."""

    shipment_id: UUID
    order_id: UUID
    collection_address: str
    collection_at: datetime
    recipient: str
    phone: str
    street: str
    ward: str
    province: str
    note: str | None
    cod_vnd: int


class GhnGateway:
    """Books, asks about and cancels parcels at GHN."""

    def __init__(
        self, settings: Settings, *, transport: httpx.AsyncBaseTransport | None = None
    ) -> None:
        self._settings, self._transport = settings, transport

    async def book(self, parcel: Parcel) -> str:
        """Hand in an order and return its tracking code; our code in it makes a repeat harmless."""
        data = await self._ask("/shipping-order/create", self._order(parcel))
        return str(data["order_code"])

    async def find(self, shipment_id: UUID) -> str | None:
        """Return the tracking code of an order whose answer was lost, if there is one."""
        path = "/shipping-order/detail-by-client-code"
        try:
            data = await self._ask(path, {"client_order_code": str(shipment_id)})
        except CarrierRefused:  # as it says that there is none
            return None
        return str(data["order_code"])

    async def news(self, tracking_code: str) -> News:
        """Ask where a parcel is (G22)."""
        data = await self._ask("/shipping-order/detail", {"order_code": tracking_code})
        last = (data.get("log") or [{}])[-1]
        return News(
            carrier="ghn",
            order_code=tracking_code,
            client_order_code=str(data.get("client_order_code", "")),
            word=str(data["status"]),
            said_at=moment(str(data.get("updated_date")), otherwise=clock.now()),
            reason=str(data.get("reason") or ""),
            reason_code=str(last.get("reason_code") or ""),
            cod_vnd=dong(data.get("cod_amount")),
        )

    async def cancel(self, tracking_code: str) -> bool:
        """Call the courier off (G18); False if he has the parcel already."""
        return await self._switch("cancel", tracking_code)

    async def call_back(self, tracking_code: str) -> bool:
        """Have a parcel back (F4.18); False while it is neither stored nor waits for its return."""
        return await self._switch("return", tracking_code)

    async def _switch(self, to: str, tracking_code: str) -> bool:
        data = await self._ask(f"/switch-status/{to}", {"order_codes": [tracking_code]})
        return all(one["result"] for one in data)

    def _order(self, parcel: Parcel) -> dict[str, Any]:
        money = f"Thu hộ {parcel.cod_vnd} đồng" if parcel.cod_vnd else "Đã thanh toán"
        at = f"{parcel.collection_at.astimezone(VIETNAM):%H:%M %d/%m/%Y}"
        return {
            "client_order_code": str(parcel.shipment_id),
            "content": f"SIM trắng, đơn hàng {parcel.order_id}",
            "items": [{"name": "SIM trắng", "quantity": 1, "price": parcel.cod_vnd}],
            **SMALL,
            "service_type_id": 2,
            "from_name": self._settings.sender_name,
            "from_phone": self._settings.sender_phone,
            "from_address": parcel.collection_address,
            "pickup_time": int(parcel.collection_at.timestamp()),
            "to_name": parcel.recipient,
            "to_phone": parcel.phone,
            "to_address": f"{parcel.street}, {parcel.ward}, {parcel.province}",
            "to_ward_name": parcel.ward,
            "to_province_name": parcel.province,
            "cod_amount": parcel.cod_vnd,
            "payment_type_id": 1,
            "required_note": "KHONGCHOXEMHANG",
            "note": ". ".join(filter(None, [f"Lấy hàng lúc {at}", money, parcel.note])),
        }

    async def _ask(self, path: str, body: dict[str, Any]) -> Any:
        return _data_of(await self._post(path, body))

    async def _post(self, path: str, body: dict[str, Any]) -> httpx.Response:
        headers = {
            "Token": self._settings.ghn_token.get_secret_value(),
            "ShopId": str(self._settings.ghn_shop_id),
        }
        base = str(self._settings.ghn_url).rstrip("/")
        try:
            async with httpx.AsyncClient(
                transport=self._transport, timeout=self._settings.ghn_timeout_seconds
            ) as client:
                return await client.post(f"{base}{API}{path}", json=body, headers=headers)
        except httpx.HTTPError as error:
            # The cause could quote the address of the customer; its kind says enough.
            raise CarrierAway from RuntimeError(type(error).__name__)


def moment(text: str, *, otherwise: datetime) -> datetime:
    """Read a time as GHN writes it; without a zone it is Vietnam's.

    A time that cannot be right is no reason to lose the news, which may be of money: then it counts
    as said when it was heard.
    """
    try:
        at = datetime.fromisoformat(text)
        return bounded(at if at.tzinfo else at.replace(tzinfo=VIETNAM))
    except ValueError:
        log.warning("carrier_clock", carrier="ghn")
        return otherwise


def dong(amount: Any) -> int | None:
    """Read an amount as GHN writes it; one that cannot be is no reason to lose the news."""
    fine = isinstance(amount, int) and not isinstance(amount, bool) and 0 <= amount <= MOST_DONG
    return amount if fine else None


def _data_of(answer: httpx.Response) -> Any:
    try:
        body = answer.json()
        code = int(body["code"])
    except (ValueError, TypeError, KeyError):
        raise CarrierAway from None
    if answer.is_success and code == httpx.codes.OK:
        return body["data"]
    # Of its refusals GHN says 400; a token or a limit of ours is no reason to give a parcel up.
    if httpx.codes.BAD_REQUEST in (answer.status_code, code):
        said = str(body.get("code_message") or "")
        raise CarrierRefused(said if _CODE.fullmatch(said) else "CARRIER_REFUSED")
    raise CarrierAway
