"""The payment page a customer sees, and the list of payments."""

import asyncio
import re
from contextlib import suppress
from datetime import datetime
from typing import Final

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from kit import clock
from simulators.pages import LATEST, page, root
from simulators.payment import protocol, refunds, store
from simulators.simulation import InSimulation, Simulation

router = APIRouter(prefix="/payment", include_in_schema=False)

_PATIENCE_SECONDS: Final = 2.0
_REFUSALS: Final = {
    "03": "Dữ liệu gửi sang không đúng định dạng",
    "15": "Giao dịch đã quá thời gian chờ thanh toán",
    "01": "Giao dịch đã tồn tại",
    "70": "Sai chữ ký",
    "72": "Không tìm thấy website",
    "91": "Không tìm thấy giao dịch",
}


@router.get("")
async def payments(request: Request, simulation: InSimulation) -> Response:
    """List the latest payments."""
    async with simulation.transaction() as tx:
        rows = await refunds.latest(tx, LATEST)
    return page(request, "payments", system="payment", payments=rows, now=clock.now())


@router.get("/paymentv2/vpcpay.html")
async def pay_page(request: Request, simulation: InSimulation) -> Response:
    """Open a payment and let the customer decide (F3.12)."""
    params = dict(request.query_params)
    now = clock.now()
    if (code := _refusal(simulation, params, now)) is not None:
        return _refuse(request, code)
    async with simulation.transaction() as tx:
        payment = await store.open_payment(tx, params, now=now)
    if payment is None:
        return _refuse(request, "01")
    choices, way_back = list(store.Choice), _page_before(request)
    return page(request, "pay", payment=payment, choices=choices, way_back=way_back)


def _page_before(request: Request) -> str:
    """Return the app's page the customer came from: leaving this one decides nothing."""
    host = re.escape(request.headers.get("host", ""))
    before = re.match(rf"https?://{host}(/[^?#]*)", request.headers.get("referer", ""))
    if before is None or before[1].endswith(request.url.path):
        return root(request) + "../"
    return root(request) + ".." + before[1]


def _refusal(simulation: Simulation, params: dict[str, str], now: datetime) -> str | None:
    if params.get("vnp_TmnCode") != simulation.settings.vnpay_tmn_code:
        return "72"
    secret = simulation.settings.vnpay_secret.get_secret_value()
    signature = params.get("vnp_SecureHash", "")
    if not protocol.is_signed(secret, protocol.query(params), signature):
        return "70"
    if protocol.first_wrong_field(params) is not None:
        return "03"
    expires_at = protocol.moment(params["vnp_ExpireDate"])
    return "15" if expires_at is None or expires_at <= now else None


def _refuse(request: Request, code: str) -> Response:
    status = 404 if code == "91" else 400
    return page(request, "pay_refused", status=status, code=code, reason=_REFUSALS[code])


@router.post("/pay/{txn_ref}/{choice}")
async def pay(
    request: Request, simulation: InSimulation, txn_ref: str, choice: store.Choice
) -> Response:
    """Do what the customer chose, tell the merchant (IPN), and send the customer back."""
    now = clock.now()
    async with simulation.transaction() as tx:
        payment = await store.find(tx, txn_ref)
        if payment is None:
            return _refuse(request, "91")
        callback = await store.decide(simulation, tx, payment, choice, now=now)
        attempted = simulation.tasks.watch(callback) if callback else None
    if attempted is not None:
        # The merchant usually hears first; the customer does not wait long for that.
        with suppress(TimeoutError):
            async with asyncio.timeout(_PATIENCE_SECONDS):
                await attempted.wait()
    return RedirectResponse(_way_back(simulation, payment, now), 303)


def _way_back(simulation: Simulation, payment: store.Payment, now: datetime) -> str:
    secret = simulation.settings.vnpay_secret.get_secret_value()
    result = store.result(simulation.settings.vnpay_tmn_code, payment, now=now)
    joint = "&" if "?" in payment.return_url else "?"
    return f"{payment.return_url}{joint}{protocol.signed_query(secret, result)}"
