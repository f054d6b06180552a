"""`videocall verify CALL`: evidence is intact, or exactly what of it is not (P5.1, LAW12)."""

import asyncio
import hashlib
import json
import os
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from services.videocall.tests.talks import SECRET, Node, Talk, talking, world_with
from services.videocall.tests.world import Agent, Customer, World, in_call
from sqlalchemy import text

from events import EvidenceSealed
from events.ids import uuid7
from kit.testing import facts
from videocall.chain.queries import events_of
from videocall.recordings.domain import Party
from videocall.settings import Settings
from videocall.verification.domain import Report
from videocall.verification.queries import verify

STILL = (
    "update photo set sealed = set_byte(sealed, 20, get_byte(sealed, 20) # 1) where kind = 'FACE'"
)
EVENT = "update call_event set body = replace(body, 'KV2', 'KV3') where kind = 'QUEUED'"

WITHOUT_PYAV = """
import sys
sys.modules["av"] = None
from videocall.__main__ import main
sys.exit(main(sys.argv[1:]))
"""


@pytest.fixture
async def recorded(world: World, node: Node) -> AsyncIterator[Talk]:
    """Record both parties, take stills, approve, and close the recording."""
    async with world_with(world, node) as with_media, talking(with_media) as talk:
        await talk.agent.examines()
        await talk.both_publish()
        await talk.watched(3)
        assert (await talk.agent.approve()).status_code == 200
        await talk.watched(2)
        yield talk


async def verified(talk: Talk) -> Report:
    return await verify(talk.world.db, talk.signalling.plane, talk.call_id)


async def past_the_triggers(world: World, statement: str, **values: Any) -> None:
    """Change what triggers keep, as somebody who owns the database can."""
    async with world.db.engine.begin() as connection:
        await connection.execute(text("set local session_replication_role = replica"))
        done = await connection.execute(text(statement), values)
        assert done.rowcount == 1


async def run(talk: Talk, call_id: str, verb: str = "verify", *more: str) -> tuple[int | None, str]:
    """Run a command about a call."""
    return await run_command(talk.world.settings, verb, call_id, *more)


async def run_command(
    settings: Settings, *words: str, program: tuple[str, str] = ("-m", "videocall")
) -> tuple[int | None, str]:
    """Run a command in a process of its own."""
    environment = os.environ | {
        "VIDEOCALL_DATABASE_URL": str(settings.database_url),
        "VIDEOCALL_KEYS_DIR": str(settings.keys_dir),
        "VIDEOCALL_MEDIA_NODES": ",".join(settings.media_nodes),
        "VIDEOCALL_MEDIA_SECRET": SECRET,
    }
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, *program, *words),
        env=environment,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    said, complaint = await process.communicate()
    return process.returncode, (said + complaint).decode()


def files_in(folder: Path) -> list[Path]:
    return list(folder.iterdir())


def flip(file: Path, place: int) -> None:
    sealed = bytearray(file.read_bytes())
    sealed[place] ^= 1
    file.write_bytes(sealed)


async def test_a_flipped_byte_of_the_recording_is_located_to_its_block(
    recorded: Talk, node: Node
) -> None:
    part = await recorded.part(Party.AGENT)
    file = node.file_of(part)
    assert (await verified(recorded)).faults == ()
    for place, block in ((100, 0), (file.stat().st_size - 40, part.blocks - 1)):
        flip(file, place)

        assert (await verified(recorded)).faults == (f"block {block} of AGENT/1",)
        flip(file, place)


async def test_the_command_says_intact_or_names_every_piece_that_was_changed(
    recorded: Talk, node: Node
) -> None:
    """One byte of a recording, of a still and of an event."""
    part = await recorded.part(Party.AGENT)
    code, said = await run(recorded, recorded.customer.call_id)
    assert code == 0, said
    assert said.startswith(f"call {recorded.call_id}: intact\n")
    assert f"AGENT/1: {part.blocks} blocks" in said
    assert "4 stills" in said
    sealed = (await facts(recorded.world.db))[-1]
    assert isinstance(sealed, EvidenceSealed)
    assert f"sealed at event {sealed.chain_length}, head {sealed.chain_head}\n" in said
    flip(node.file_of(part), 100)
    await past_the_triggers(recorded.world, STILL)
    await past_the_triggers(recorded.world, EVENT)

    code, said = await run(recorded, recorded.customer.call_id)

    event, still, block = [line for line in said.splitlines() if line.startswith("CHANGED")]
    assert code == 1
    assert event == "CHANGED: event 2"
    assert still.startswith("CHANGED: still FACE ")
    assert block == "CHANGED: block 0 of AGENT/1"


async def test_no_call_and_a_silent_node_are_said_so(recorded: Talk, node: Node) -> None:
    assert (await run(recorded, str(uuid7())))[0] == 2
    node.kill()

    code, said = await run(recorded, recorded.customer.call_id)

    assert code == 3
    assert "NOT READ, the media node does not answer: AGENT/1" in said


async def test_an_export_has_every_piece_in_the_clear_and_its_fingerprint(
    recorded: Talk, tmp_path: Path
) -> None:
    folder = tmp_path / "export"

    code, said = await run(recorded, recorded.customer.call_id, "export", str(folder), "--mp4")

    assert (code, said) == (0, f"{folder / 'manifest.json'}\n")
    manifest = json.loads((folder / "manifest.json").read_bytes())
    assert (manifest["intact"], manifest["faults"]) == (True, [])
    files = {file.name: file.read_bytes() for file in folder.iterdir()}
    text = files.pop("manifest.json")
    assert manifest["sha256"] == {
        name: hashlib.sha256(content).hexdigest() for name, content in files.items()
    }
    assert [name for name in sorted(files) if name.endswith(".webm")] == [
        "AGENT-1.webm",
        "CUSTOMER-1.webm",
    ]
    assert files["AGENT-1.webm"].startswith(b"\x1a\x45\xdf\xa3")
    assert files["call.mp4"][4:8] == b"ftyp"
    assert sum(content.startswith(b"\xff\xd8\xff") for content in files.values()) == 4
    async with recorded.world.db.transaction() as tx:
        *_, exported = await events_of(tx, recorded.call_id)
    assert exported.kind == "EXPORTED"
    assert json.loads(exported.body) == {"manifest_sha256": hashlib.sha256(text).hexdigest()}
    again, _ = await run(recorded, recorded.customer.call_id, "export", str(folder))
    assert again == 1


async def test_a_film_without_its_package_is_refused_before_anything_is_written(
    world: World, tmp_path: Path
) -> None:
    """The images are without PyAV; everything else works there."""
    words = ("export", str(uuid7()), str(tmp_path / "export"), "--mp4")

    code, said = await run_command(world.settings, *words, program=("-c", WITHOUT_PYAV))

    assert (code, files_in(tmp_path)) == (2, [])
    assert "locks/film.txt" in said


async def test_a_recording_written_anew_does_not_fit_the_heads_of_the_chain(
    recorded: Talk, node: Node
) -> None:
    """The owner of the rows may change a head there; the decision and the end name it too."""
    part = await recorded.part()
    await past_the_triggers(
        recorded.world, "update recording_part set blocks = 0, head = '' where role = 'CUSTOMER'"
    )
    assert (await verified(recorded)).is_intact
    node.file_of(part).write_bytes(b"")

    assert (await verified(recorded)).faults == ("block 0 of CUSTOMER/1",)

    node.file_of(part).unlink()
    await past_the_triggers(
        recorded.world, "update recording_part set blocks = 1 where role = 'CUSTOMER'"
    )
    assert (await verified(recorded)).faults == ("CUSTOMER/1: the file is missing",)
    await past_the_triggers(recorded.world, "delete from recording_part where role = 'CUSTOMER'")
    assert (await verified(recorded)).faults == ("CUSTOMER/1: missing",)


async def approved(world: World) -> tuple[Customer, Agent]:
    customer, agent = await in_call(world)
    await agent.examines()
    assert (await agent.approve()).status_code == 200
    return customer, agent


@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        ("delete from photo where kind = 'FACE'", "still FACE {face}: missing"),
        ("update photo set kind = 'SIM' where kind = 'FACE'", "still SIM {face}: not in the chain"),
        ("update call set evidence_sha256 = repeat('0', 64)", "decision"),
        ("update call set checklist = '{}'", "decision"),
        ("update call_event set at = at + interval '1 ms' where seq = 3", "event 3"),
        ("update call_event set hash = repeat('0', 64) where seq = 4", "event 4"),
        ("delete from call_event where seq = 5", "event 5"),
        ("delete from call_event where kind = 'APPROVED'", "event 20: APPROVED is missing"),
    ],
)
async def test_whatever_is_changed_past_the_triggers_is_named(
    world: World, statement: str, fault: str
) -> None:
    """P5.1, SD.2."""
    customer, agent = await approved(world)
    seen = (await agent.http.get(f"/v1/desk/calls/{customer.call_id}")).json()
    [face] = [still["sha256"] for still in seen["photos"] if still["kind"] == "FACE"]
    plane = world.app.state.signalling.plane
    assert (await verify(world.db, plane, UUID(customer.call_id))).is_intact

    await past_the_triggers(world, statement)

    report = await verify(world.db, plane, UUID(customer.call_id))
    assert fault.format(face=face) in report.faults
