"""HTTP: VNPay's call about an attempt (IPN), and the page it sends the customer back to."""

from typing import Final

import structlog
from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from kit import clock
from kit.db import Database, RequestDatabase, Transaction
from order.orders.states import PAYMENT_LABELS_VI
from order.payments import queries
from order.settings import RequestSettings, Settings
from order.settling import commands
from order.vnpay.domain import IpnAnswer, notice_of
from order.vnpay.gateways import RequestVnPay

router = APIRouter(prefix="/v1/payments/vnpay", tags=["payments"])

MESSAGES: Final = {
    IpnAnswer.APPLIED: "Confirm Success",
    IpnAnswer.UNKNOWN_REFERENCE: "Order not Found",
    IpnAnswer.ALREADY_FINAL: "Order already confirmed",
    IpnAnswer.WRONG_AMOUNT: "Invalid amount",
    IpnAnswer.BAD_SIGNATURE: "Invalid Checksum",
    IpnAnswer.FAILED: "Unknown error",
}
PAGE: Final = """<!doctype html><html lang="vi"><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><title>Kết quả thanh toán</title>
<h1>Liên kết không hợp lệ</h1><p>Trạng thái: <strong>{status}</strong></p>
<p>Bạn có thể đóng trang này và xem <a href="/orders">đơn hàng của bạn</a>.</p></html>"""
UNKNOWN_VI: Final = "Không xác định"
PAGE_OF_PAYMENT: Final = "/holds/{hold_id}/pay?returned=1"
"""The page of the customer's web app that waits for the result; it shares the gateway's origin."""

ANY_QUERY: Final = {"x-any-query": True}
"""VNPay may send any parameters, and others add theirs on the customer's way back."""

log = structlog.get_logger()


@router.get("/ipn", summary="VNPay tells how an attempt to pay ended", openapi_extra=ANY_QUERY)
async def ipn(
    request: Request, db: RequestDatabase, vnpay: RequestVnPay, settings: RequestSettings
) -> JSONResponse:
    """Take VNPay's word, after checking it; it repeats until it reads a final answer."""
    params = dict(request.query_params)
    if not vnpay.signed_by_vnpay(params):
        return _answer(IpnAnswer.BAD_SIGNATURE)
    try:
        return _answer(await _act_on(params, db, settings))
    except Exception as error:  # noqa: BLE001, whatever it was: VNPay is to say it again
        log.error("ipn_failed", error=type(error).__name__)  # noqa: TRY400, no values in logs
        return _answer(IpnAnswer.FAILED)


@router.get("/return", summary="Where VNPay sends the customer back to", openapi_extra=ANY_QUERY)
async def come_back(request: Request, tx: Transaction, vnpay: RequestVnPay) -> Response:
    """Lead a browser to the page of its payment, tell an app how it stands.

    Only the IPN changes anything: the page waits for it.
    """
    params = dict(request.query_params)
    trusted = vnpay.signed_by_vnpay(params)
    attempt = await queries.attempt_of(tx, params.get("vnp_TxnRef", "")) if trusted else None
    if "text/html" not in request.headers.get("accept", ""):
        label = PAYMENT_LABELS_VI[attempt.status] if attempt else UNKNOWN_VI
        return JSONResponse(
            {"payment_status": attempt.status if attempt else None, "label_vi": label}
        )
    if attempt is None:
        return HTMLResponse(PAGE.format(status=UNKNOWN_VI))
    return RedirectResponse(PAGE_OF_PAYMENT.format(hold_id=attempt.hold_id), 303)


async def _act_on(params: dict[str, str], db: Database, settings: Settings) -> IpnAnswer:
    async with db.transaction() as tx:
        return await commands.apply_notice(
            tx, notice_of(params), settings=settings, now=clock.now()
        )


def _answer(answer: IpnAnswer) -> JSONResponse:
    return JSONResponse({"RspCode": answer.value, "Message": MESSAGES[answer]})
