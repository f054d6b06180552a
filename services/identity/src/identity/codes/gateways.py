"""The SMS gateway."""

from typing import Final
from uuid import UUID

import httpx

from kit.tasks import Tasks

TIMEOUT_SECONDS: Final = 10.0

errands = Tasks()
"""What this service asks of the outside world: one SMS at a time."""


class SmsGateway:
    """Sends text messages; the same key twice is the same message."""

    def __init__(self, url: str, transport: httpx.AsyncBaseTransport | None = None) -> None:
        self._http = httpx.AsyncClient(
            base_url=url, timeout=TIMEOUT_SECONDS, transport=transport, trust_env=False
        )

    async def send(self, *, to: str, text: str, purpose: str, key: UUID) -> None:
        """Hand one message over; any failure means that it may be tried again."""
        answer = await self._http.post(
            "/v1/messages",
            json={"to": to, "text": text, "purpose": purpose},
            headers={"Idempotency-Key": str(key)},
        )
        answer.raise_for_status()
