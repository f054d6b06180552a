"""One database and one role for each service; nobody else may come in."""

from collections.abc import Iterable

import psycopg
from psycopg.sql import SQL, Identifier, Literal


def ensure(server: str, owners: Iterable[str]) -> dict[str, str]:
    """Create missing roles and databases; return the note of each database that existed."""
    with _administrator(server) as connection:
        rows = connection.execute(
            "select datname, coalesce(shobj_description(oid, 'pg_database'), '') from pg_database"
        )
        notes: dict[str, str] = dict(rows.fetchall())
        for owner in owners:
            if owner not in notes:
                _make(connection, owner)
    return notes


def note(server: str, owner: str, text: str) -> None:
    """Store a note about a database as its comment, which is dropped with the database."""
    comment = SQL("comment on database {} is {}").format(Identifier(owner), Literal(text))
    with _administrator(server) as connection:
        connection.execute(comment)


def give_password(server: str, owner: str, password: str) -> None:
    """Set the password of a role, for connections from other machines."""
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
