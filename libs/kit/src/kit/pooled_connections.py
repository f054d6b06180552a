"""Test of pooled connections, before a transaction uses one that there is a reason to doubt.

SQLAlchemy's `pool_pre_ping` asks the server before every transaction: a round trip more for each
(decision 0030). But a server that ends a connection, or that stops, closes the socket, which makes
it readable, and the operating system tells without a round trip. Only a peer that vanished in
silence is not seen so; a connection that has idled is therefore pinged in any case.
"""

from select import POLLIN, poll
from time import monotonic
from typing import Final

import psycopg
from psycopg import AsyncConnection
from sqlalchemy import Engine
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.event import listen
from sqlalchemy.exc import InvalidatePoolError
from sqlalchemy.pool import ConnectionPoolEntry, PoolProxiedConnection

IDLE_SECONDS: Final = 5.0
RETURNED_AT: Final = "returned_at"


def ping_doubtful(engine: Engine, *, idle_seconds: float = IDLE_SECONDS) -> None:
    """Ping a connection at its checkout if it idled so long, or if the server has sent something.

    A dead one is replaced before the transaction begins, and with it all others of its age.
    """

    def note_return(_: DBAPIConnection | None, entry: ConnectionPoolEntry) -> None:
        entry.info[RETURNED_AT] = monotonic()

    def ping(
        connection: DBAPIConnection, entry: ConnectionPoolEntry, _: PoolProxiedConnection
    ) -> None:
        returned_at = entry.info.get(RETURNED_AT)
        if returned_at is None:  # just connected
            return
        if monotonic() - returned_at < idle_seconds and not _is_readable(connection):
            return
        try:
            engine.dialect.do_ping(connection)
        except psycopg.Error as error:
            raise InvalidatePoolError from error

    listen(engine, "checkin", note_return)
    listen(engine, "checkout", ping)


def _is_readable(connection: DBAPIConnection) -> bool:
    driver = connection.driver_connection
    assert isinstance(driver, AsyncConnection)
    if driver.closed:
        return True  # by us, and the ping will say so
    socket = poll()
    socket.register(driver.fileno(), POLLIN)
    return bool(socket.poll(0))
