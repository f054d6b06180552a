"""Migrations and seed data of a service before it starts: `SERVICE=hold python -m kit.data`."""

import asyncio
import importlib
import importlib.util
import inspect
import os

from kit import migrations
from kit.settings import SECRETS


def prepare(service: str) -> None:
    """Apply the migrations, if it is a service that has tables, then put in what it starts with."""
    if (migrations.SERVICES / service).exists():
        migrations.upgrade(service, database_url(service))
    if importlib.util.find_spec(f"{service}.seed") is None:
        return
    result = importlib.import_module(f"{service}.seed").main()
    if inspect.iscoroutine(result):
        asyncio.run(result)


def database_url(service: str) -> str:
    """Return the address of a service's database, from the environment or a secret's file."""
    name = f"{service}_database_url"
    return os.environ.get(name.upper()) or (SECRETS / name).read_text().strip()


if __name__ == "__main__":
    prepare(os.environ["SERVICE"])
