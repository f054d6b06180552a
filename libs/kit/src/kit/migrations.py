"""A service's schema, version by version (Alembic), applied under a lock and a time limit.

The kit's own tables have a chain of versions of their own, applied after the service's: what the
kit adds is written down once, and not once in every service.

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
KIT: Final = Path(__file__).parent / "schema" / "migrations"
KIT_VERSIONS: Final = "kit_version"
VERSION_TABLES: Final = frozenset({"alembic_version", KIT_VERSIONS})


def folder_of(service: str) -> Path:
    """Return where a service keeps its migrations."""
    return Path(__file__).parents[4] / "services" / service / "migrations"


def config_for(service: str, url: str) -> Config:
    """Tell Alembic where a service's migrations and database are."""
    return _config(folder_of(service), url)


def _config(folder: Path, url: str) -> Config:
    config = Config()
    config.set_main_option("script_location", str(folder))
    config.set_main_option("path_separator", "os")
    config.attributes["url"] = url
    return config


def upgrade(service: str, url: str) -> None:
    """Bring a service's database to the newest version; safe to call from many at once."""
    command.upgrade(config_for(service, url), "head")
    command.upgrade(_config(KIT, url), "head")


def is_up_to_date(service: str, url: str) -> bool:
    """Tell whether a database has all that this code knows; it may have more, after a roll-back."""
    own = _is_newest(config_for(service, url), url, version_table="alembic_version")
    return own and _is_newest(_config(KIT, url), url, version_table=KIT_VERSIONS)


def _is_newest(config: Config, url: str, *, version_table: str) -> bool:
    scripts = ScriptDirectory.from_config(config)
    engine = create_engine(url, poolclass=pool.NullPool)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"version_table": version_table})
        current = context.get_current_revision()
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


def run(metadata: MetaData, *, version_table: str = "alembic_version") -> None:
    """Do what Alembic asks of an `env.py`."""
    engine = create_engine(context.config.attributes["url"], poolclass=pool.NullPool)
    with engine.connect() as connection:
        # A change that cannot get its lock must give up rather than queue every reader behind it.
        connection.execute(text("set lock_timeout = '5s'"))
        connection.execute(text("select pg_advisory_lock(hashtext('migrations'))"))
        connection.commit()
        context.configure(
            connection=connection,
            target_metadata=metadata,
            version_table=version_table,
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
    return not (kind == "table" and name in VERSION_TABLES)


if __name__ == "__main__":
    main(sys.argv[1:])
