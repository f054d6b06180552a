"""The README's service in one file works as it is written, and its table names every module."""

import re
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from types import ModuleType
from typing import Any, Final

import pytest
from pydantic import PostgresDsn
from sqlalchemy import select

import kit
from events import HoldExpired
from events.ids import uuid7
from kit import clock
from kit.db import Database
from kit.settings import ServiceSettings
from kit.tasks import Runner
from kit.testing import client, deliver, token_for

README: Final = (Path(__file__).parents[1] / "README.md").read_text("utf-8")


@pytest.fixture
async def post(db: Database) -> AsyncIterator[ModuleType]:
    """Run the program of the README, with its table in the database."""
    [program] = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    module = ModuleType("post")
    exec(compile(program, "README.md", "exec"), module.__dict__)  # noqa: S102
    async with db.engine.begin() as connection:
        await connection.run_sync(module.letters.create)
    yield module
    async with db.engine.begin() as connection:
        await connection.run_sync(module.letters.drop)


async def test_the_service_of_the_readme_writes_sends_forgets_and_burns(
    post: Any, db: Database, keys_dir: Path
) -> None:
    url = PostgresDsn(db.engine.url.render_as_string(hide_password=False))
    app = post.create_app(ServiceSettings(database_url=url, keys_dir=keys_dir), db)
    sent, forgotten = uuid7(), uuid7()

    async with client(app, token_for(keys_dir)) as customer:
        answers = [await customer.post(f"/v1/letters/{hold_id}") for hold_id in (sent, forgotten)]
    await deliver(
        db,
        post.subscriptions,
        HoldExpired(occurred_at=clock.now(), hold_id=forgotten, number_id=uuid7()),
    )
    await Runner(post.tasks, db).run_due(now=clock.now())

    assert [answer.status_code for answer in answers] == [202, 202]
    async with db.transaction() as tx:
        [letter] = await tx.execute(select(post.letters))
    assert (letter.hold_id, letter.sent_at is not None) == (sent, True)
    [job] = post.jobs.all
    assert await job.work(db, clock.now() + timedelta(minutes=1)) == 1, "it was burnt"


def test_every_module_is_in_the_table_of_the_readme() -> None:
    [folder] = kit.__path__
    modules = {path.stem for path in Path(folder).iterdir() if not path.name.startswith("_")}
    named = set(re.findall(r"`(\w+)`", "".join(re.findall(r"^\|([^|]*)\|", README, re.MULTILINE))))

    assert modules - {"py"} == named
