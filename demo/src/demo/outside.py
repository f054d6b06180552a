"""The outside systems as people see them: phone, mailbox, payment page, courier."""

import re
from typing import Any, Final
from urllib.parse import urlsplit

from demo.gateway import Gateway, until

CODE: Final = re.compile(r"\b(\d{6})\b")
LINK: Final = re.compile(r"https?://\S+/esim/([0-9a-f-]{36})")


class Outside:
    """The simulators, used through their own doors as a person would."""

    def __init__(self, gateway: Gateway) -> None:
        self._gateway = gateway

    async def texts(self, phone: str) -> list[dict[str, Any]]:
        """Read the SMS inbox of a phone, oldest first."""
        answer = await self._gateway.get("/sim/sms/v1/messages", to=international(phone))
        return sorted(_items(answer), key=lambda text: str(text["message_id"]))

    async def code(self, phone: str, *, seen: set[str]) -> str:
        """Wait for a text with a code that was not there before, and read the code."""

        async def newest() -> str | None:
            fresh = [t for t in await self.texts(phone) if t["message_id"] not in seen]
            codes = [match.group(1) for t in fresh if (match := CODE.search(t["text"]))]
            return codes[-1] if codes else None

        return await until(f"a code by SMS to {phone}", newest)

    async def mails(self, address: str) -> list[dict[str, Any]]:
        """Read a mailbox."""
        return _items(await self._gateway.get("/sim/mail/v1/messages", to=address))

    async def mail_about(self, address: str, word: str) -> dict[str, Any]:
        """Wait for a mail whose subject has a word in it, and open it."""

        async def arrived() -> dict[str, Any] | None:
            for mail in await self.mails(address):
                if word.lower() in mail["subject"].lower():
                    opened: dict[str, Any] = await self._gateway.get(
                        f"/sim/mail/v1/messages/{mail['message_id']}"
                    )
                    return opened
            return None

        return await until(f"a mail about {word}", arrived)

    async def pay(self, payment_url: str, outcome: str = "SUCCEED") -> None:
        """Open the payment page and press a button: SUCCEED, CANCEL or NO_FUNDS."""
        address = urlsplit(payment_url)
        await self._gateway.get(f"{address.path}?{address.query}")
        await self._gateway.post(f"/sim/payment/pay/{reference_in(payment_url)}/{outcome}")

    async def courier(self, tracking_code: str, action: str, reason: str | None = None) -> None:
        """Let the courier report: picked, delivered, refused, ..."""
        await self._gateway.post(
            f"/sim/carrier/shipper/{tracking_code}/{action}", {"reason": reason} if reason else {}
        )

    async def subscriber(self, msisdn: str) -> dict[str, Any]:
        """Look a subscriber up in TC/QLKH."""
        answer: dict[str, Any] = await self._gateway.get(f"/sim/crm/v1/subscribers/{msisdn}")
        return answer

    async def counts(self, ref: str | None = None) -> dict[str, int]:
        """Count what really happened outside."""
        answer: dict[str, int] = await self._gateway.get("/sim/counts", ref=ref)
        return answer

    async def fault(self, system: str, name: str, *, times: int = 1, **more: Any) -> None:
        """Make an outside system misbehave."""
        await self._gateway.put(f"/sim/faults/{system}/{name}", {"on": True, "times": times} | more)


def journey_in(text: str) -> str:
    """Open the link of a mail as the app does: it names a journey, and nothing secret."""
    answer = LINK.search(text)
    assert answer, "a mail without a link"
    return answer.group(1)


def reference_in(payment_url: str) -> str:
    """Find the payment gateway's reference in the address of its page."""
    answer = re.search(r"vnp_TxnRef=([^&]+)", payment_url)
    assert answer, "a payment address without a reference"
    return answer.group(1)


def international(phone: str) -> str:
    """Write a Vietnamese number as the SMS network does: 0901... becomes 84901..."""
    return "84" + phone[1:] if phone.startswith("0") else phone


def _items(answer: Any) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = answer["items"] if isinstance(answer, dict) else answer
    return items
