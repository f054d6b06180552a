"""What a child of the fork server does before a service starts for the first time."""

import asyncio
import importlib
import inspect
import os

from kit import migrations
from stack.plan import exists


def prepare(service: str) -> None:
    """Apply the migrations a service has, then put in what it starts with."""
    if migrations.folder_of(service).exists():
        migrations.upgrade(service, os.environ[f"{service.upper()}_DATABASE_URL"])
    if not exists(f"{service}.seed"):
        return
    result = importlib.import_module(f"{service}.seed").main()
    if inspect.iscoroutine(result):
        asyncio.run(result)
