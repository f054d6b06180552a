"""The caller of a route. The gateway has checked the token; every service checks it again."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import Depends, Request
from fastapi.dependencies.models import Dependant
from fastapi.security import APIKeyCookie, HTTPAuthorizationCredentials, HTTPBearer

from events import Region
from kit.cookies import (
    ACCESS_COOKIE,
    CONSOLE_ACCESS_COOKIE,
    is_from_console,
    refuse_cross_site,
)
from kit.dependencies import from_app
from kit.errors import Refused, Unauthenticated
from kit.revocations.checking import Revocations
from kit.tokens import BadSlip, Verifier
from values.clients import ClientKind
from values.roles import ROLES, STAFF_ROLES

ISSUER: Final = "identity"
AUDIENCE: Final = "chonso"

_bearer = HTTPBearer(auto_error=False, description="Access token of the identity service")
_cookie = APIKeyCookie(
    name=ACCESS_COOKIE,
    scheme_name="AccessCookie",
    auto_error=False,
    description="The same token, kept by the browser; changes need the header X-Requested-By",
)
_console_cookie = APIKeyCookie(
    name=CONSOLE_ACCESS_COOKIE,
    scheme_name="ConsoleAccessCookie",
    auto_error=False,
    description="Instead of AccessCookie, where X-Requested-By is chonso-console",
)


class WrongRole(Refused):
    """This is not for you: another role or region is needed."""


class NotSignedIn(Unauthenticated):
    """Sign in first: the access token is missing, wrong or too old."""


@dataclass(frozen=True)
class Caller:
    """A verified access token."""

    subject_id: UUID
    kind: str
    roles: frozenset[str] = frozenset()
    regions: frozenset[Region] = frozenset()
    """Empty for head office: all regions."""
    shop_code: str | None = None
    channel_code: str | None = None
    phone: str | None = None
    email: str | None = None
    locale: str = "vi"
    session_id: UUID | None = None
    """The sign-in that the token belongs to."""
    client: ClientKind = "app"
    as_of: datetime | None = None
    """The newest change of a member of staff that the token knows of."""
    expires_at: datetime | None = None

    @classmethod
    def of(cls, claims: dict[str, Any]) -> "Caller":
        """Read a caller from the claims of a token."""
        return cls(
            subject_id=UUID(str(claims["sub"])),
            kind=claims["kind"],
            roles=frozenset(claims.get("roles", ())),
            regions=frozenset(claims.get("regions", ())),
            shop_code=claims.get("shop_code"),
            channel_code=claims.get("channel_code"),
            phone=claims.get("phone"),
            email=claims.get("email"),
            locale=claims.get("locale", "vi"),
            session_id=UUID(str(claims["sid"])) if "sid" in claims else None,
            client=claims.get("client", "app"),
            as_of=datetime.fromisoformat(claims["as_of"]) if "as_of" in claims else None,
            expires_at=datetime.fromtimestamp(claims["exp"], UTC) if "exp" in claims else None,
        )

    def acts_as(self, roles: Iterable[str]) -> bool:
        """Tell whether one of these roles is the caller's: a role of staff, or its kind.

        A staff token that names `customer` or `partner` among its roles is neither.
        """
        own = self.roles.intersection(STAFF_ROLES) if self.kind == "staff" else {self.kind}
        return not own.isdisjoint(roles)

    def covers(self, region: Region | None) -> bool:
        """Tell whether this member of staff may see what belongs to a region."""
        return not self.regions or region in self.regions


AccessTokens = Annotated[Verifier, from_app(Verifier, "access_tokens")]
RequestRevocations = Annotated[Revocations, from_app(Revocations)]


async def is_revoked(revocations: Revocations, signed_in: Caller) -> bool:
    """Tell whether a caller's token has ended; an answer that takes minutes asks now and then."""
    return await revocations.refuses(
        session_id=signed_in.session_id,
        subject_id=signed_in.subject_id,
        as_of=signed_in.as_of,
    )


async def _known_caller(
    request: Request,
    credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)],
    customer_cookie: Annotated[str | None, Depends(_cookie)],
    console_cookie: Annotated[str | None, Depends(_console_cookie)],
    access_tokens: AccessTokens,
    revocations: RequestRevocations,
) -> Caller | None:
    cookie = console_cookie if is_from_console(request) else customer_cookie
    token = credentials.credentials if credentials else cookie
    if token is None:
        return None
    try:
        signed_in = Caller.of(access_tokens.open(token))
    except (BadSlip, KeyError, ValueError, TypeError):
        return None
    if await is_revoked(revocations, signed_in):
        return None
    if credentials is None:
        refuse_cross_site(request)
    return signed_in


KnownCaller = Annotated[Caller | None, Depends(_known_caller)]
"""The caller of a public route, or None without a token that is still good."""


async def caller(signed_in: KnownCaller) -> Caller:
    """Return the caller of a token, of any kind; raise `NotSignedIn` if it is bad or revoked."""
    if signed_in is None:
        raise NotSignedIn
    return signed_in


@dataclass(frozen=True)
class Admission:
    """The roles that a route lets in; `kit.openapi` reads them from the route's dependencies."""

    roles: tuple[str, ...]

    async def __call__(self, signed_in: Annotated[Caller, Depends(caller)]) -> Caller:
        """Return the caller, or raise `WrongRole` if none of the roles is theirs."""
        if not signed_in.acts_as(self.roles):
            raise WrongRole
        return signed_in


def staff(*roles: str) -> Admission:
    """Let in staff with one of these roles: `Annotated[Caller, Depends(staff("osp_staff"))]`."""
    return Admission(roles)


def admitted_roles(dependant: Dependant) -> tuple[str, ...] | None:
    """Return the roles that a route's dependencies let in together; None if it asks no token."""
    dependencies = list(_tree_of(dependant))
    if caller not in dependencies:
        return None
    admissions = [each for each in dependencies if isinstance(each, Admission)]
    return tuple(role for role in ROLES if all(role in each.roles for each in admissions))


def _tree_of(dependant: Dependant) -> Iterator[Any]:
    yield dependant.call
    for needed in dependant.dependencies:
        yield from _tree_of(needed)


AnyCaller = Annotated[Caller, Depends(caller)]
Customer = Annotated[Caller, Depends(Admission(("customer",)))]
Staff = Annotated[Caller, Depends(Admission(STAFF_ROLES))]
Person = Annotated[Caller, Depends(Admission(("customer", *STAFF_ROLES)))]
"""A customer or a member of staff; no sales channel."""
Partner = Annotated[Caller, Depends(Admission(("partner",)))]
