"""The keys of a service that have parked events, and the lock under which these are decided about.

A transaction that decides about the parked events of a key holds the key's lock until it ends, so
that two events of one journey are never handled at the same time.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import ARRAY, Text, any_, bindparam, cast, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from events.transport.shards import rows_of
from events.transport.tables import parked

LOCK: Final = select(
    func.pg_advisory_xact_lock(func.hashtextextended(bindparam("name", type_=Text), 0))
)
KEYS_WITH_PARKED: Final = "select distinct key from parked where consumer = %s and key = any(%s)"


@dataclass
class BlockedKey:
    """A key with parked events, and the topics whose next events must not overtake them."""

    entirely: bool = False
    """Tells that a FAILING or DEAD event, or a follower of one, blocks all topics of the key."""
    waits: dict[str, str] = field(default_factory=dict)
    """By topic, the event that the first WAITING one of that topic needs."""

    def blocks(self, topic: str) -> bool:
        """Tell whether an event of this topic has to queue, or would overtake another."""
        return self.entirely or topic in self.waits


BlockedKeys = dict[str, BlockedKey]
"""By key; a key without parked events is not there."""


async def lock_blocked_keys(
    session: AsyncSession, consumer: str, keys: Collection[str]
) -> BlockedKeys:
    """Find those of `keys` that have parked events, and lock them until the transaction ends."""
    with_parked = await rows_of(session, KEYS_WITH_PARKED, (consumer, list(keys)))
    if not with_parked:
        return {}
    for (key,) in sorted(with_parked):  # one order for all transactions: no deadlock
        await lock_key(session, consumer, key)
    blocked: BlockedKeys = {}
    columns = (parked.c.key, parked.c.topic, parked.c.state, parked.c.needs)
    of_keys = (parked.c.consumer == consumer) & (parked.c.key == any_of(keys))
    rows = await session.execute(select(*columns).where(of_keys).order_by(parked.c.position))
    for key, topic, state, needs in rows:
        of_key = blocked.setdefault(key, BlockedKey())
        if state == "WAITING":
            of_key.waits.setdefault(topic, needs)
        else:
            of_key.entirely = True
    return blocked


async def lock_key(session: AsyncSession, consumer: str, key: str) -> None:
    """Wait until no other transaction decides about the parked events of a key."""
    name = f"parked:{consumer}:{key}"
    await session.execute(LOCK, {"name": name})


def any_of(keys: Collection[str]) -> Any:
    """Match any of these keys by one parameter.

    It is one statement for any number of keys: `in` would be another one for each number, to be
    parsed, planned and kept among the connection's prepared statements anew.
    """
    return any_(cast(list(keys), ARRAY(Text)))
