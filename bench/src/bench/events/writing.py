"""Goal 2: the cost of publishing in a transaction."""

import re
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import Final

import psycopg
from psycopg.sql import SQL, Identifier, Literal
from psycopg.types.json import Jsonb
from sqlalchemy import make_url

from bench.events import facts
from bench.events.effects import metadata
from bench.events.place import Place
from bench.goals import Case, Goal, per_second
from bench.meter import Figures
from events.transport import Envelope, outbox
from events.transport.tables import outbox as table
from stack import postgres

CLIENTS: Final = 32
SECONDS: Final = 4

NOTIFY: Final = """
    create function wake() returns trigger language plpgsql as
        $$ begin perform pg_notify('outbox', ''); return null; end $$;
    create trigger wake after insert on outbox for each statement execute function wake();
"""
BUSINESS: Final = "insert into seen (key, times, price) values (uuidv7()::text, 1, 250000);"


def _measure(place: Place) -> Iterable[tuple[str, Figures]]:
    business_only, with_outbox = place.folder / "without.sql", place.folder / "outbox.sql"
    business_only.write_text(f"begin;\n{BUSINESS}\nselect 1;\ncommit;\n")
    with_outbox.write_text(f"\\set shard random(0, {outbox.SHARDS - 1})\nbegin;\n{BUSINESS}\n")
    with with_outbox.open("a") as script:
        script.write(f"{_insert()};\ncommit;\n")
    yield "without", _pgbench(place, business_only)
    yield "outbox", _pgbench(place, with_outbox)
    yield "outbox, NOTIFY", _pgbench(place, with_outbox, NOTIFY)
    for subject in ("without", "outbox"):
        database = place.new_database(metadata)
        order = {"database": database, "clients": CLIENTS, "seconds": SECONDS}
        yield (
            f"{subject}, AsyncSession",
            place.measure("writers", **order, publishes=subject == "outbox"),
        )


def _insert() -> str:
    """Write the row that the library writes, for a fact of the usual size."""
    envelope = Envelope.around(facts.make(1)[0], {"traceparent": f"00-{1:032x}-{1:016x}-01"})
    # To pgbench, a colon and what follows are a variable of its own.
    headers = {name: value.replace(":", ".") for name, value in envelope.headers.items()}
    values = {
        "topic": Literal(envelope.topic),
        "key": Literal(envelope.key),
        "headers": Literal(Jsonb(headers)),
        "payload": Literal(f"\\x{envelope.payload.hex()}"),
        "shard": SQL(":shard"),
        "event_id": SQL("uuidv7()"),
    }
    assert values.keys() == {c.name for c in table.columns if c.identity is None}
    columns = SQL(", ").join(map(Identifier, values))
    row = SQL("insert into outbox ({}) values ({})")
    return row.format(columns, SQL(", ").join(values.values())).as_string()


def _pgbench(place: Place, script: Path, more: str = "") -> Figures:
    database = make_url(place.new_database(metadata)).set(drivername="postgresql")
    address = database.render_as_string(hide_password=False)
    if more:
        with psycopg.connect(address) as connection:
            connection.execute(SQL(more))
    threads = ["-c", str(CLIENTS), "-j", "2", "-T", str(SECONDS)]
    command = [postgres.program("pgbench"), "-n", "-M", "prepared", *threads, "-f", str(script)]
    done = subprocess.run(  # noqa: S603 # our own words
        [*command, address], check=True, capture_output=True, text=True
    )
    rate = re.search(r"^tps = ([\d.]+)", done.stdout, re.MULTILINE)
    assert rate
    return {"per_second": float(rate[1])}


CASE: Final = Case(
    "commits",
    _measure,
    [
        Goal("2", "commits with outbox / without", per_second("outbox", "without"), at_least=0.8),
        Goal(
            "2",
            "commits with outbox / outbox with a NOTIFY trigger",
            per_second("outbox", "outbox, NOTIFY"),
            at_least=1.5,
        ),
        Goal(
            "2",
            "the first in Python: append in an AsyncSession",
            per_second("outbox, AsyncSession", "without, AsyncSession"),
        ),
    ],
    f"pgbench, {CLIENTS} clients, {SECONDS} s each, a business row and the outbox row as the "
    "library writes it. In Python both sides wait for one core rather than for the disk.",
)
