"""VNPay 2.1.0: format and signature of its messages (checked against its published test vector)."""

import hashlib
import hmac
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final
from urllib.parse import quote_plus, urlsplit

from kit.clock import VIETNAM

VERSION: Final = "2.1.0"
HUNDREDTHS: Final = 100  # VNPay counts in hundredths of a dong

_UNSIGNED: Final = ("vnp_SecureHash", "vnp_SecureHashType")
_PAY_FIELDS: Final[dict[str, str]] = {
    "vnp_Version": r"2\.1\.0",
    "vnp_Command": "pay",
    "vnp_Amount": r"[1-9][0-9]{2,13}",
    "vnp_CurrCode": "VND",
    "vnp_TxnRef": r"[A-Za-z0-9._-]{1,100}",
    "vnp_OrderInfo": r"[\x20-\x7e]{1,255}",
    "vnp_OrderType": r"[A-Za-z0-9._-]{1,100}",
    "vnp_Locale": "vn|en",
    "vnp_ReturnUrl": r"https?://[\x21-\x7e]{1,2000}",
    "vnp_IpAddr": r"[0-9A-Fa-f.:]{2,45}",
    "vnp_CreateDate": r"[0-9]{14}",
    "vnp_ExpireDate": r"[0-9]{14}",
}


def encode(value: str) -> str:
    """Write a value the way every library of VNPay's merchants does."""
    return quote_plus(value, safe="*").replace("~", "%7E")


def query(params: Mapping[str, Any]) -> str:
    """Write parameters as they are signed: sorted, encoded, empty ones left out."""
    kept = {k: str(v) for k, v in params.items() if k not in _UNSIGNED and v not in ("", None)}
    return "&".join(f"{encode(k)}={encode(v)}" for k, v in sorted(kept.items()))


def secure_hash(secret: str, text: str) -> str:
    """Sign a text: HMAC-SHA512, hex, lower case."""
    return hmac.new(secret.encode(), text.encode(), hashlib.sha512).hexdigest()


def signed_query(secret: str, params: Mapping[str, Any]) -> str:
    """Write parameters with their signature behind them."""
    text = query(params)
    return f"{text}&vnp_SecureHash={secure_hash(secret, text)}"


def is_signed(secret: str, text: str, signature: object) -> bool:
    """Check a signature, in constant time."""
    expected = secure_hash(secret, text)
    return hmac.compare_digest(expected.encode(), str(signature).lower().encode("utf-8", "replace"))


def stamp(moment: datetime) -> str:
    """Write a moment as `yyyyMMddHHmmss` in Vietnam."""
    return moment.astimezone(VIETNAM).strftime("%Y%m%d%H%M%S")


def moment(written: str) -> datetime | None:
    """Read `yyyyMMddHHmmss`; nothing if it is no date."""
    try:
        return datetime.strptime(written, "%Y%m%d%H%M%S").replace(tzinfo=VIETNAM)
    except ValueError:
        return None


def first_wrong_field(params: Mapping[str, str]) -> str | None:
    """Return the name of the first field of a pay address that VNPay would not accept."""
    for name, shape in _PAY_FIELDS.items():
        if not re.fullmatch(shape, params.get(name, "")):
            return name
    for name in ("vnp_CreateDate", "vnp_ExpireDate"):
        if moment(params[name]) is None:
            return name
    if int(params["vnp_Amount"]) % HUNDREDTHS:
        return "vnp_Amount"
    return None if _is_address(params["vnp_ReturnUrl"]) else "vnp_ReturnUrl"


def _is_address(url: str) -> bool:
    try:
        return bool(urlsplit(url).hostname)
    except ValueError:
        return False
