"""The tokens of a session, and how its client gets them: in the answer, or in cookies."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated, Any, Final, Literal
from uuid import UUID

from fastapi import Depends, Request, Response
from pydantic import BaseModel, ConfigDict

from events import Region
from identity.sessions.domain import Session, SessionKind
from identity.settings import RequestSettings, Settings
from kit.auth import AUDIENCE, AccessTokens, Caller
from kit.cookies import (
    ACCESS_COOKIE,
    CONSOLE_ACCESS_COOKIE,
    is_from_console,
    is_from_page,
    refuse_cross_site,
)
from kit.dependencies import RequestSigner
from kit.tokens import Signer, Verifier
from values.clients import ClientKind

REFRESH_COOKIE: Final = "chonso_refresh"
CONSOLE_REFRESH_COOKIE: Final = "chonso_console_refresh"
ACCESS_PATH: Final = "/api"
REFRESH_PATH: Final = "/api/identity/v1/sessions"
"""Where the gateway has the routes of refreshing and signing out; no other sees the cookie."""


def _refresh_cookie(request: Request) -> str:
    return CONSOLE_REFRESH_COOKIE if is_from_console(request) else REFRESH_COOKIE


class TokenPair(BaseModel):
    """A proof of the caller's identity for a short time, and the means to get the next one."""

    access_token: str
    refresh_token: str
    expires_in: int
    token_type: Literal["Bearer"] = "Bearer"  # noqa: S105, a kind of token, not a secret


class SignedIn(BaseModel):
    """A sign-in as a page may know it: its tokens are in cookies that no script can read."""

    model_config = ConfigDict(from_attributes=True)

    subject_id: UUID
    kind: SessionKind
    roles: list[str]
    """Roles of a member of staff; customers have none."""
    regions: list[Region]
    """Regions of a member of staff; empty for head office and for customers."""
    shop_code: str | None
    locale: str
    client: ClientKind
    expires_at: datetime
    """The moment by which the page refreshes."""


class CurrentSession(BaseModel):
    """The sign-in of this browser, if there is one."""

    signed_in: SignedIn | None
    can_refresh: bool
    """Whether the browser has a refresh token: refreshing may sign it in again."""


@dataclass(frozen=True)
class TokenDelivery:
    """Hands the tokens of a session to a client: in the answer, or to a page in cookies."""

    request: Request
    response: Response
    signer: Signer
    access_tokens: Verifier
    settings: Settings

    def deliver(
        self, session: Session, refresh_token: str, claims: dict[str, Any], *, now: datetime
    ) -> TokenPair | SignedIn:
        """Sign an access token that says `claims`, and does not outlive a session; hand both out.

        A page gets them in cookies that no script can read, and the answer says who signed in.
        """
        lasts = timedelta(days=self.settings.refresh_days)
        ttl = timedelta(seconds=self.settings.access_seconds)
        if closes_at := session.closes_at(self.settings.working_day):
            lasts, ttl = min(lasts, closes_at - now), min(ttl, closes_at - now)
        body = claims | {
            "sub": str(session.subject_id),
            "kind": session.kind.value,
            "sid": str(session.id),
            "client": session.client,
        }
        access_token = self.signer.sign(AUDIENCE, body, ttl=ttl)
        if not is_from_page(self.request):
            return TokenPair(
                access_token=access_token,
                refresh_token=refresh_token,
                expires_in=int(ttl.total_seconds()),
            )
        self._set_both(access_token, ttl, refresh_token, lasts)
        return SignedIn.model_validate(Caller.of(self.access_tokens.open(access_token)))

    def client(self, named: ClientKind | None) -> ClientKind:
        """Return the kind of client: the one it names; a page is a browser, others are apps."""
        return named or ("browser" if is_from_page(self.request) else "app")

    def refresh_token(self) -> str | None:
        """Return the refresh token of a page's cookie; raise `CrossSiteRequest` for another's."""
        token = self.request.cookies.get(_refresh_cookie(self.request))
        if token is not None:
            refuse_cross_site(self.request)
        return token

    def forget(self) -> None:
        """Let the browser forget both tokens."""
        self._set_both("", timedelta(), "", timedelta())

    def _set_both(
        self, access: str, access_lasts: timedelta, refresh: str, refresh_lasts: timedelta
    ) -> None:
        console = is_from_console(self.request)
        name = CONSOLE_ACCESS_COOKIE if console else ACCESS_COOKIE
        self._set(name, access, access_lasts, path=ACCESS_PATH, samesite="lax")
        name = _refresh_cookie(self.request)
        self._set(name, refresh, refresh_lasts, path=REFRESH_PATH, samesite="strict")

    def _set(
        self,
        name: str,
        value: str,
        lasts: timedelta,
        *,
        path: str,
        samesite: Literal["lax", "strict"],
    ) -> None:
        self.response.set_cookie(
            name,
            value,
            max_age=int(lasts.total_seconds()),
            path=path,
            secure=self.settings.public_url.startswith("https:"),
            httponly=True,
            samesite=samesite,
        )


async def _token_delivery(
    request: Request,
    response: Response,
    signer: RequestSigner,
    access_tokens: AccessTokens,
    settings: RequestSettings,
) -> TokenDelivery:
    return TokenDelivery(request, response, signer, access_tokens, settings)


RequestTokenDelivery = Annotated[TokenDelivery, Depends(_token_delivery)]


def current_session(request: Request, caller: Caller | None) -> CurrentSession:
    """Describe the sign-in of a browser; a sales channel has none."""
    person = caller if caller and caller.kind in set(SessionKind) else None
    return CurrentSession(
        signed_in=SignedIn.model_validate(person) if person else None,
        can_refresh=_refresh_cookie(request) in request.cookies,
    )
