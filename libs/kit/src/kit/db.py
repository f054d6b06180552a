"""Transactions of a service's database, and the events they publish if they commit."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Annotated, Final

import structlog
from fastapi import Depends
from psycopg import AsyncConnection
from sqlalchemy import MetaData, Text, bindparam, func, select, text
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.event import listen
from sqlalchemy.exc import IntegrityError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import registry

from events import Event
from events.transport import metadata as events
from events.transport import outbox
from kit import schema
from kit.dependencies import from_app
from kit.errors import ServiceError
from kit.pooled_connections import ping_doubtful
from kit.timestamps import accept_every_timestamp

NAMES: Final = {
    "pk": "%(table_name)s_pkey",
    "fk": "%(table_name)s_%(column_0_N_name)s_fkey",
    "uq": "%(table_name)s_%(column_0_N_name)s_key",
    "ix": "%(table_name)s_%(column_0_N_name)s_idx",
    "ck": "%(table_name)s_%(constraint_name)s_check",
}

# Built once: to build a statement and its cache key costs as much as to run it (decision 0030).
ADVISORY_LOCK: Final = select(
    func.pg_advisory_xact_lock(func.hashtextextended(bindparam("name", type_=Text), 0))
)
TRY_ADVISORY_LOCK: Final = select(
    func.pg_try_advisory_lock(func.hashtextextended(bindparam("name", type_=Text), 0))
)
ADVISORY_UNLOCK: Final = select(
    func.pg_advisory_unlock(func.hashtextextended(bindparam("name", type_=Text), 0))
)

NOTIFY: Final = text(
    "select pg_notify(channel, payload)"
    " from unnest(cast(:channels as text[]), cast(:payloads as text[])) as n (channel, payload)"
)
NOTIFICATIONS: Final = "notifications"
"""The key of a session's `info` under which its notifications wait for the commit."""

log = structlog.get_logger()


def service_registry(*more: MetaData) -> registry:
    """Start a service's tables with those of the kit, of the events and of `more` libraries.

    A library's `MetaData` says in its `info` what it is called (`library`) and where its chain of
    migrations lies (`versions`); `kit.migrations` applies the chains in this order.
    """
    libraries = (schema.metadata, events, *more)
    metadata = MetaData(naming_convention=NAMES, info={"libraries": libraries})
    for library in libraries:
        for table in library.sorted_tables:
            table.to_metadata(metadata)
    return registry(metadata=metadata)


class Tx(AsyncSession):
    """A SQLAlchemy session that publishes events, names constraints and takes advisory locks."""

    async def publish(self, *events: Event) -> None:
        """Append events to the outbox: they reach Kafka after, and only if, the commit."""
        await outbox.append(self, *events)

    async def flush_or_raise(self, **errors_by_constraint: ServiceError) -> None:
        """Write now; a violated constraint named here becomes its business error."""
        try:
            await self.flush()
        except IntegrityError as error:
            name = getattr(getattr(error.orig, "diag", None), "constraint_name", None)
            raise errors_by_constraint.get(name or "", error) from error

    def notify(self, channel: str, *payloads: str) -> None:
        """Notify the listeners of a channel after the commit, and only if there is one.

        In a statement of its own: a NOTIFY in the transaction lets commits wait for each other. If
        the process dies in between, the listeners hear nothing: they must look by themselves too.
        """
        self.info.setdefault(NOTIFICATIONS, []).extend((channel, payload) for payload in payloads)

    async def advisory_lock(self, *name: object) -> None:
        """Take PostgreSQL's advisory lock of a name, such as a word and an id, until the commit."""
        name_text = ":".join(map(str, name))
        await self.execute(ADVISORY_LOCK, {"name": name_text})


class Database:
    """A service's own database with its pool of connections. No other service has its address."""

    def __init__(self, url: str, *, pool_size: int = 8) -> None:
        self.engine = create_async_engine(
            url,
            hide_parameters=True,  # they may name a person, and errors are logged
            pool_size=pool_size,
            max_overflow=pool_size // 2,
            pool_timeout=10,
            connect_args={"connect_timeout": 5},
        )
        listen(self.engine.sync_engine, "connect", _prepare)
        ping_doubtful(self.engine.sync_engine)
        self._new_tx = async_sessionmaker(self.engine, class_=Tx, expire_on_commit=False)

    @asynccontextmanager
    async def transaction(self) -> AsyncGenerator[Tx]:
        """Commit on the way out, roll back on any exception."""
        async with self._new_tx.begin() as tx:
            yield tx
        if notifications := tx.info.get(NOTIFICATIONS):
            await self._notify(notifications)

    async def _notify(self, notifications: list[tuple[str, str]]) -> None:
        channels, payloads = zip(*notifications, strict=True)
        values = {"channels": list(channels), "payloads": list(payloads)}
        try:
            async with self.engine.connect() as connection:
                await connection.execution_options(isolation_level="AUTOCOMMIT")
                await connection.execute(NOTIFY, values)
        except SQLAlchemyError as error:  # the commit stands
            log.warning("notification_lost", error=type(error).__name__)

    @asynccontextmanager
    async def try_advisory_lock(self, *name: object) -> AsyncGenerator[bool]:
        """Hold the advisory lock of a name, in no transaction; yield False if another process does.

        For work of one replica at a time that calls outside. It keeps one connection of the pool.
        """
        name_text = {"name": ":".join(map(str, name))}
        async with self.engine.connect() as connection:
            await connection.execution_options(isolation_level="AUTOCOMMIT")
            is_ours = bool(await connection.scalar(TRY_ADVISORY_LOCK, name_text))
            try:
                yield is_ours
            finally:
                if is_ours:
                    await connection.execute(ADVISORY_UNLOCK, name_text)


def _prepare(connection: DBAPIConnection, _: object) -> None:
    driver = connection.driver_connection
    assert isinstance(driver, AsyncConnection)
    accept_every_timestamp(driver)


RequestDatabase = Annotated[Database, from_app(Database, "db")]
"""For work that must not hold a transaction open."""


async def _request_tx(db: RequestDatabase) -> AsyncGenerator[Tx]:
    async with db.transaction() as tx:
        yield tx


# scope="function" commits before the response is sent. With FastAPI's default the client would
# read 200 first, and a commit that then fails is a lost write that was acknowledged.
Transaction = Annotated[Tx, Depends(_request_tx, scope="function")]
