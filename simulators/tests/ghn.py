"""A shop that talks GHN's protocol, and its shipper."""

from typing import Any

from simulators.testing import Outside

API = "/carrier/shiip/public-api/v2"
HEADERS = {"Token": "carrier-token", "ShopId": "2401"}


def parcel(code: str = "CS1", **changes: Any) -> dict[str, Any]:
    return {
        "client_order_code": code,
        "from_name": "Kho OSP",
        "from_phone": "0901234567",
        "from_address": "Số 1 Phố Thử",
        "to_name": "Nguyễn Thị Mẫu",
        "to_phone": "0931266868",
        "to_address": "Số 2 Phố Thử",
        "to_ward_code": "26734",
        "cod_amount": 199_000,
        "payment_type_id": 1,
        "required_note": "KHONGCHOXEMHANG",
        "weight": 50,
        "content": "SIM trắng",
        "pickup_time": 1_795_000_000,
        "items": [{"name": "SIM", "quantity": 1}],
    } | changes


async def call(outside: Outside, path: str, body: object, **headers: str) -> tuple[int, Any]:
    answer = await outside.http.post(f"{API}/{path}", json=body, headers=HEADERS | headers)
    assert answer.json()["code"] == answer.status_code
    return answer.status_code, answer.json()


async def booked(outside: Outside, code: str = "CS1", **changes: Any) -> str:
    status, answer = await call(outside, "shipping-order/create", parcel(code, **changes))
    assert status == 200, answer
    order_code: str = answer["data"]["order_code"]
    return order_code


async def report(outside: Outside, order_code: str, action: str, **fields: str) -> int:
    path = f"/carrier/shipper/{order_code}/{action}"
    return (await outside.http.post(path, json=fields)).status_code
