"""Recordings of a call (LAW09, LAW12): sealed, chained, and opened again."""

from dataclasses import replace

import pytest
from services.videocall.tests.talks import Node, Talk, seconds_of

from events.transport.testing import eventually
from kit.errors import Unavailable
from videocall.recordings.domain import ChainReport, NoSuchRecording, Party, check_chain


@pytest.fixture
async def recorded(talk: Talk) -> Talk:
    """Record four seconds of both parties, and end the call."""
    await talk.both_publish()
    await talk.watched(4)
    assert (await talk.agent.do("reject", reason_code="CALL_QUALITY")).status_code == 200
    await talk.watched(1)
    return talk


async def test_a_recording_is_opened_with_its_key_and_plays(recorded: Talk, node: Node) -> None:
    webm = await recorded.playback.playable(recorded.call_id, Party.AGENT, 1)

    part = await recorded.part(Party.AGENT)
    assert webm.startswith(b"\x1a\x45\xdf\xa3")
    assert b"V_VP8" in webm
    assert b"A_OPUS" in webm
    assert seconds_of(webm) == pytest.approx(part.duration_ms / 1000, abs=0.1)
    sealed = node.file_of(part).read_bytes()
    assert not any(word in sealed for word in (b"V_VP8", b"A_OPUS", b"webm", b"\x1a\x45\xdf\xa3"))


async def test_without_its_key_a_recording_is_unreadable(recorded: Talk) -> None:
    part = await recorded.part()

    with pytest.raises(Unavailable):
        await recorded.signalling.plane.playable(part, bytes(32))


async def test_an_untouched_recording_is_intact_and_a_part_that_is_none_is_not_found(
    recorded: Talk,
) -> None:
    report = await recorded.checked()

    assert report.broken is None
    assert report.blocks == (await recorded.part()).blocks >= 8
    with pytest.raises(NoSuchRecording):
        await recorded.playback.playable(recorded.call_id, Party.CUSTOMER, 2)


async def test_a_flipped_byte_is_located_to_its_block(recorded: Talk, node: Node) -> None:
    """No key is needed, so that the chain is verified also after the key was erased."""
    part = await recorded.part()
    sealed = bytearray(node.file_of(part).read_bytes())
    lengths, at = [], 0
    while at < len(sealed):
        lengths.append(4 + int.from_bytes(sealed[at : at + 4], "big") + 32)
        at += lengths[-1]
    third = sum(lengths[:3])
    for place in (third, third + 40, third + lengths[3] - 1):
        sealed[place] ^= 1
        node.file_of(part).write_bytes(sealed)

        report = await recorded.checked()

        assert report.broken == 3, place
        sealed[place] ^= 1


async def test_a_cut_or_exchanged_recording_is_noticed(recorded: Talk, node: Node) -> None:
    part = await recorded.part()
    sealed = node.file_of(part).read_bytes()

    cut = check_chain(part, sealed[:-1])
    exchanged = check_chain(replace(part, head="0" * 64), sealed)
    others = check_chain(replace(part, role=Party.AGENT), sealed)

    assert cut.broken == part.blocks - 1
    assert exchanged.broken == 0
    assert others.broken == 0


async def test_what_was_written_after_the_last_look_belongs_to_the_recording(talk: Talk) -> None:
    await talk.of_customer.publish()
    await talk.watched(2)
    noted = await talk.part()

    async def look() -> ChainReport:
        return await talk.checked()

    report = await eventually(look, lambda report: report.blocks > noted.blocks)
    assert report.broken is None
