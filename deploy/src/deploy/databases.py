"""One database and one role for each service; nobody else may come in."""

from collections.abc import Iterable

import psycopg
from psycopg.sql import SQL, Identifier, Literal


def ensure(server: str, owners: Iterable[str]) -> dict[str, str]:
    """Make the roles and databases that are missing; return what was noted about each."""
    with _administrator(server) as connection:
        rows = connection.execute(
            "select datname, coalesce(shobj_description(oid, 'pg_database'), '') from pg_database"
        )
        notes: dict[str, str] = dict(rows.fetchall())
        for owner in owners:
            if owner not in notes:
                _make(connection, owner)
    return notes


def note(server: str, owner: str, words: str) -> None:
    """Note something about a database, in the server: it is forgotten with the database."""
    comment = SQL("comment on database {} is {}").format(Identifier(owner), Literal(words))
    with _administrator(server) as connection:
        connection.execute(comment)


def give_password(server: str, owner: str, password: str) -> None:
    """Let an owner in from another machine."""
    change = SQL("alter role {} password {}").format(Identifier(owner), Literal(password))
    with _administrator(server) as connection:
        connection.execute(change)


def _administrator(server: str) -> psycopg.Connection:
    return psycopg.connect(server, autocommit=True)


def _make(connection: psycopg.Connection, owner: str) -> None:
    name = Identifier(owner)
    role = connection.execute("select from pg_roles where rolname = %s", [owner])
    if role.fetchone() is None:
        connection.execute(SQL("create role {} login").format(name))
    connection.execute(SQL("create database {} owner {}").format(name, name))
    connection.execute(SQL("revoke all on database {} from public").format(name))
