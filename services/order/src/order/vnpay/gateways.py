"""VNPay over HTTP (2.1.0): signed links to its pages, signed questions to its merchant API."""

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated
from uuid import UUID

import httpx
from pydantic import SecretStr

from kit.dependencies import from_app
from kit.errors import Unavailable
from kit.tasks import PermanentError, Tasks, error_of
from kit.tasks.errors import REFUSALS
from order.vnpay.domain import QUERY_ANSWER, VERSION, canonical, moment

tasks = Tasks()
"""Calls of VNPay are noted here, in the transaction that wants them."""


class GatewayAway(Unavailable):
    """The payment gateway does not answer just now; try again in a moment."""


@dataclass(frozen=True)
class VnPay:
    """The merchant's side of VNPay."""

    http: httpx.AsyncClient
    url: str
    api_url: str
    tmn_code: str
    secret: SecretStr
    return_url: str
    ip_addr: str = "127.0.0.1"

    def link(self, params: Mapping[str, str]) -> str:
        """Return the address of the pay page, signed."""
        ours = {
            "vnp_Version": VERSION,
            "vnp_Command": "pay",
            "vnp_TmnCode": self.tmn_code,
            "vnp_ReturnUrl": self.return_url,
            "vnp_IpAddr": self.ip_addr,
        }
        query = canonical(ours | dict(params))
        return f"{self.url}/paymentv2/vpcpay.html?{query}&vnp_SecureHash={self.sign(query)}"

    def sign(self, text: str) -> str:
        """Sign as VNPay does: HMAC-SHA512, hexadecimal, lower case."""
        key = self.secret.get_secret_value().encode()
        return hmac.new(key, text.encode(), hashlib.sha512).hexdigest()

    def signed_by_vnpay(self, params: Mapping[str, str]) -> bool:
        """Tell whether the parameters of a call are VNPay's own words."""
        signature = params.get("vnp_SecureHash", "").lower()
        return hmac.compare_digest(signature.encode(), self.sign(canonical(params)).encode())

    async def ask(
        self,
        command: str,
        request_id: UUID,
        signed: tuple[str, ...],
        params: Mapping[str, str],
        *,
        now: datetime,
    ) -> dict[str, str]:
        """Call the merchant API; `signed` names the parameters to sign, in VNPay's order.

        Raises `GatewayAway` if asking again may help, `PermanentError` if VNPay refuses for good.
        """
        body = {
            "vnp_RequestId": request_id.hex,
            "vnp_Version": VERSION,
            "vnp_Command": command,
            "vnp_TmnCode": self.tmn_code,
            "vnp_CreateDate": moment(now),
            "vnp_IpAddr": self.ip_addr,
            **params,
        }
        body["vnp_SecureHash"] = self.sign("|".join(body[name] for name in signed))
        address = f"{self.api_url}/merchant_webapi/api/transaction"
        try:
            answer = await self.http.post(address, json=body)
        except httpx.HTTPError as error:
            raise GatewayAway from error
        if answer.status_code in REFUSALS:
            raise error_of(answer.status_code)
        if not answer.is_success:
            raise GatewayAway
        return self._checked({name: str(value) for name, value in answer.json().items()}, command)

    def _checked(self, answer: dict[str, str], command: str) -> dict[str, str]:
        # Later versions of the gateway sign their answers; the first line of defence is TLS.
        signature = answer.get("vnp_SecureHash")
        names = QUERY_ANSWER if command == "querydr" else QUERY_ANSWER[:-2]
        expected = self.sign("|".join(answer.get(name, "") for name in names))
        if signature and signature.lower() != expected:
            raise GatewayAway
        return answer


RequestVnPay = Annotated[VnPay, from_app(VnPay)]


def no_answer(answer: Mapping[str, str]) -> Exception:
    """Return the error of an answer without a result: permanent if VNPay refuses how we ask."""
    code = answer.get("vnp_ResponseCode", "99")
    return PermanentError(f"VNPAY_{code}") if code in ("02", "03", "97") else GatewayAway()
