"""Reading and keeping consents."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Final
from uuid import UUID

from fastapi import Depends, Header
from pydantic import BaseModel, Field
from sqlalchemy import insert

from events.ids import uuid7
from kit.client_address import ClientAddress
from kit.db import Tx
from kit.dependencies import RequestSealer
from kit.sealing import Sealer
from videocall.chain.commands import append
from videocall.chain.domain import EventKind
from videocall.consents.domain import Consent, Locale, Purpose
from videocall.tables import consents

MOST_OF_BROWSER: Final = 400
"""The letters of a browser's name that are kept."""


class GivenConsent(BaseModel):
    """The customer's yes to the text at `/v1/consent-text`, as it was shown."""

    version: Annotated[str, Field(max_length=16)]
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    locale: Locale
    purposes: set[Purpose]
    """Each ticked for itself."""


@dataclass(frozen=True)
class Client:
    """Makes records of consents, with the address and the browser that a request came from."""

    address: str
    browser: str
    sealer: Sealer

    def record(self, given: GivenConsent | None) -> Consent | None:
        """Return a consent as it is kept."""
        if given is None:
            return None
        consent_id = uuid7()
        device = {"address": self.address, "browser": self.browser}
        return Consent(
            id=consent_id,
            text_version=given.version,
            text_sha256=given.sha256,
            locale=given.locale,
            purposes=tuple(sorted(given.purposes)),
            sealed_client=self.sealer.seal_json(device, about=str(consent_id)),
        )


async def _client(
    address: ClientAddress,
    sealer: RequestSealer,
    user_agent: Annotated[str, Header(include_in_schema=False)] = "",
) -> Client:
    return Client(address, user_agent[:MOST_OF_BROWSER], sealer)


RequestClient = Annotated[Client, Depends(_client)]


async def keep_consent(tx: Tx, call_id: UUID, consent: Consent, *, now: datetime) -> None:
    """Keep the consent to a call that has just been placed, and note it in the call's chain."""
    await tx.execute(insert(consents).values(vars(consent) | {"call_id": call_id, "given_at": now}))
    said = {
        "consent_id": consent.id,
        "text_version": consent.text_version,
        "text_sha256": consent.text_sha256,
        "locale": consent.locale,
        "purposes": sorted(consent.purposes),
    }
    await append(tx, call_id, EventKind.CONSENTED, said, at=now)
