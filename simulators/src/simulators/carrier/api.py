"""GHN's interface for shops: create an order, ask about it, cancel it."""

import json
from collections.abc import Awaitable, Callable
from typing import Annotated, Any, Final

from fastapi import Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field, StrictInt, ValidationError, model_validator

from kit import clock
from simulators.carrier import store
from simulators.protocols import protocol
from simulators.settings import revealed
from simulators.simulation import InSimulation, Simulation

Change = Callable[..., Awaitable[bool]]

router = protocol("carrier", "/carrier/shiip/public-api")

Words = Annotated[str, Field(min_length=1, max_length=1024, pattern=r"^[^\x00]+$")]
Maybe = Annotated[str, Field(max_length=1024, pattern=r"^[^\x00]*$")]
_MOST_COD_VND: Final = 50_000_000


class Item(BaseModel):
    """A thing in the parcel."""

    model_config = ConfigDict(extra="allow")

    name: Words
    quantity: Annotated[StrictInt, Field(ge=1)]


class Parcel(BaseModel):
    """The body of GHN's order creation: parcel, sender, pickup time, recipient, money due."""

    model_config = ConfigDict(extra="ignore")

    client_order_code: Annotated[str, Field(pattern=r"^[A-Za-z0-9._-]{1,50}$")]
    to_name: Words
    to_phone: Annotated[str, Field(pattern=r"^(0|\+?84)[0-9]{9,10}$")]
    to_address: Words
    to_ward_code: Maybe = ""
    to_ward_name: Maybe = ""
    to_district_id: StrictInt | None = None
    to_district_name: Maybe = ""
    to_province_name: Maybe = ""
    from_name: Maybe = ""
    from_phone: Maybe = ""
    from_address: Maybe = ""
    cod_amount: Annotated[StrictInt, Field(ge=0, le=_MOST_COD_VND)] = 0
    payment_type_id: Annotated[StrictInt, Field(ge=1, le=2)]
    required_note: Annotated[
        str, Field(pattern="^(CHOTHUHANG|CHOXEMHANGKHONGTHU|KHONGCHOXEMHANG)$")
    ]
    service_type_id: StrictInt | None = None
    weight: Annotated[StrictInt, Field(ge=1, le=50_000)]
    length: StrictInt | None = None
    width: StrictInt | None = None
    height: StrictInt | None = None
    content: Maybe = ""
    note: Maybe = ""
    pickup_time: Annotated[StrictInt, Field(ge=0, le=10_000_000_000)] | None = None
    items: list[Item] = []

    @model_validator(mode="after")
    def _must_know_the_ward(self) -> "Parcel":
        if not (self.to_ward_code or self.to_ward_name):
            message = "to_ward_code or to_ward_name is required"
            raise ValueError(message)
        return self


def _say(status: int, message: str, data: Any = None) -> JSONResponse:
    answer: dict[str, Any] = {"code": status, "message": message, "data": data}
    if status == 400:  # noqa: PLR2004, of what cannot be done GHN says a code, too
        answer["code_message"] = "USER_ERR_COMMON"
    return JSONResponse(answer, status)


async def _read(
    request: Request, simulation: Simulation
) -> tuple[str, dict[str, Any]] | JSONResponse:
    """Check who is calling; return the shop and the body, or the answer that refuses them."""
    token, expected = request.headers.get("token", ""), revealed(simulation.settings.carrier_token)
    if not token or (expected is not None and token != expected):
        return _say(401, "Token is not valid!")
    shop_id = request.headers.get("shopid", "")
    if not (shop_id.isascii() and shop_id.isdigit() and len(shop_id) < 12):  # noqa: PLR2004, ids
        return _say(400, "ShopId is not valid!")
    try:
        body = json.loads(await request.body())
    except (ValueError, RecursionError):
        body = None
    return (shop_id, body) if isinstance(body, dict) else _say(400, "Body is not valid JSON")


@router.post("/v2/shipping-order/create")
async def create(request: Request, simulation: InSimulation) -> JSONResponse:
    """Take an order (F4.8.2)."""
    read = await _read(request, simulation)
    if isinstance(read, JSONResponse):
        return read
    shop_id, body = read
    if fault := simulation.faults.take("carrier", "refuse_order"):
        return _say(400, fault.value or "Khu vực này không được phục vụ")
    try:
        parcel = Parcel.model_validate(body)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"])) or "body"
        return _say(400, f"{where}: {first['msg']}")
    async with simulation.transaction() as tx:
        order = await store.book(simulation, tx, shop_id, parcel.model_dump(), now=clock.now())
    return _say(
        200,
        "Success",
        {
            "order_code": order.order_code,
            "client_order_code": order.client_order_code,
            "sort_code": "10-02-A",
            "trans_type": "truck",
            "fee": {"main_service": store.fee_vnd(order), "insurance": 0},
            "total_fee": store.fee_vnd(order),
            "expected_delivery_time": store.zulu(order.created_at),
        },
    )


@router.post("/v2/shipping-order/detail")
async def detail(request: Request, simulation: InSimulation) -> JSONResponse:
    """Say where an order is."""
    return await _detail(request, simulation, "order_code")


@router.post("/v2/shipping-order/detail-by-client-code")
async def detail_by_client_code(request: Request, simulation: InSimulation) -> JSONResponse:
    """Say where an order is, by the shop's own number."""
    return await _detail(request, simulation, "client_order_code")


async def _detail(request: Request, simulation: Simulation, by: str) -> JSONResponse:
    read = await _read(request, simulation)
    if isinstance(read, JSONResponse):
        return read
    code = read[1].get(by)
    if not isinstance(code, str) or not code or "\x00" in code:
        return _say(400, f"{by} is required")
    async with simulation.transaction() as tx:
        order = await store.find(tx, **{by: code})
        if order is None:
            return _say(400, "Đơn hàng không tồn tại")
        return _say(200, "Success", _described(order))


def _described(order: store.CarrierOrder) -> dict[str, Any]:
    return {
        **order.asked,
        "order_code": order.order_code,
        "shop_id": int(order.shop_id),
        "status": order.status,
        "reason": order.reason,
        "cod_amount": order.cod_amount,
        "created_date": store.zulu(order.created_at),
        "updated_date": store.zulu(order.updated_at),
        "log": order.log["entries"],
    }


@router.post("/v2/switch-status/cancel")
async def cancel(request: Request, simulation: InSimulation) -> JSONResponse:
    """Cancel orders that have not been collected (F4.11)."""
    return await _switch(request, simulation, store.cancel)


@router.post("/v2/switch-status/return")
async def send_back(request: Request, simulation: InSimulation) -> JSONResponse:
    """Return orders that are stored or wait for their return (F4.18)."""
    return await _switch(request, simulation, store.send_back)


async def _switch(request: Request, simulation: Simulation, change: Change) -> JSONResponse:
    read = await _read(request, simulation)
    if isinstance(read, JSONResponse):
        return read
    codes = read[1].get("order_codes")
    is_list = isinstance(codes, list) and all(isinstance(code, str) for code in codes)
    if not is_list or not codes or any("\x00" in code for code in codes):
        return _say(400, "order_codes is required")
    answers = []
    async with simulation.transaction() as tx:
        for code in sorted(set(codes)):
            order = await store.find(tx, order_code=code) if code else None
            done = order is not None and await change(simulation, tx, order, now=clock.now())
            why = "OK" if done else _why_not(order)
            answers.append({"order_code": code, "result": done, "message": why})
    return _say(200, "Success", answers)


def _why_not(order: store.CarrierOrder | None) -> str:
    if order is None:
        return "Đơn hàng không tồn tại"
    return f"Không thể chuyển đơn hàng đang ở trạng thái {order.status}"
