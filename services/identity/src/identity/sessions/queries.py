"""The pair of tokens of a session: access and refresh."""

from datetime import datetime, timedelta
from typing import Any, Literal

from pydantic import BaseModel

from identity.sessions.domain import Session
from identity.settings import Settings
from kit.auth import AUDIENCE
from kit.tokens import Signer


class TokenPair(BaseModel):
    """A proof of the caller's identity for a short time, and the means to get the next one."""

    access_token: str
    refresh_token: str
    expires_in: int
    token_type: Literal["Bearer"] = "Bearer"  # noqa: S105, a kind of token, not a secret


def token_pair(
    session: Session,
    refresh_token: str,
    claims: dict[str, Any],
    *,
    signer: Signer,
    settings: Settings,
    now: datetime,
) -> TokenPair:
    """Sign an access token that says `claims` about the subject, and does not outlive a session."""
    body = claims | {
        "sub": str(session.subject_id),
        "kind": session.kind.value,
        "sid": str(session.id),
    }
    ttl = timedelta(seconds=settings.access_seconds)
    if closes_at := session.closes_at(settings.working_day):
        ttl = min(ttl, closes_at - now)
    return TokenPair(
        access_token=signer.sign(AUDIENCE, body, ttl=ttl),
        refresh_token=refresh_token,
        expires_in=int(ttl.total_seconds()),
    )
