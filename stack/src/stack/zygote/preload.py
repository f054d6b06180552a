"""Import what every service needs; no thread and no loop may start here: both die in a fork."""

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
    "stack.zygote.work",
    "uvicorn.lifespan.on",
    "uvicorn.protocols.http.httptools_impl",
    "uvicorn.protocols.websockets.websockets_impl",
    "uvloop",
)


def preload() -> None:
    """Import, and keep the garbage collector from ever writing to the pages that are shared."""
    gc.disable()
    for library in LIBRARIES:
        importlib.import_module(library)
    gc.freeze()
    assert threading.active_count() == 1, "a library started a thread: it would not survive a fork"
