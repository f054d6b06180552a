"""Staff and a channel of a local system: `python -m identity.seed`; repeating does no harm."""

import asyncio
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Final
from uuid import NAMESPACE_URL, UUID, uuid5

from pydantic import SecretStr

from events import Region
from identity import tables
from identity.partners.domain import SalesChannel, Terms
from identity.passwords import domain as passwords
from identity.settings import Settings
from identity.staff.domain import StaffMember
from kit import clock
from kit.db import Database, Tx
from values.roles import StaffRole

PASSWORD: Final = SecretStr("chonso-demo")
CHANNEL_SECRET: Final = SecretStr("demo-channel-secret")


@dataclass(frozen=True)
class Person:
    """A member of staff of the local system."""

    username: str
    role: StaffRole
    regions: tuple[Region, ...] = ()
    shop_code: str | None = None


STAFF: Final = (
    Person("osp1", "osp_staff"),
    Person("store1", "store_staff", ("KV2",), "2HCM0001"),
    Person("agent1", "call_agent", ("KV2",)),
    Person("agent2", "call_agent", ("KV2",)),
    Person("agent9", "call_agent"),
    Person("officer1", "connection_officer", ("KV2",)),
    Person("officer2", "connection_officer", ("KV2",)),
    Person("officer9", "connection_officer"),
    Person("manager2", "region_manager", ("KV2",)),
    Person("partner1", "partner_manager"),
    Person("auditor1", "auditor"),
    Person("admin", "admin"),
    Person("sre", "sre"),
)
CHANNEL_TERMS: Final = Terms(
    kind="SPECIALISED", region="KV2", collects_fee=True, delivers=True, own_customers=True
)


def id_of(kind: str, name: str) -> UUID:
    """Return the same id for the same name on every machine."""
    return uuid5(NAMESPACE_URL, f"chonso/identity/{kind}/{name}")


async def seed(db: Database, *, now: datetime) -> None:
    """Make or mend all of them; only changes are published."""
    for person in STAFF:
        async with db.transaction() as tx:
            await _staff(tx, person, now=now)
    async with db.transaction() as tx:
        await _channel(tx, now=now)


async def _staff(tx: Tx, person: Person, *, now: datetime) -> None:
    staff_id = id_of("staff", person.username)
    member = await tx.get(StaffMember, staff_id)
    if member is None:
        member = StaffMember(
            id=staff_id,
            username=person.username,
            password_hash=await passwords.hashed(PASSWORD),
            shop_code=person.shop_code,
            created_at=now,
            changed_at=now,
            roles=[person.role],
            regions=list(person.regions),
        )
        tx.add(member)
        return await tx.publish(member.changed())
    if not await passwords.matches(member.password_hash, PASSWORD):
        member.password_hash = await passwords.hashed(PASSWORD)
    changed = member.assign(
        roles=[person.role],
        regions=list(person.regions),
        shop_code=person.shop_code,
        active=True,
        now=now,
    )
    if changed:
        await tx.publish(changed)
    return None


async def _channel(tx: Tx, *, now: datetime) -> None:
    channel_id = id_of("partner", "demo-channel")
    channel = await tx.get(SalesChannel, channel_id)
    if channel is None:
        channel = SalesChannel(
            id=channel_id,
            client_id="demo-channel",
            secret_hash=await passwords.hashed(CHANNEL_SECRET),
            channel_code="KV2WEB",
            name="Kênh bán hàng KV2",
            created_at=now,
            secret_changed_at=now,
            **asdict(CHANNEL_TERMS),
        )
        tx.add(channel)
        return await tx.publish(channel.changed(now=now))
    if not await passwords.matches(channel.secret_hash, CHANNEL_SECRET):
        channel.secret_hash = await passwords.hashed(CHANNEL_SECRET)
        channel.secret_changed_at = now
    if changed := channel.agree(CHANNEL_TERMS, now=now):
        await tx.publish(changed)
    return None


async def main() -> None:
    """Seed the database named by the environment."""
    settings = Settings.model_validate({})
    assert tables.metadata.tables, "the nouns are mapped before anything is loaded"
    clock.follow(settings.clock_file)
    db = Database(str(settings.database_url), pool_size=2)
    try:
        await seed(db, now=clock.now())
    finally:
        await db.engine.dispose()


if __name__ == "__main__":
    asyncio.run(main())
