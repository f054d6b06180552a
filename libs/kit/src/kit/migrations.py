"""A service's schema, version by version (Alembic), applied under a lock and a time limit."""

from pathlib import Path
from typing import Any

from alembic import command, context
from alembic.config import Config
from sqlalchemy import MetaData, create_engine, pool, text


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
