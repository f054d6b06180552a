"""TURN servers, for networks that let no UDP through (F5a.8, G26); voices of supervisors."""

import base64
import hashlib
import hmac
import math
from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from pydantic import BaseModel

HOUR = 3600


class IceServer(BaseModel):
    """A server that helps where UDP is blocked, as `RTCPeerConnection` takes it."""

    urls: list[str]
    username: str | None = None
    credential: str | None = None


class Ice(BaseModel):
    """The servers by which a client reaches media nodes."""

    servers: list[IceServer]


def turn_servers(
    call_id: UUID, *, urls: Sequence[str], secret: str, good_for: timedelta, now: datetime
) -> list[IceServer]:
    """Return the TURN servers with a credential for one call, by the secret that they share.

    The user's name is the moment (Unix time, s) at which the credential ends, and the call; the
    password its HMAC-SHA1 in Base64, as TURN servers with a REST API expect. The moment is a full
    hour, so that a client that asks again is told the same.
    """
    if not urls:
        return []
    ends = math.ceil((now + good_for).timestamp() / HOUR) * HOUR
    username = f"{ends}:{call_id}"
    digest = hmac.digest(secret.encode(), username.encode(), hashlib.sha1)
    credential = base64.b64encode(digest).decode()
    return [IceServer(urls=[*urls], username=username, credential=credential)]


class VoiceMode(StrEnum):
    """The audience of a supervisor in a call."""

    WHISPER = "WHISPER"
    """The agent alone."""
    BARGE = "BARGE"
    """Customer and agent hear and see the supervisor."""

    def audience(self, agent_id: UUID | None) -> tuple[str, ...] | None:
        """Return the viewers who hear the supervisor, None for all."""
        return (str(agent_id),) if self is VoiceMode.WHISPER else None
