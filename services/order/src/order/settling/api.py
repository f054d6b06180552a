"""HTTP: what VNPay says (IPN), and where it sends the customer back to."""

from typing import Final

import structlog
from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, JSONResponse, Response

from kit import clock
from kit.db import Database, RequestDatabase, Transaction
from order.gateways import Config, Gateway
from order.payments import queries
from order.payments.domain import LABELS_VI, Heard
from order.settings import Settings
from order.settling import commands
from order.vnpay.domain import notice_of

router = APIRouter(prefix="/v1/payments/vnpay", tags=["payments"])

MESSAGES: Final = {
    "00": "Confirm Success",
    "01": "Order not Found",
    "02": "Order already confirmed",
    "04": "Invalid amount",
    "97": "Invalid Checksum",
    "99": "Unknown error",
}
PAGE: Final = """<!doctype html><html lang="vi"><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><title>Kết quả thanh toán</title>
<h1>{heading}</h1><p>Trạng thái: <strong>{status}</strong></p>
<p>Bạn có thể đóng trang này và xem đơn hàng trong ứng dụng.</p></html>"""

ANY_QUERY: Final = {"x-any-query": True}
"""VNPay says what it likes in the address, and others add to that on the customer's way back."""

log = structlog.get_logger()


@router.get("/ipn", summary="VNPay tells how an attempt to pay ended", openapi_extra=ANY_QUERY)
async def ipn(
    request: Request, db: RequestDatabase, gateway: Gateway, config: Config
) -> JSONResponse:
    """Take VNPay's word, after checking it; it repeats until it reads a final answer."""
    said = dict(request.query_params)
    if not gateway.signed_by_vnpay(said):
        return _answer("97")
    try:
        return _answer(await _act_on(said, db, config))
    except Exception as error:  # noqa: BLE001, whatever it was: VNPay is to say it again
        log.error("ipn_failed", because=type(error).__name__)  # noqa: TRY400, no values in logs
        return _answer("99")


@router.get("/return", summary="Where VNPay sends the customer back to", openapi_extra=ANY_QUERY)
async def come_back(request: Request, tx: Transaction, gateway: Gateway) -> Response:
    """Show how the payment stands; only the IPN changes anything."""
    said = dict(request.query_params)
    trusted = gateway.signed_by_vnpay(said)
    status = await queries.status_of_reference(tx, said.get("vnp_TxnRef", "")) if trusted else None
    label = LABELS_VI[status] if status else "Không xác định"
    if "text/html" not in request.headers.get("accept", ""):
        return JSONResponse({"payment_status": status, "label_vi": label})
    heading = "Cảm ơn bạn" if trusted else "Liên kết không hợp lệ"
    return HTMLResponse(PAGE.format(heading=heading, status=label))


async def _act_on(said: dict[str, str], db: Database, config: Settings) -> Heard:
    async with db.transaction() as tx:
        return await commands.hear_gateway(tx, notice_of(said), config=config, now=clock.now())


def _answer(code: str) -> JSONResponse:
    return JSONResponse({"RspCode": str(code), "Message": MESSAGES[code]})
