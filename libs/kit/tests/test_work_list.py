"""Staff try again or give up tasks over HTTP that an outside system refused for good."""

import asyncio
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from fastapi import FastAPI
from pydantic import PostgresDsn
from sqlalchemy import select

from events.ids import uuid7
from events.transport import Subscriptions
from kit import clock
from kit.db import Database, Tx
from kit.errors import Unavailable
from kit.service import assemble
from kit.settings import ServiceSettings
from kit.tasks import PermanentError, Runner, Task, Tasks
from kit.tasks.tables import task_decision
from kit.testing import client, token_for

LIST = "/v1/work-list"


class Refusing:
    """A service whose tasks are refused until the outside system changes its mind."""

    def __init__(self, app: FastAPI, db: Database, keys_dir: Path) -> None:
        self.app, self.db, self.keys = app, db, keys_dir
        self.tasks = Tasks()
        self.error: Exception | None = PermanentError("ADDRESS_UNKNOWN")
        self.tasks.on("call")(self.call)

    async def call(self, task: Task, db: Database) -> None:
        """Refuse, or do it."""
        if self.error:
            raise self.error
        async with db.transaction() as tx:
            await task.done(tx, now=clock.now())

    async def work(self, **more: Any) -> UUID:
        """Note a task and try what is due; return the row it is about."""
        ref = uuid7()
        async with self.db.transaction() as tx:
            await self.tasks.add(tx, "call", ref=ref, **more)
        await self.run_due()
        return ref

    async def run_due(self) -> int:
        """Try what is due."""
        return await Runner(self.tasks, self.db).run_due(now=clock.now() + timedelta(minutes=1))

    async def ask(self, method: str, path: str = "", **more: Any) -> Any:
        """Ask as staff, of head office if nothing else is said."""
        claims = {"roles": ["admin"]} | more.pop("claims", {})
        token = token_for(self.keys, "staff", **claims)
        async with client(self.app, token) as caller:
            return await caller.request(method, f"{LIST}{path}", **more)

    async def listed(self, **more: Any) -> list[dict[str, Any]]:
        """Return the list."""
        answer = await self.ask("GET", **more)
        items: list[dict[str, Any]] = answer.json()["items"]
        return items


@pytest.fixture
def refusing(db: Database, keys_dir: Path) -> Refusing:
    settings = ServiceSettings(
        database_url=PostgresDsn(db.engine.url.render_as_string(hide_password=False)),
        keys_dir=keys_dir,
    )
    app = assemble("kit", settings, db=db, routers=[], subscriptions=Subscriptions[Tx]("kit"))
    return Refusing(app, db, keys_dir)


async def test_staff_see_what_was_refused_and_why(refusing: Refusing) -> None:
    ref = await refusing.work()

    [item] = await refusing.listed()

    assert (item["ref"], item["kind"], item["reason_code"]) == (str(ref), "call", "ADDRESS_UNKNOWN")


async def test_what_fails_and_is_still_tried_can_be_looked_at_too(refusing: Refusing) -> None:
    refusing.error = Unavailable()
    ref = await refusing.work()

    assert await refusing.listed() == []
    [item] = await refusing.listed(params={"state": "FAILING", "kind": "call"})
    assert (item["ref"], item["because"]) == (str(ref), "Unavailable")


async def test_a_long_list_comes_in_pages(refusing: Refusing) -> None:
    refs = [str(await refusing.work()) for _ in range(3)]

    first = (await refusing.ask("GET", params={"limit": 2})).json()
    second = (await refusing.ask("GET", params={"limit": 2, "after": first["next"]})).json()

    assert [item["ref"] for item in first["items"] + second["items"]] == refs
    assert second["next"] is None


async def test_a_page_after_a_task_nobody_was_shown_is_refused(refusing: Refusing) -> None:
    answer = await refusing.ask("GET", params={"after": str(uuid7())})

    assert (answer.status_code, answer.json()["type"]) == (422, "/problems/unknown-cursor")


async def test_a_task_that_is_tried_again_leaves_the_list_and_is_carried_out(
    refusing: Refusing,
) -> None:
    await refusing.work()
    [item] = await refusing.listed()
    refusing.error = None

    first = await refusing.ask("POST", f"/{item['task_id']}/retry")
    again = await refusing.ask("POST", f"/{item['task_id']}/retry")

    assert first.json()["decision"] == again.json()["decision"] == "RETRIED"
    assert await refusing.listed() == []
    assert await refusing.run_due() == 1
    assert await refusing.run_due() == 0


async def test_a_task_that_is_given_up_is_never_tried_again_and_it_is_noted_by_whom(
    refusing: Refusing,
) -> None:
    await refusing.work()
    [item] = await refusing.listed()
    me = uuid7()

    answer = await refusing.ask(
        "POST",
        f"/{item['task_id']}/give-up",
        json={"reason_code": "DONE_BY_HAND"},
        claims={"subject_id": me},
    )

    assert (answer.status_code, answer.json()["decided_by"]) == (200, str(me))
    assert await refusing.run_due() == 0
    late = await refusing.ask("POST", f"/{item['task_id']}/retry")
    assert (late.status_code, late.json()["decided_by"]) == (409, str(me))
    assert late.json()["decided_at"] == answer.json()["decided_at"]


async def test_of_two_who_decide_at_once_one_is_believed(refusing: Refusing, db: Database) -> None:
    await refusing.work()
    [item] = await refusing.listed()
    path = f"/{item['task_id']}"
    why = {"reason_code": "DONE_BY_HAND"}

    answers = await asyncio.gather(
        *(refusing.ask("POST", f"{path}/retry") for _ in range(4)),
        *(refusing.ask("POST", f"{path}/give-up", json=why) for _ in range(4)),
    )

    assert sorted(answer.status_code for answer in answers) == [200] * 4 + [409] * 4
    async with db.transaction() as tx:
        assert len((await tx.execute(select(task_decision))).all()) == 1


async def test_staff_of_a_region_see_and_decide_about_their_region_only(
    refusing: Refusing,
) -> None:
    ref = await refusing.work(region="KV1")
    await refusing.work(region="KV2")
    await refusing.work()
    kv1 = {"roles": ["osp_staff"], "regions": ["KV1"]}

    seen = await refusing.listed(claims=kv1)
    all_of_them = await refusing.listed()

    assert [item["ref"] for item in seen] == [str(ref)]
    foreign = next(item for item in all_of_them if item["region"] == "KV2")
    asked = await refusing.ask("POST", f"/{foreign['task_id']}/retry", claims=kv1)
    assert asked.status_code == 404


async def test_a_task_that_is_not_on_the_list_cannot_be_decided_about(
    refusing: Refusing,
) -> None:
    refusing.error = Unavailable()
    await refusing.work()
    [item] = await refusing.listed(params={"state": "FAILING"})

    assert (await refusing.ask("POST", f"/{item['task_id']}/retry")).status_code == 409
    assert (await refusing.ask("POST", f"/{uuid7()}/retry")).status_code == 404
