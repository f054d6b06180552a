"""An eSIM's activation code: its form, and help when its scan fails (SGP.22, F5b.13-F5b.17)."""

import re
from dataclasses import dataclass
from typing import Any, Final

from pydantic import BaseModel

from kit.errors import TooManyRequests

HOST: Final = re.compile(r"[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?(:[0-9]{1,5})?")
MATCHING_ID: Final = re.compile(r"[A-Za-z0-9-]{1,64}")
OID: Final = re.compile(r"[0-9.]{0,64}")
CONFIRMATION: Final = re.compile(r"[!-~]{1,64}")
PREFIX: Final = "LPA:"


HELP_VI: Final = {
    "DEVICE_NOT_ESIM": "Máy này không hỗ trợ eSIM. Vui lòng dùng máy khác hoặc đổi sang SIM vật lý tại cửa hàng.",  # noqa: E501, one text
    "DEVICE_LOCKED": "Máy đang bị khóa mạng. Vui lòng liên hệ nơi bán máy để mở khóa.",
    "NO_INTERNET": "Máy cần có Wi-Fi hoặc dữ liệu để tải eSIM. Vui lòng kết nối rồi quét lại.",
    "CODE_USED": "Mã đã được dùng trên một máy khác. Vui lòng yêu cầu cấp lại mã QR.",
    "CODE_EXPIRED": "Mã đã hết hạn. Vui lòng yêu cầu cấp lại mã QR.",
    "CONFIRMATION_CODE": "Mã xác nhận chưa đúng. Vui lòng nhập lại mã trong thư.",
    "CODE_UNUSABLE": "Mã QR chưa dùng được. Vui lòng yêu cầu cấp lại mã QR.",
    "MEMORY_FULL": "Máy đã đủ số eSIM. Vui lòng xóa một eSIM cũ rồi quét lại.",
    "UNKNOWN": "Vui lòng quét lại; nếu vẫn không được, hãy yêu cầu cấp lại mã QR.",
}
"""The advice about each way an installation can fail."""

HELP_EN: Final = {
    "DEVICE_NOT_ESIM": "This phone does not support eSIM. Use another phone, or exchange the eSIM for a SIM card at a store.",  # noqa: E501, one text
    "DEVICE_LOCKED": "This phone is locked to another network. Ask the seller of the phone to unlock it.",  # noqa: E501, one text
    "NO_INTERNET": "The phone needs Wi-Fi or mobile data to download an eSIM. Connect it, then scan again.",  # noqa: E501, one text
    "CODE_USED": "This code has been used on another phone. Ask for a new QR code.",
    "CODE_EXPIRED": "This code has expired. Ask for a new QR code.",
    "CONFIRMATION_CODE": "The confirmation code is not right. Enter the code of the e-mail again.",
    "CODE_UNUSABLE": "This QR code cannot be used. Ask for a new one.",
    "MEMORY_FULL": "The phone holds as many eSIMs as it can. Remove an old one, then scan again.",
    "UNKNOWN": "Scan the code again; if it still does not work, ask for a new QR code.",
}
"""The same advice for readers of English."""


class EsimCode(BaseModel):
    """The code by which a phone downloads its profile."""

    smdp: str
    matching_id: str
    activation_code: str
    iccid: str | None = None
    confirmation_code: str | None = None
    """The code the phone asks the customer for besides; none if it does not ask."""


@dataclass(eq=False)
class TooManyCodes(TooManyRequests):
    """No more codes are issued online for this eSIM: a store will help with the phone."""


@dataclass(eq=False)
class UnusableCode(Exception):
    """No phone could install by this code."""

    reason: str


def read_code(handed_over: Any) -> EsimCode:
    """Read a code as mSale wrote it, blanks and case aside; refuse what no phone could use."""
    if not isinstance(handed_over, dict):
        raise UnusableCode("NO_CODE")
    smdp, matching_id, oid, asks = _parts(_bare(handed_over.get("activation_code")))
    _same(smdp, handed_over.get("smdp"))
    _same(matching_id, handed_over.get("matching_id"))
    confirmation = _bare(handed_over.get("confirmation_code")) or None
    if asks and (confirmation is None or not CONFIRMATION.fullmatch(confirmation)):
        raise UnusableCode("CONFIRMATION_CODE_UNKNOWN")
    rest = f"${oid}$1" if asks else f"${oid}" if oid else ""
    return EsimCode(
        smdp=smdp,
        matching_id=matching_id,
        activation_code=f"{PREFIX}1${smdp}${matching_id}{rest}",
        iccid=_bare(handed_over.get("iccid")) or None,
        confirmation_code=confirmation if asks else None,
    )


def _parts(code: str) -> tuple[str, str, str, bool]:
    if code[: len(PREFIX)].upper() == PREFIX:
        code = code[len(PREFIX) :]
    kind, *parts = code.split("$")
    smdp, matching_id, oid, flag = [*parts, "", "", "", ""][:4]
    smdp = smdp.lower()
    known = kind == "1" and len(parts) <= 4 and flag in ("", "0", "1")  # noqa: PLR2004, SGP.22
    if not known or not HOST.fullmatch(smdp) or not MATCHING_ID.fullmatch(matching_id):
        raise UnusableCode("CODE_MALFORMED")
    if not OID.fullmatch(oid):
        raise UnusableCode("CODE_MALFORMED")
    return smdp, matching_id, oid, flag == "1"


def _same(part: str, said_besides: Any) -> None:
    said = _bare(said_besides)
    if said and said.lower() != part.lower():
        raise UnusableCode("PARTS_DIFFER")


def _bare(written: Any) -> str:
    return "".join(written.split()) if isinstance(written, str) else ""
