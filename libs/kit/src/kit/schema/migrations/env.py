"""Run one chain of migrations in one database, under a lock and a time limit."""

from typing import Any

from alembic import context
from sqlalchemy import create_engine, pool, text

from kit.migrations import Chain

chain: Chain = context.config.attributes["chain"]


def is_of_chain(_: object, name: str | None, kind: str, *__: Any) -> bool:
    """Tell whether something in the database is compared with the chain's tables."""
    return kind != "table" or name is None or chain.owns(name)


engine = create_engine(context.config.attributes["url"], poolclass=pool.NullPool)
with engine.connect() as connection:
    # A change that cannot get its lock must give up rather than queue every reader behind it.
    connection.execute(text("set lock_timeout = '5s'"))
    connection.execute(text("select pg_advisory_lock(hashtext('migrations'))"))
    connection.commit()
    context.configure(
        connection=connection,
        target_metadata=chain.metadata,
        version_table=chain.version_table,
        compare_type=True,
        compare_server_default=False,
        include_object=is_of_chain,
    )
    with context.begin_transaction():
        context.run_migrations()
    connection.execute(text("select pg_advisory_unlock(hashtext('migrations'))"))
    connection.commit()
engine.dispose()
