"""Chains of migrations (Alembic) that bring a service's database to the newest version.

A database has several: one of each library that keeps tables in it, then the service's own. Each
keeps its version in a table of its own, and a column of a library is added in one file.

`python -m kit.migrations hold` applies them; with `--wait` it waits until another process has.
"""

import argparse
import importlib
import os
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import MetaData, create_engine, pool
from sqlalchemy.exc import OperationalError

LOOK_EVERY_SECONDS: Final = 1.0
SERVICES: Final = Path(__file__).parents[4] / "services"
ENVIRONMENT: Final = Path(__file__).parent / "schema" / "migrations"


@dataclass(frozen=True)
class Chain:
    """Migrations that follow each other, and the tables that they make in a service's database."""

    name: str
    versions: Path
    version_table: str
    metadata: MetaData
    library_tables: frozenset[str] | None = None
    """Of a service: the tables in `metadata` that libraries' chains make."""

    def config(self, url: str) -> Config:
        """Tell Alembic which files these are and where the database is."""
        config = Config()
        config.set_main_option("script_location", str(ENVIRONMENT))
        config.set_main_option("version_locations", str(self.versions))
        config.set_main_option("path_separator", "os")
        config.attributes.update(chain=self, url=url)
        return config

    def owns(self, table: str) -> bool:
        """Tell whether a table of the database is made here; a stray one is the service's."""
        if self.library_tables is None:
            return table in self.metadata.tables
        return table not in self.library_tables and not table.endswith("_version")

    def is_newest(self, url: str) -> bool:
        """Tell whether a database has all revisions of this code, or has even newer ones."""
        scripts = ScriptDirectory.from_config(self.config(url))
        engine = create_engine(url, poolclass=pool.NullPool)
        with engine.connect() as connection:
            options = {"version_table": self.version_table}
            current = MigrationContext.configure(connection, opts=options).get_current_revision()
        known = {script.revision for script in scripts.walk_revisions()}
        newer = current is not None and current not in known
        return newer or current == scripts.get_current_head()


def chains_of(service: str) -> Iterator[Chain]:
    """Yield the chains of the libraries that a service's tables name, then the service's own."""
    metadata: MetaData = importlib.import_module(f"{service}.tables").metadata
    theirs = set[str]()
    for library in metadata.info["libraries"]:
        name, versions = library.info["library"], library.info["versions"]
        theirs.update(library.tables)
        yield Chain(name, versions, f"{name}_version", library)
    versions = SERVICES / service / "migrations" / "versions"
    yield Chain(service, versions, "alembic_version", metadata, frozenset(theirs))


def config_for(service: str, url: str) -> Config:
    """Tell Alembic where a service's own migrations and its database are."""
    *_, own = chains_of(service)
    return own.config(url)


def upgrade(service: str, url: str) -> None:
    """Bring a service's database to the newest version; safe to call from many at once."""
    for chain in chains_of(service):
        command.upgrade(chain.config(url), "head")


def is_up_to_date(service: str, url: str) -> bool:
    """Tell whether a database has all that this code knows; it may have more, after a roll-back."""
    return all(chain.is_newest(url) for chain in chains_of(service))


def main(arguments: list[str]) -> None:
    """Apply a service's migrations, or wait for them, as its environment says where.

    The database may still be on its way: it is asked again until it answers.
    """
    parser = argparse.ArgumentParser(prog="python -m kit.migrations", description=__doc__)
    parser.add_argument("service")
    parser.add_argument("--wait", action="store_true", help="let another process apply them")
    asked = parser.parse_args(arguments)
    url = os.environ[f"{asked.service.upper()}_DATABASE_URL"]
    while not _is_done(asked.service, url, only_look=asked.wait):
        time.sleep(LOOK_EVERY_SECONDS)


def _is_done(service: str, url: str, *, only_look: bool) -> bool:
    try:
        if not only_look:
            upgrade(service, url)
        return is_up_to_date(service, url)
    except OperationalError as error:  # not there yet, or does not know us yet
        sys.stderr.write(f"{type(error.orig).__name__}\n")
        return False


if __name__ == "__main__":
    main(sys.argv[1:])
