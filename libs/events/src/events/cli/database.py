"""The database of a command: `--database`, `--service`, or the environment."""

import argparse
import os
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.ext.asyncio import (
    AsyncEngine,
    AsyncSession,
    async_sessionmaker,
    create_async_engine,
)

from events.cli.output import Usage

Sessions = async_sessionmaker[AsyncSession]


def add_database(parser: argparse.ArgumentParser) -> None:
    """Add the options that name a database."""
    parser.add_argument("--database", help="its URL (EVENTS_DATABASE_URL)")
    parser.add_argument("--service", help="one service (<SERVICE>_DATABASE_URL says where)")


@asynccontextmanager
async def database(args: argparse.Namespace) -> AsyncGenerator[Sessions]:
    """Open sessions on the database of the service while the block runs."""
    engine = engine_at(address_of(args))
    try:
        yield async_sessionmaker(engine)
    finally:
        await engine.dispose()


def address_of(args: argparse.Namespace) -> str:
    """Return the URL of the database; without one, `Usage` says how to give it."""
    of_service = f"{args.service.upper() if args.service else '<SERVICE>'}_DATABASE_URL"
    url = args.database or os.environ.get("EVENTS_DATABASE_URL") or os.environ.get(of_service)
    if not url:
        raise Usage(f"Say which database: --database URL, EVENTS_DATABASE_URL, or {of_service}.")
    return str(url)


def engine_at(url: str) -> AsyncEngine:
    """Make an engine that connects when it is first used."""
    try:
        address = make_url(url)
    except ArgumentError:
        address = None
    if address is None or address.get_backend_name() not in ("postgres", "postgresql"):
        # Without the address: it may hold a password.
        raise Usage("This is no address of a PostgreSQL: postgresql://user@host/name is.")
    return create_async_engine(
        address.set(drivername="postgresql+psycopg"),
        hide_parameters=True,
        connect_args={"connect_timeout": 5},
    )
