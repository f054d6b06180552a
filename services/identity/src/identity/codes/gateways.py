"""The SMS gateway."""

from typing import Final
from uuid import UUID

import httpx

from kit.tasks import OutsideAway, Tasks, error_of

TIMEOUT_SECONDS: Final = 10.0

tasks = Tasks()
"""Calls of the SMS gateway, one for each message."""


class SmsGateway:
    """A client of the SMS gateway; the same key twice is the same message."""

    def __init__(self, url: str, transport: httpx.AsyncBaseTransport | None = None) -> None:
        self._http = httpx.AsyncClient(
            base_url=url, timeout=TIMEOUT_SECONDS, transport=transport, trust_env=False
        )

    async def send(self, *, to: str, text: str, purpose: str, key: UUID) -> None:
        """Hand one message over, or say that the gateway refuses it for good or is away."""
        try:
            answer = await self._http.post(
                "/v1/messages",
                json={"to": to, "text": text, "purpose": purpose},
                headers={"Idempotency-Key": str(key)},
            )
        except httpx.HTTPError as error:
            raise OutsideAway("SMS_GATEWAY") from error
        if not answer.is_success:
            raise error_of(answer.status_code)
