"""A service's schema, version by version (Alembic), applied under a lock and a time limit.

`python -m kit.migrations hold` applies them; with `--wait` it waits until another has.
"""

import argparse
import os
import sys
import time
from pathlib import Path
from typing import Any, Final

from alembic import command, context
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import MetaData, create_engine, pool, text
from sqlalchemy.exc import OperationalError

LOOK_EVERY_SECONDS: Final = 1.0


def folder_of(service: str) -> Path:
    """Return where a service keeps its migrations."""
    return Path(__file__).parents[4] / "services" / service / "migrations"


def config_for(service: str, url: str) -> Config:
    """Tell Alembic where a service's migrations and database are."""
    config = Config()
    config.set_main_option("script_location", str(folder_of(service)))
    config.set_main_option("path_separator", "os")
    config.attributes["url"] = url
    return config


def upgrade(service: str, url: str) -> None:
    """Bring a service's database to the newest version; safe to call from many at once."""
    command.upgrade(config_for(service, url), "head")


def is_up_to_date(service: str, url: str) -> bool:
    """Tell whether a database has all that this code knows; it may have more, after a roll-back."""
    scripts = ScriptDirectory.from_config(config_for(service, url))
    engine = create_engine(url, poolclass=pool.NullPool)
    with engine.connect() as connection:
        current = MigrationContext.configure(connection).get_current_revision()
    known = {script.revision for script in scripts.walk_revisions()}
    return current is not None and (current not in known or current == scripts.get_current_head())


def main(words: list[str]) -> None:
    """Apply a service's migrations, or wait for them, as its environment says where.

    The database may still be on its way: it is asked again until it answers.
    """
    parser = argparse.ArgumentParser(prog="python -m kit.migrations", description=__doc__)
    parser.add_argument("service")
    parser.add_argument("--wait", action="store_true", help="let somebody else apply them")
    asked = parser.parse_args(words)
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


def run(metadata: MetaData) -> None:
    """Do what Alembic asks of a service's `env.py`."""
    engine = create_engine(context.config.attributes["url"], poolclass=pool.NullPool)
    with engine.connect() as connection:
        # A change that cannot get its lock must give up rather than queue every reader behind it.
        connection.execute(text("set lock_timeout = '5s'"))
        connection.execute(text("select pg_advisory_lock(hashtext('migrations'))"))
        connection.commit()
        context.configure(
            connection=connection,
            target_metadata=metadata,
            compare_type=True,
            compare_server_default=False,
            include_object=_ours,
        )
        with context.begin_transaction():
            context.run_migrations()
        connection.execute(text("select pg_advisory_unlock(hashtext('migrations'))"))
        connection.commit()
    engine.dispose()


def _ours(_: Any, name: str | None, kind: str, *__: Any) -> bool:
    return not (kind == "table" and name == "alembic_version")


if __name__ == "__main__":
    main(sys.argv[1:])
