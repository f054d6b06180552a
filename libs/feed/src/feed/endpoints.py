"""A partner's webhook endpoints: where to push, from which number on, and with which keys."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import Row, delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from events.ids import uuid7
from feed.journal import span
from feed.signing import Keys, Seal
from feed.tables import deliveries, webhooks


class State(StrEnum):
    """The states of an endpoint; only an ACTIVE one is called."""

    ACTIVE = "ACTIVE"
    DISABLED = "DISABLED"


class Because(StrEnum):
    """The reason why an endpoint is not called."""

    PARTNER = "PARTNER"
    GONE = "GONE"
    FAILING = "FAILING"
    CLOSED = "CLOSED"


@dataclass(frozen=True)
class Webhook:
    """An endpoint of a partner."""

    id: UUID
    partner_id: UUID
    url: str
    created_at: datetime
    cursor: int
    keys: bytes
    former_keys: bytes | None
    former_until: datetime | None
    state: State
    because: Because | None
    disabled_at: datetime | None
    failures: int
    failing_since: datetime | None
    next_try_at: datetime

    def signed_with(self, seal: Seal, *, now: datetime) -> list[Keys]:
        """Open the keys that are good now; both pairs while the receiver changes over."""
        sealed = [self.keys]
        if self.former_keys and self.former_until and now < self.former_until:
            sealed.append(self.former_keys)
        return [Keys.open(keys, seal, self.id) for keys in sealed]


COLUMNS = [webhooks.c[name] for name in Webhook.__dataclass_fields__]


def webhook_of(row: Row[Any]) -> Webhook:
    """Make an endpoint of its row."""
    values = row._asdict()
    because = values["because"]
    return Webhook(
        **values
        | {"state": State(values["state"]), "because": Because(because) if because else None}
    )


async def create(
    session: AsyncSession,
    partner_id: UUID,
    url: str,
    *,
    after: int | None,
    seal: Seal,
    now: datetime,
) -> tuple[Webhook, Keys]:
    """Register an endpoint; without a number it is told what happens from now on."""
    if after is None:
        after = (await span(session, partner_id)).newest
    webhook_id, keys = uuid7(), Keys.new()
    new = insert(webhooks).values(
        id=webhook_id,
        partner_id=partner_id,
        url=url,
        created_at=now,
        cursor=after,
        keys=keys.sealed(seal, webhook_id),
        state=State.ACTIVE,
        next_try_at=now,
    )
    row = (await session.execute(new.returning(*COLUMNS))).one()
    return webhook_of(row), keys


async def webhooks_of(session: AsyncSession, partner_id: UUID) -> list[Webhook]:
    """Return a partner's endpoints, oldest first."""
    of_partner = select(*COLUMNS).where(webhooks.c.partner_id == partner_id).order_by(webhooks.c.id)
    return [webhook_of(row) for row in await session.execute(of_partner)]


async def find(session: AsyncSession, partner_id: UUID, webhook_id: UUID) -> Webhook | None:
    """Return one of a partner's endpoints to change; another's is none."""
    webhook = select(*COLUMNS).where(
        webhooks.c.partner_id == partner_id, webhooks.c.id == webhook_id
    )
    row = (await session.execute(webhook.with_for_update())).one_or_none()
    return webhook_of(row) if row else None


async def move(session: AsyncSession, webhook: Webhook, url: str) -> Webhook:
    """Push to another address."""
    return await _change(session, webhook.id, url=url)


async def enable(session: AsyncSession, webhook: Webhook, *, now: datetime) -> Webhook:
    """Try again at once, with a clean record."""
    return await _change(
        session,
        webhook.id,
        state=State.ACTIVE,
        because=None,
        disabled_at=None,
        failures=0,
        failing_since=None,
        next_try_at=now,
    )


async def disable(
    session: AsyncSession, webhook_id: UUID, because: Because, *, now: datetime
) -> Webhook:
    """Call it no more until the partner enables it."""
    return await _change(
        session, webhook_id, state=State.DISABLED, because=because, disabled_at=now
    )


async def close(session: AsyncSession, partner_id: UUID, *, at: datetime) -> None:
    """Call no endpoint of a partner any more that is no partner of ours."""
    active = (webhooks.c.partner_id == partner_id) & (webhooks.c.state == State.ACTIVE)
    ended = {"state": State.DISABLED, "because": Because.CLOSED, "disabled_at": at}
    await session.execute(update(webhooks).where(active).values(**ended))


async def replay(session: AsyncSession, webhook: Webhook, *, after: int, now: datetime) -> Webhook:
    """Push again what follows a number."""
    return await _change(session, webhook.id, cursor=after, next_try_at=now)


async def rotate(
    session: AsyncSession, webhook: Webhook, *, seal: Seal, overlap: timedelta, now: datetime
) -> tuple[Webhook, Keys]:
    """Sign with new keys, and for a while with the former ones too."""
    keys = Keys.new()
    changed = await _change(
        session,
        webhook.id,
        keys=keys.sealed(seal, webhook.id),
        former_keys=webhook.keys,
        former_until=now + overlap,
    )
    return changed, keys


async def remove(session: AsyncSession, webhook: Webhook) -> None:
    """Forget an endpoint and what was sent there."""
    await session.execute(delete(webhooks).where(webhooks.c.id == webhook.id))


async def attempts_at(session: AsyncSession, webhook: Webhook, limit: int) -> Sequence[Row[Any]]:
    """Return the last deliveries that were tried, newest first."""
    of_webhook = select(deliveries).where(deliveries.c.webhook_id == webhook.id)
    newest = of_webhook.order_by(deliveries.c.id.desc()).limit(limit)
    return (await session.execute(newest)).all()


async def count(session: AsyncSession, partner_id: UUID) -> int:
    """Count a partner's endpoints."""
    of_partner = webhooks.c.partner_id == partner_id
    return await session.scalar(select(func.count()).select_from(webhooks).where(of_partner)) or 0


async def _change(session: AsyncSession, webhook_id: UUID, **values: Any) -> Webhook:
    changed = update(webhooks).where(webhooks.c.id == webhook_id).values(**values)
    return webhook_of((await session.execute(changed.returning(*COLUMNS))).one())
