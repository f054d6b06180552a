"""Known mistakes, made in the replicas of a run, to see that its checks detect them."""

import os
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import text

from chaos.mutations import named, replace_name
from events import Event
from events.ids import uuid7
from kit.auth import Caller
from kit.db import Tx
from videocall.calls.domain import Call
from videocall.desk import queries as desk
from videocall.matching import commands as matching


def _last_first() -> None:
    """Let the last customer in the line be answered first."""
    statement = str(matching.WAITING_CALLS)
    assert "queued_at, " in statement
    last_first = statement.replace("queued_at, ", "queued_at desc, ")
    replace_name(matching, "WAITING_CALLS", text(last_first))


def _impatient() -> None:
    """Take a customer for gone who was not heard of for two seconds."""
    os.environ["VIDEOCALL_CALLER_SILENT_AFTER"] = "PT2S"


def _told_to_all() -> None:
    """Show every agent of a region the call that rings at the desk of one."""
    own = named(desk, "_offer")
    shown: dict[str, Any] = {}

    async def offer(tx: Tx, agent: Caller, now: datetime) -> Any:
        rings = await own(tx, agent, now)
        shown.update({region: rings for region in agent.regions if rings})
        return rings or next((shown[r] for r in agent.regions if r in shown), None)

    replace_name(desk, "_offer", offer)


def _said_twice() -> None:
    """Publish each fact about a call twice, as an effect without an inbox would."""
    own = Tx.publish

    async def publish(tx: Tx, *events: Event) -> None:
        await own(tx, *events, *(each.model_copy(update={"event_id": uuid7()}) for each in events))

    replace_name(Tx, "publish", publish)


def _sent_to_the_end() -> None:
    """Let a call that was declined, or a customer who was cut off, wait at the end of the line."""
    own = Call.requeue

    def requeue(call: Call, *, missed: bool) -> None:
        own(call, missed=missed)
        call.queued_at = datetime.now(UTC)

    def keeps_no_place(call: Call, *, now: datetime) -> bool:
        del call, now
        return False

    replace_name(Call, "requeue", requeue)
    replace_name(Call, "keeps_place", keeps_no_place)


MUTATIONS: Final[dict[str, Callable[[], None]]] = {
    "last-first": _last_first,
    "impatient": _impatient,
    "told-to-all": _told_to_all,
    "said-twice": _said_twice,
    "sent-to-the-end": _sent_to_the_end,
}
DETECTED_AS: Final = {
    "last-first": "calls passed over",
    "impatient": "places lost",
    "told-to-all": "calls offered to two agents",
    "said-twice": "facts untold or told twice",
    "sent-to-the-end": "places lost",
}
"""The violation that each must show."""
