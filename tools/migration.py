"""Write a new migration of a service or a library: `python tools/migration.py hold "a column"`.

It compares the tables in code with a scratch database brought to the newest version so far. What
belongs to another chain is left out: a service's migration never touches a library's table.
"""

import sys
import tempfile
from pathlib import Path

import psycopg
from alembic import command

from kit.migrations import SERVICES, Chain, chains_of
from stack import postgres


def chains() -> dict[str, Chain]:
    """Return the chain of every service and library, by name."""
    services = sorted(folder.name for folder in SERVICES.iterdir() if folder.is_dir())
    return {chain.name: chain for service in services for chain in chains_of(service)}


def main(name: str, message: str) -> None:
    """Start a scratch PostgreSQL, apply the chain so far, and write down what is missing."""
    chain = chains()[name]
    newest = max((int(file.name[:4]) for file in chain.versions.glob("*.py")), default=0)
    with tempfile.TemporaryDirectory() as scratch, postgres.start(Path(scratch)) as server:
        with psycopg.connect(server.dsn, autocommit=True) as connection:
            connection.execute("create database migration")
        config = chain.config(postgres.url(server.port, database="migration"))
        command.upgrade(config, "head")
        command.revision(config, message, autogenerate=True, rev_id=f"{newest + 1:04d}")


if __name__ == "__main__":
    main(*sys.argv[1:3])
