"""The recordings of killed media nodes: pictures that were sent, against those that open."""

import asyncio
import base64
import json
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select

from chaos.calls.cameras import Camera, Name
from chaos.calls.testbed import Testbed
from kit.db import Database
from kit.sealing import Sealer
from stack import media_node
from videocall.data_keys.domain import about
from videocall.recordings.domain import PartState, check_chain
from videocall.recordings.queries import recording_of
from videocall.tables import data_keys, recording_parts

FRAMES_A_SECOND: Final = 15
PROGRAM: Final = media_node.PACKAGE / "tests" / "frames.ts"


@dataclass(frozen=True)
class Cut:
    """A part that was recorded when its node was killed, and the pictures sent until then."""

    name: Name
    node: str
    sent: int


@dataclass(frozen=True)
class Loss:
    """The pictures of a killed part: those that were sent, and those that open with the key."""

    name: Name
    sent: int
    opened: int
    is_broken: bool = False
    """The chain of its blocks is not as the rows say."""

    @property
    def seconds(self) -> float:
        """Return the length of what is lost; a little more than was received and is lost."""
        return max(0, self.sent - self.opened) / FRAMES_A_SECOND


async def recorded_on(db: Database, node: str) -> set[Name]:
    """Return the parts that a node records now."""
    columns = (recording_parts.c.call_id, recording_parts.c.role, recording_parts.c.part)
    live = recording_parts.c.state == PartState.RECORDING
    async with db.transaction() as tx:
        rows = await tx.execute(select(*columns).where(recording_parts.c.node == node, live))
        return {(row.call_id, row.role, row.part) for row in rows}


async def cut_off(cameras: Iterable[Camera], parts: set[Name], node: str) -> list[Cut]:
    """Count what was sent into parts whose node was killed just now."""
    running = [camera for camera in cameras if camera.part in parts]
    names = [camera.part for camera in running]
    counted = await asyncio.gather(*(camera.frames() for camera in running), return_exceptions=True)
    return [
        Cut(name, node, sent)
        for name, sent in zip(names, counted, strict=True)
        if name and isinstance(sent, int)
    ]


async def losses(testbed: Testbed, cuts: Sequence[Cut]) -> list[Loss]:
    """Open what killed nodes left on their disks."""
    return [await _loss(testbed, cut) for cut in cuts]


async def _loss(testbed: Testbed, cut: Cut) -> Loss:
    call_id, role, number = cut.name
    async with testbed.db.transaction() as tx:
        sealed = await tx.scalar(
            select(data_keys.c.sealed_key).where(data_keys.c.call_id == call_id)
        )
        parts = (await recording_of(tx, call_id)).parts
    [part] = [each for each in parts if (each.role, each.part) == (role, number)]
    file = testbed.file_of(cut.node, part.name)
    assert sealed
    key = Sealer(testbed.keys, "videocall").open(sealed, about=about(call_id))
    program = await asyncio.create_subprocess_exec(
        str(media_node.NODE),
        str(PROGRAM),
        str(file),
        part.name,
        stdout=asyncio.subprocess.PIPE,
        env={**os.environ, "KEY": base64.b64encode(key).decode()},
    )
    out, _ = await program.communicate()
    opened = int(json.loads(out)["video"])
    return Loss(cut.name, cut.sent, opened, check_chain(part, file.read_bytes()).broken is not None)
