"""What the routes work with besides the database."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

from kit import clock
from kit.auth import Caller, staff
from kit.db import Transaction
from kit.sealing import Sealer
from videocall.desk.commands import be_seen
from videocall.settings import Settings


@dataclass(frozen=True)
class Means:
    """Settings and keys of this process."""

    settings: Settings
    sealer: Sealer


def _means(request: Request) -> Means:
    means = request.app.state.means
    assert isinstance(means, Means)
    return means


With = Annotated[Means, Depends(_means)]


async def _at_the_desk(
    who: Annotated[Caller, Depends(staff("call_agent"))], tx: Transaction
) -> Caller:
    """Note that an agent is at the desk: every request of the agent shows it."""
    await be_seen(tx, who, now=clock.now())
    return who


Agent = Annotated[Caller, Depends(_at_the_desk)]
