"""Write a new migration of a service: `python tools/migration.py hold "add a column"`.

It compares the tables in code with a scratch database brought to the newest version so far.
"""

import sys
import tempfile
from pathlib import Path

import psycopg
from alembic import command

from kit.migrations import config_for, folder_of, upgrade
from stack import postgres


def main(service: str, message: str) -> None:
    """Start a scratch PostgreSQL, upgrade it, and write down what is missing."""
    count = len(list((folder_of(service) / "versions").glob("*.py")))
    with tempfile.TemporaryDirectory() as scratch, postgres.start(Path(scratch)) as server:
        with psycopg.connect(server.dsn, autocommit=True) as connection:
            connection.execute("create database migration")
        url = postgres.url(server.port, database="migration")
        upgrade(service, url)
        command.revision(
            config_for(service, url), message, autogenerate=True, rev_id=f"{count + 1:04d}"
        )


if __name__ == "__main__":
    main(*sys.argv[1:3])
