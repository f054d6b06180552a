"""A service whose bus has died of a bug ends, so that its supervisor starts it again."""

import subprocess
import sys
from pathlib import Path

import pytest

SERVICE = """
import asyncio, sys
from pathlib import Path
import uvicorn
from pydantic import PostgresDsn
from {module} import {name}
from events.transport import Subscriptions
from kit.db import Database, Tx
from kit.service import assemble
from kit.settings import ServiceSettings

async def bug(*_):
    await asyncio.sleep(0.5)
    raise RuntimeError("nobody thought of this")

{name}.run = bug
url = "postgresql+psycopg://nobody@127.0.0.1:1/nothing"
settings = ServiceSettings(
    database_url=PostgresDsn(url), keys_dir=Path(sys.argv[1]), kafka_servers="127.0.0.1:1"
)
parts = dict(db=Database(url), routers=[], subscriptions=Subscriptions[Tx]("kit"))
uvicorn.run(assemble("kit", settings, **parts), port=0)
"""


@pytest.mark.parametrize(
    "end", ["events.transport.consumer Consumer", "events.transport.relay Relay"]
)
def test_a_bug_in_either_end_of_the_bus_ends_the_process(keys_dir: Path, end: str) -> None:
    """Nobody would notice otherwise: HTTP goes on, and no event is sent or heard any more."""
    module, name = end.split()
    program = SERVICE.format(module=module, name=name)

    ended = subprocess.run(  # noqa: S603, our own words
        [sys.executable, "-c", program, str(keys_dir)],
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )

    assert "Application startup complete" in ended.stderr
    assert "nobody thought of this" in ended.stderr
    assert "Finished server process" in ended.stderr
