"""Remembering a named request with its effect, and comparing a repetition with it."""

import hmac
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Annotated, Any, Final
from uuid import UUID

from fastapi import Header
from pydantic import BeforeValidator, Field
from sqlalchemy import delete, select, tuple_
from sqlalchemy.dialects.postgresql import insert

from kit.errors import Invalid
from kit.idempotency.tables import named_request

if TYPE_CHECKING:
    from kit.db import Tx

KEPT_FOR: Final = timedelta(hours=24)
_SWEPT: Final = 20


def _bare(key: object) -> object:
    # The draft writes a string of structured fields, in quotes; most clients leave them out.
    quoted = isinstance(key, str) and len(key) > 1 and key[0] == key[-1] == '"'
    return key[1:-1] if quoted and isinstance(key, str) else key


_Key = Annotated[
    str,
    BeforeValidator(_bare),
    Field(min_length=1, max_length=255, pattern=r"^[ !#-\[\]-~]+$"),
]
IdempotencyKey = Annotated[
    _Key | None,
    Header(
        alias="Idempotency-Key",
        description=(
            "Your own name for this request, such as a UUID: repeat it with the same key and it is"
            " answered again, not done again. Remembered for 24 hours."
        ),
    ),
]


@dataclass(eq=False)
class KeyOfAnotherRequest(Invalid):
    """This key names a request of yours that said something else: use a new key for a new one."""

    differs: list[str] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class Named:
    """A request by the name its caller gave it; without a key it has none, and is never repeated.

    `said` is what a repetition must equal, as JSON; neither it nor the key is kept, only digests.
    """

    caller: UUID
    route: str
    key: str | None
    said: Mapping[str, Any]

    @property
    def key_digest(self) -> str:
        """The name, as it is kept."""
        return sha256((self.key or "").encode()).hexdigest()

    def digests(self) -> dict[str, str]:
        """Return a digest of every value that was said, which nobody reads without the key."""
        secret = f"{self.caller}:{self.key}".encode()
        return {
            path: hmac.new(secret, json.dumps(value).encode(), sha256).hexdigest()[:32]
            for path, value in _leaves(self.said)
        }


async def made_by(tx: "Tx", request: Named, *, now: datetime) -> UUID | None:
    """Return the id of what the same request made before; none: make it now, and `remember` it.

    Whoever asks at the same time waits for our transaction to end, and then hears of its effect.
    """
    if request.key is None:
        return None
    await tx.take_turns("named_request", request.caller, request.route, request.key_digest)
    found = select(named_request.c.said, named_request.c.made).where(
        named_request.c.caller == request.caller,
        named_request.c.route == request.route,
        named_request.c.key_digest == request.key_digest,
        named_request.c.expires_at.is_(None) | (named_request.c.expires_at > now),
    )
    before = (await tx.execute(found)).one_or_none()
    if before is None:
        return None
    if differs := differing(before.said, request.digests()):
        raise KeyOfAnotherRequest(differs)
    made: UUID = before.made
    return made


async def remember(
    tx: "Tx", request: Named, made: UUID, *, now: datetime, keep: timedelta | None = KEPT_FOR
) -> None:
    """Remember what a request made, in the transaction that made it; `keep=None`: for ever."""
    if request.key is None:
        return
    row = {
        "caller": request.caller,
        "route": request.route,
        "key_digest": request.key_digest,
        "said": request.digests(),
        "made": made,
        "expires_at": now + keep if keep else None,
    }
    new = insert(named_request).values(row)
    again = {name: new.excluded[name] for name in ("said", "made", "expires_at")}
    await tx.execute(
        new.on_conflict_do_update(index_elements=[*named_request.primary_key], set_=again)
    )
    await _sweep(tx, now)


def differing(before: Mapping[str, Any], now: Mapping[str, Any]) -> list[str]:
    """Return the names of what is not said as it was said before."""
    names = sorted(before.keys() | now.keys())
    return [name for name in names if before.get(name) != now.get(name)]


def _leaves(said: Mapping[str, Any], path: str = "") -> Iterator[tuple[str, Any]]:
    for name, value in said.items():
        if isinstance(value, Mapping):
            yield from _leaves(value, f"{path}{name}.")
        elif value is not None:  # left out and null mean the same
            yield f"{path}{name}", value


async def _sweep(tx: "Tx", now: datetime) -> None:
    # The table keeps itself small: whoever adds a row takes old ones away.
    keys = tuple(named_request.primary_key)
    old = select(*keys).where(named_request.c.expires_at <= now).limit(_SWEPT)
    free = old.with_for_update(skip_locked=True)
    await tx.execute(delete(named_request).where(tuple_(*keys).in_(free)))
