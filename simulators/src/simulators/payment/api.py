"""VNPay's merchant interface: ask about a payment, give money back."""

import json
import re
from typing import Any, Final

from fastapi import Request
from fastapi.responses import JSONResponse

from events.ids import uuid7
from kit import clock
from kit.db import Tx
from simulators.payment import protocol, refunds, store
from simulators.protocols import protocol as open_protocol
from simulators.simulation import InSimulation, Simulation

router = open_protocol("payment", "/payment")

_SIGNED: Final[dict[str, tuple[str, ...]]] = {
    "querydr": (
        "vnp_RequestId",
        "vnp_Version",
        "vnp_Command",
        "vnp_TmnCode",
        "vnp_TxnRef",
        "vnp_TransactionDate",
        "vnp_CreateDate",
        "vnp_IpAddr",
        "vnp_OrderInfo",
    ),
    "refund": (
        "vnp_RequestId",
        "vnp_Version",
        "vnp_Command",
        "vnp_TmnCode",
        "vnp_TransactionType",
        "vnp_TxnRef",
        "vnp_Amount",
        "vnp_TransactionNo",
        "vnp_TransactionDate",
        "vnp_CreateBy",
        "vnp_CreateDate",
        "vnp_IpAddr",
        "vnp_OrderInfo",
    ),
}
_MAY_BE_EMPTY: Final = ("vnp_TransactionNo",)
_SHAPES: Final = {
    "vnp_RequestId": r"[A-Za-z0-9._-]{1,64}",
    "vnp_TransactionDate": r"[0-9]{14}",
    "vnp_CreateDate": r"[0-9]{14}",
    "vnp_Amount": r"[1-9][0-9]{2,13}",
    "vnp_TransactionType": "02|03",
}
_MESSAGES: Final = {
    "00": "Yêu cầu thành công",
    "02": "Mã định danh kết nối không hợp lệ (kiểm tra lại TmnCode)",
    "03": "Dữ liệu gửi sang không đúng định dạng",
    "91": "Không tìm thấy giao dịch yêu cầu",
    "94": "Yêu cầu trùng lặp: giao dịch đã được yêu cầu hoàn tiền",
    "95": "Giao dịch này không thành công bên VNPAY. VNPAY từ chối xử lý yêu cầu",
    "97": "Chữ ký không hợp lệ",
    "99": "Các lỗi khác",
}
# What an answer's signature covers, in this order; a query adds the two promotion fields.
_ANSWER: Final = (
    "vnp_ResponseId",
    "vnp_Command",
    "vnp_ResponseCode",
    "vnp_Message",
    "vnp_TmnCode",
    "vnp_TxnRef",
    "vnp_Amount",
    "vnp_BankCode",
    "vnp_PayDate",
    "vnp_TransactionNo",
    "vnp_TransactionType",
    "vnp_TransactionStatus",
    "vnp_OrderInfo",
)


@router.post("/merchant_webapi/api/transaction")
async def transaction(request: Request, simulation: InSimulation) -> JSONResponse:
    """Answer a query or a refund; VNPay answers 200 and says in the body how it went."""
    try:
        sent = json.loads(await request.body())
    except (ValueError, RecursionError):
        sent = None
    if not isinstance(sent, dict):
        return JSONResponse({"vnp_ResponseCode": "03", "vnp_Message": _MESSAGES["03"]})
    # Everything VNPay reads is text or a number; nothing else can be signed.
    asked = {str(k): str(v) for k, v in sent.items() if isinstance(v, str | int)}
    code = _refusal(simulation, asked)
    if code is not None:
        return _answer(simulation, asked, code, {})
    async with simulation.transaction() as tx:
        payment = await store.find(tx, asked["vnp_TxnRef"])
        # The day must be that of the payment: TxnRef is unique within a day only.
        if payment is None or payment.create_date[:8] != asked["vnp_TransactionDate"][:8]:
            return _answer(simulation, asked, "91", {})
        act = _query if asked["vnp_Command"] == "querydr" else _refund
        code, facts = await act(simulation, tx, payment, asked)
    return _answer(simulation, asked, code, facts)


def _refusal(simulation: Simulation, asked: dict[str, str]) -> str | None:
    fields = _SIGNED.get(asked.get("vnp_Command", ""))
    if fields is None or asked.get("vnp_Version") != protocol.VERSION:
        return "03"
    if asked.get("vnp_TmnCode") != simulation.settings.vnpay_tmn_code:
        return "02"
    text = "|".join(asked.get(field, "") for field in fields)
    secret = simulation.settings.vnpay_secret.get_secret_value()
    if not protocol.is_signed(secret, text, asked.get("vnp_SecureHash", "")):
        return "97"
    return None if all(_is_well_formed(field, asked.get(field, "")) for field in fields) else "03"


def _is_well_formed(field: str, value: str) -> bool:
    if not value:
        return field in _MAY_BE_EMPTY
    return re.fullmatch(_SHAPES.get(field, r"[^\x00]{1,255}"), value) is not None


async def _query(
    simulation: Simulation, tx: Tx, payment: store.Payment, asked: dict[str, str]
) -> tuple[str, dict[str, str]]:
    facts = store.result(simulation.settings.vnpay_tmn_code, payment, now=clock.now())
    number = asked.get("vnp_TransactionNo", "")
    about_refund = await refunds.latest_of(tx, payment, number if number.isdecimal() else "")
    return "00", facts | {"vnp_TransactionType": "01"} | about_refund


async def _refund(
    simulation: Simulation, tx: Tx, payment: store.Payment, asked: dict[str, str]
) -> tuple[str, dict[str, str]]:
    now = clock.now()
    code = await refunds.refund(simulation, tx, payment, asked, now=now)
    facts = store.result(simulation.settings.vnpay_tmn_code, payment, now=now)
    if code == "00":
        facts |= await refunds.latest_of(tx, payment, "")
    return code, facts


def _answer(
    simulation: Simulation, asked: dict[str, str], code: str, facts: dict[str, Any]
) -> JSONResponse:
    answer: dict[str, Any] = {
        **{name: value for name, value in facts.items() if value},
        "vnp_ResponseId": uuid7().hex,
        "vnp_Command": asked.get("vnp_Command", ""),
        "vnp_TmnCode": simulation.settings.vnpay_tmn_code,
        "vnp_TxnRef": asked.get("vnp_TxnRef", ""),
        "vnp_ResponseCode": code,
        "vnp_Message": _MESSAGES.get(code, _MESSAGES["99"]),
    }
    signed = [str(answer.get(name, "")) for name in _ANSWER]
    if answer["vnp_Command"] == "querydr":
        *head, order_info = signed
        signed = [*head, order_info, "", ""]
    secret = simulation.settings.vnpay_secret.get_secret_value()
    answer["vnp_SecureHash"] = protocol.secure_hash(secret, "|".join(signed))
    return JSONResponse(answer)
