"""HTTP: administering sales channels, and the tokens their clients call us with."""

import base64
from datetime import timedelta
from typing import Annotated, Any, Final, Literal
from urllib.parse import parse_qs, unquote
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field, SecretStr

from events import Region
from identity.partners import commands, queries
from identity.partners.domain import (
    ChannelClosed,
    ChannelKind,
    ChannelTaken,
    NoSuchPartner,
    Terms,
    new_client_secret,
)
from identity.partners.queries import PartnerView, PartnerWithSecret
from identity.passwords import domain as passwords
from identity.settings import RequestSettings
from kit import clock
from kit.auth import AUDIENCE, Caller, WrongRole, staff
from kit.db import RequestDatabase, Transaction
from kit.dependencies import RequestSigner
from kit.http import PROBLEM_JSON, problems
from kit.paging import After, Limit, Page
from values.labels import Label

router = APIRouter(prefix="/v1", tags=["partners"])

ChannelName = Annotated[Label, Field(max_length=100)]
Manager = Annotated[Caller, Depends(staff("partner_manager", "admin"))]
MAX_FORM_BYTES: Final = 4096
REFUSED: Final = 401
ASK_FOR_SECRET: Final = {"WWW-Authenticate": 'Basic realm="chonso", charset="UTF-8"'}
"""A client that may show its secret in the header is told so (RFC 6749, 5.2)."""
OAUTH_ERROR: Final[dict[str, Any]] = {
    "description": "What is wrong, in the words of RFC 6749",
    "content": {"application/json": {}, PROBLEM_JSON: {}},
}
FORM: Final = {
    "requestBody": {
        "required": True,
        "content": {
            "application/x-www-form-urlencoded": {
                "schema": {
                    "type": "object",
                    "required": ["grant_type"],
                    "properties": {
                        "grant_type": {"type": "string", "enum": ["client_credentials"]},
                        "client_id": {"type": "string"},
                        "client_secret": {"type": "string"},
                    },
                }
            }
        },
    }
}


class RegisterPartner(BaseModel):
    """A new sales channel."""

    client_id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]{2,63}$")
    channel_code: str = Field(pattern=r"^[A-Z0-9]{3,32}$")
    name: ChannelName
    kind: ChannelKind
    region: Region | None = None
    collects_fee: bool = False
    delivers: bool = False
    own_customers: bool = False


class ChangePartner(BaseModel):
    """The changes of a channel; fields that are left out stay."""

    name: ChannelName | None = None
    kind: ChannelKind | None = None
    region: Region | None = None
    collects_fee: bool | None = None
    delivers: bool | None = None
    own_customers: bool | None = None
    active: bool | None = None
    new_secret: bool = False
    """Make the old secret void and show a new one."""


class PartnerToken(BaseModel):
    """An access token for a channel's client (RFC 6749, 4.4)."""

    access_token: str
    token_type: Literal["Bearer"] = "Bearer"  # noqa: S105, a kind of token, not a secret
    expires_in: int


@router.get("/partners", summary="List the sales channels", responses=problems(WrongRole))
async def list_partners(
    manager: Manager,
    tx: Transaction,
    q: Annotated[str | None, Query(max_length=100, description="A part of name or code")] = None,
    limit: Limit = 50,
    after: After = None,
) -> Page[PartnerView]:
    """List the sales channels of the caller's regions, closed ones included."""
    return await queries.page(tx, manager, q, limit=limit, after=after)


@router.get(
    "/partners/{partner_id}",
    summary="Show a sales channel",
    responses=problems(WrongRole, NoSuchPartner),
)
async def read(partner_id: UUID, manager: Manager, tx: Transaction) -> PartnerView:
    """Show one of the channels of the caller's regions."""
    return await queries.of_manager(tx, manager, partner_id)


@router.post(
    "/partners",
    status_code=201,
    summary="Register a sales channel (SA.1, SA.2)",
    responses=problems(WrongRole, ChannelTaken),
)
async def register(
    body: RegisterPartner, manager: Manager, db: RequestDatabase
) -> PartnerWithSecret:
    """Register a channel; its secret is in this answer and nowhere else."""
    secret = new_client_secret()
    secret_hash = await passwords.hashed(SecretStr(secret))
    terms = Terms(**body.model_dump(exclude={"client_id", "channel_code", "name"}))
    async with db.transaction() as tx:
        channel = await commands.register(
            tx,
            client_id=body.client_id,
            secret_hash=secret_hash,
            channel_code=body.channel_code,
            name=body.name,
            terms=terms,
            manager=manager,
            now=clock.now(),
        )
        view = PartnerWithSecret.model_validate(channel)
    return view.model_copy(update={"client_secret": secret})


@router.patch(
    "/partners/{partner_id}",
    summary="Change a sales channel",
    responses=problems(WrongRole, NoSuchPartner, ChannelClosed),
)
async def change(
    partner_id: UUID, body: ChangePartner, manager: Manager, db: RequestDatabase
) -> PartnerWithSecret:
    """Change terms, or give a new secret."""
    secret = new_client_secret() if body.new_secret else None
    secret_hash = await passwords.hashed(SecretStr(secret)) if secret else None
    sent = body.model_dump(exclude_unset=True, exclude={"new_secret"})
    # Only the region may be taken away; null means "leave it" for everything else.
    changes = {k: v for k, v in sent.items() if v is not None or k == "region"}
    async with db.transaction() as tx:
        channel = await commands.change(
            tx,
            partner_id,
            changes=changes,
            manager=manager,
            secret_hash=secret_hash,
            now=clock.now(),
        )
        view = PartnerWithSecret.model_validate(channel)
    return view.model_copy(update={"client_secret": secret})


@router.post(
    "/oauth/token",
    summary="Get a token for a channel's client (OAuth 2 client credentials)",
    response_model=PartnerToken,
    openapi_extra=FORM,
    responses={400: OAUTH_ERROR, REFUSED: OAUTH_ERROR},
)
async def token(
    request: Request, db: RequestDatabase, signer: RequestSigner, settings: RequestSettings
) -> Response | PartnerToken:
    """Answer as RFC 6749 asks, errors included."""
    form = await _form(request)
    if form.get("grant_type") != "client_credentials":
        return _oauth_error("unsupported_grant_type", 400)
    client_id, secret = _basic(request) or (
        form.get("client_id", ""),
        form.get("client_secret", ""),
    )
    async with db.transaction() as tx:
        known = client_id if client_id.isprintable() else ""  # a NUL cannot even be looked for
        channel = await queries.by_client(tx, known)
    right = await passwords.matches(channel.secret_hash if channel else None, SecretStr(secret))
    if channel is None or not right:
        return _oauth_error("invalid_client", REFUSED)
    claims = {
        "sub": str(channel.id),
        "kind": "partner",
        "sid": str(channel.session_id),
        "roles": [],
        "regions": [channel.region] if channel.region else [],
        "channel_code": channel.channel_code,
    }
    access_token = signer.sign(AUDIENCE, claims, ttl=timedelta(seconds=settings.access_seconds))
    return PartnerToken(access_token=access_token, expires_in=settings.access_seconds)


async def _form(request: Request) -> dict[str, str]:
    body = await request.body()
    if len(body) > MAX_FORM_BYTES:
        return {}
    fields = parse_qs(body.decode(errors="replace"), keep_blank_values=True)
    return {name: values[0] for name, values in fields.items()}


def _basic(request: Request) -> tuple[str, str] | None:
    scheme, _, value = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "basic":
        return None
    try:
        name, _, secret = base64.b64decode(value).decode().partition(":")
    except ValueError:  # no base64, or no UTF-8 in it
        return "", ""
    return unquote(name), unquote(secret)


def _oauth_error(code: str, status: int) -> JSONResponse:
    return JSONResponse(
        {"error": code}, status, headers=ASK_FOR_SECRET if status == REFUSED else {}
    )
