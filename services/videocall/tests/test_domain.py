"""The rules of a call, without a database in sight."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from events.ids import uuid7
from kit.db import Database
from kit.testing import assert_migrated
from videocall.calls.domain import Call
from videocall.calls.states import NEEDED, NEXT, CallMoved, Checklist, PhotoKind, Proof, Status
from videocall.journeys.domain import Check
from videocall.tables import metadata

NOON = datetime(2026, 11, 2, 5, 0, tzinfo=UTC)
AGENT = uuid7()
CHECK = Check(uuid7(), 1)
MOVES = {
    Status.QUEUED: lambda call: call.requeue(missed=True),
    Status.CONNECTING: lambda call: call.accept(AGENT, CHECK, now=NOON),
    Status.DROPPED: lambda call: call.drop(AGENT, now=NOON),
    Status.REJECTED: lambda call: call.reject(AGENT, "CALL_QUALITY", earlier=0, limit=3, now=NOON),
    Status.RETRY_NEEDED: lambda call: call.cut_off("TECHNICAL", now=NOON),
    Status.ABANDONED: lambda call: call.abandon(now=NOON),
    Status.REVOKED: lambda call: call.revoke(AGENT, "AUDIT", now=NOON),
}


@pytest.mark.parametrize("start", Status)
@pytest.mark.parametrize("end", MOVES)
def test_only_the_moves_in_the_table_are_possible(start: Status, end: Status) -> None:
    call = Call(
        hold_id=uuid7(),
        region="KV2",
        team="KV2-CALL",
        status=start,
        queued_at=NOON,
        agent_id=AGENT,
    )

    if end in NEXT[start]:
        MOVES[end](call)
        assert call.status is end
    else:
        with pytest.raises(CallMoved):
            MOVES[end](call)
        assert call.status is start


CALL_ID, HOLD_ID = uuid7(), uuid7()
CARD: tuple[PhotoKind, str] = ("FRONT", "a" * 64)
FACE: tuple[PhotoKind, str] = ("FACE", "b" * 64)
OTHER_FACE: tuple[PhotoKind, str] = ("FACE", "c" * 64)
TICKED = Checklist(id_number=True, full_name=True, date_of_birth=True, face=True, same_person=True)


def seal_of(
    *takes: tuple[PhotoKind, str], agent_id: UUID = AGENT, challenge: str = "LOOK_UP"
) -> str:
    call = Call(
        id=CALL_ID,
        hold_id=HOLD_ID,
        region="KV2",
        team="KV2-CALL",
        status=Status.IN_CALL,
        queued_at=NOON,
        agent_id=agent_id,
    )
    proof = Proof(takes, accepted=NEEDED, challenges=[(challenge, "PASS")])
    call.approve(agent_id, TICKED, proof, now=NOON)
    assert call.evidence_sha256
    return call.evidence_sha256


def test_the_seal_depends_on_every_still_and_on_who_decided_not_on_their_order() -> None:
    """P5.1: a still exchanged afterwards is noticed."""
    seal = seal_of(CARD, FACE)

    assert seal == seal_of(FACE, CARD)
    assert seal != seal_of(CARD, OTHER_FACE)
    assert seal != seal_of(CARD, FACE, OTHER_FACE)
    assert seal != seal_of(CARD, FACE, agent_id=uuid7())
    assert seal != seal_of(CARD, FACE, challenge="TURN_LEFT")


def test_the_grace_ends_to_the_second() -> None:
    call = Call(hold_id=uuid7(), region="KV2", team="T", queued_at=NOON, dropped_at=NOON)
    grace = timedelta(minutes=2)

    assert call.waits_for_customer(now=NOON + grace - timedelta(seconds=1), grace=grace)
    assert not call.waits_for_customer(now=NOON + grace, grace=grace)


async def test_the_migrations_make_the_tables_of_the_code(db: Database) -> None:
    await assert_migrated("videocall", metadata, db)
