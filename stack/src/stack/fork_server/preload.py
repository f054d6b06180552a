"""Libraries that every service imports. None may start a thread or a loop: both die in a fork."""

import gc
import importlib
import threading
from typing import Final

LIBRARIES: Final = (
    "aiokafka",
    "fastapi",
    "httpx",
    "jwt",
    "kit.service",
    "psycopg",
    "sqlalchemy.dialects.postgresql.psycopg",
    "sqlalchemy.ext.asyncio",
    "stack.fork_server.worker",
    "uvicorn.lifespan.on",
    "uvicorn.protocols.http.httptools_impl",
    "uvicorn.protocols.websockets.websockets_sansio_impl",
    "uvloop",
)


def preload() -> None:
    """Import the libraries and freeze the garbage collector, which would copy shared pages."""
    gc.disable()
    for library in LIBRARIES:
        importlib.import_module(library)
    gc.freeze()
    assert threading.active_count() == 1, "a library started a thread: it would not survive a fork"
