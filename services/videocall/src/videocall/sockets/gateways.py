"""The doorbell: notifications of PostgreSQL on a connection of their own."""

import asyncio
from collections.abc import Callable
from typing import Final

import structlog
from psycopg import AsyncConnection, Error
from sqlalchemy import URL

RETRY_SECONDS: Final = 1.0

log = structlog.get_logger()


async def listen(url: URL, channel: str, hear: Callable[[str], None]) -> None:
    """Pass each payload of a channel on, until cancelled; a lost connection is made again.

    What is notified meanwhile is not heard. No pool of connections may stand in between.
    """
    address = url.set(drivername="postgresql").render_as_string(hide_password=False)
    while True:
        try:
            async with await AsyncConnection.connect(address, autocommit=True) as connection:
                await connection.execute(f"listen {channel}".encode())
                async for note in connection.notifies():
                    hear(note.payload)
        except Error as error:
            log.warning("doorbell_lost", error=type(error).__name__)
        await asyncio.sleep(RETRY_SECONDS)
