"""Storing the result of an idempotent request, and comparing a repetition with the first one."""

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
from sqlalchemy import bindparam, delete, select, tuple_
from sqlalchemy.dialects.postgresql import insert

from kit.errors import Invalid
from kit.idempotency.tables import named_request

if TYPE_CHECKING:
    from kit.db import Tx

KEPT_FOR: Final = timedelta(hours=24)
_SWEPT: Final = 20

# Built once, for to build a statement costs as much as to run it (decision 0030).
_KEYS: Final = tuple(named_request.primary_key)
_FIND: Final = select(named_request.c.said, named_request.c.made).where(
    *(column == bindparam(column.name) for column in _KEYS),
    named_request.c.expires_at.is_(None) | (named_request.c.expires_at > bindparam("now")),
)
_NEW: Final = insert(named_request)
_SAVE: Final = _NEW.on_conflict_do_update(
    index_elements=_KEYS,
    set_={name: _NEW.excluded[name] for name in ("said", "made", "expires_at")},
)
_EXPIRED: Final = select(*_KEYS).where(named_request.c.expires_at <= bindparam("now"))
# The table stays small: each new row takes up to twenty expired ones away.
_SWEEP: Final = delete(named_request).where(
    tuple_(*_KEYS).in_(_EXPIRED.limit(_SWEPT).with_for_update(skip_locked=True))
)


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
class IdempotentRequest:
    """A request under its caller's key; without a key it is not stored, and never a repetition.

    A repetition must equal `content`, a JSON object; of it and of the key only digests are stored.
    """

    caller: UUID
    route: str
    key: str | None
    content: Mapping[str, Any]

    @property
    def key_digest(self) -> str:
        """SHA-256 of the key, in hexadecimal."""
        return sha256((self.key or "").encode()).hexdigest()

    def digests(self) -> dict[str, str]:
        """Return a digest of each value, by its path; without the key none can be guessed."""
        secret = f"{self.caller}:{self.key}".encode()
        return {
            path: hmac.new(secret, json.dumps(value).encode(), sha256).hexdigest()[:32]
            for path, value in _leaves(self.content)
        }


async def find_result(tx: "Tx", request: IdempotentRequest, *, now: datetime) -> UUID | None:
    """Return the id that the same request created before, or None: create it, and `save_result`.

    A repetition at the same time waits for the end of this transaction, and then reads its result.
    Raises `KeyOfAnotherRequest`, with the fields that differ.
    """
    if request.key is None:
        return None
    await tx.advisory_lock("named_request", request.caller, request.route, request.key_digest)
    names = {"caller": request.caller, "route": request.route, "key_digest": request.key_digest}
    before = (await tx.execute(_FIND, names | {"now": now})).one_or_none()
    if before is None:
        return None
    if differs := differing_fields(before.said, request.digests()):
        raise KeyOfAnotherRequest(differs)
    result_id: UUID = before.made
    return result_id


async def save_result(
    tx: "Tx",
    request: IdempotentRequest,
    result_id: UUID,
    *,
    now: datetime,
    keep: timedelta | None = KEPT_FOR,
) -> None:
    """Store the id of what a request created, in the same transaction; `keep=None`: for ever."""
    if request.key is None:
        return
    row = {
        "caller": request.caller,
        "route": request.route,
        "key_digest": request.key_digest,
        "said": request.digests(),
        "made": result_id,
        "expires_at": now + keep if keep else None,
    }
    await tx.execute(_SAVE, row)
    await tx.execute(_SWEEP, {"now": now})


def differing_fields(before: Mapping[str, Any], now: Mapping[str, Any]) -> list[str]:
    """Return the sorted names of fields whose values are not equal."""
    names = sorted(before.keys() | now.keys())
    return [name for name in names if before.get(name) != now.get(name)]


def _leaves(content: Mapping[str, Any], path: str = "") -> Iterator[tuple[str, Any]]:
    for name, value in content.items():
        if isinstance(value, Mapping):
            yield from _leaves(value, f"{path}{name}.")
        elif value is not None:  # left out and null mean the same
            yield f"{path}{name}", value
