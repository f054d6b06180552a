"""Each check of the soak of calls finds what was planted for it, and nothing else."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest

from chaos.calls.client_log import ClientLog
from chaos.calls.outcome import Outcome
from chaos.calls.recordings import Loss
from chaos.calls.verdict import RunResult, judge
from events.ids import uuid7
from videocall.agents.domain import AgentState, ReservationState
from videocall.calls.states import Priority, Status
from videocall.chain.domain import EventKind
from videocall.recordings.domain import PartState, Party

NOON = datetime(2026, 11, 30, 12, tzinfo=UTC)
FIRST, SECOND = uuid7(), uuid7()
ANN, BEA = uuid7(), uuid7()


def at(second: float) -> datetime:
    return NOON + timedelta(seconds=second)


def call(id_: UUID, agent: UUID, queued: float, answered: float) -> Any:
    return SimpleNamespace(
        id=id_,
        hold_id=uuid7(),
        region="KV1",
        team="KV1-CALL",
        status=Status.APPROVED,
        priority=Priority.USUAL,
        queued_at=at(queued),
        started_at=at(answered),
        ended_at=at(answered + 5),
        agent_id=agent,
        place_kept_until=None,
    )


def reserved(call_id: UUID, agent: UUID, begin: float, end: float | None) -> Any:
    return SimpleNamespace(
        call_id=call_id,
        agent_id=agent,
        epoch=1,
        state=ReservationState.COMPLETED if end else ReservationState.ACCEPTED,
        offered_at=at(begin),
        changed_at=at(end) if end else None,
    )


def chain(call_id: UUID, queued: float) -> list[Any]:
    kinds = (EventKind.QUEUED, EventKind.ACCEPTED, EventKind.STARTED, EventKind.APPROVED)
    return [
        SimpleNamespace(call_id=call_id, seq=n, kind=kind, at=at(queued))
        for n, kind in enumerate(kinds)
    ]


TOPICS = ("VideoCallQueued", "VideoCallStarted", "VideoCallApproved", "EvidenceSealed")


def clean_run() -> RunResult:
    """Bring two calls that two agents answered, the first one with a part that was cut off."""
    calls = [call(FIRST, ANN, 0, 10), call(SECOND, BEA, 1, 20)]
    states = ("AVAILABLE", "RESERVED", "BUSY", "WRAP_UP")
    outcome = Outcome(
        calls=calls,
        reservations=[reserved(FIRST, ANN, 10, 15), reserved(SECOND, BEA, 20, 25)],
        agents=[SimpleNamespace(id=agent, state=AgentState.OFFLINE) for agent in (ANN, BEA)],
        agent_states=[
            SimpleNamespace(agent_id=agent, state=state) for agent in (ANN, BEA) for state in states
        ],
        events=[*chain(FIRST, 0), *chain(SECOND, 1)],
        parts=[
            SimpleNamespace(call_id=FIRST, role=Party.AGENT, part=n, state=state)
            for n, state in ((1, PartState.LOST), (2, PartState.CLOSED))
        ],
        unsent=0,
        tasks=0,
        indexes=4,
        records={(t, id_): {str(uuid7()): 1} for t in TOPICS for id_ in (FIRST, SECOND)},
    )
    log = ClientLog(
        offers={(FIRST, 1): {ANN}, (SECOND, 1): {BEA}},
        accepted={FIRST: {ANN}, SECOND: {BEA}},
        placed={each.id: each.hold_id for each in calls},
        contacts={each.id: [at(second) for second in range(0, 30, 5)] for each in calls},
    )
    log.finished[Status.APPROVED] = 2
    return RunResult(outcome, log, [Loss((FIRST, Party.AGENT, 1), 60, 45)], customers=2)


def with_rows(**rows: Any) -> RunResult:
    clean = clean_run()
    return replace(clean, outcome=replace(clean.outcome, **rows))


def with_call(**columns: Any) -> RunResult:
    """Change columns of the second call."""
    clean = clean_run()
    vars(clean.outcome.calls[1]).update(columns)
    return clean


def told_twice() -> RunResult:
    clean = clean_run()
    clean.log.offers[FIRST, 1].add(BEA)
    return clean


def in_other_hands() -> RunResult:
    clean = clean_run()
    clean.log.accepted[FIRST] = {BEA}
    return clean


def given_up() -> RunResult:
    clean = clean_run()
    clean.log.given_up.add(FIRST)
    return clean


def not_returning() -> RunResult:
    clean = clean_run()
    clean.outcome.calls[0].place_kept_until = at(600)
    clean.outcome.calls[1].hold_id = clean.outcome.calls[0].hold_id
    return clean


def fact(**change: dict[str, int] | None) -> RunResult:
    records = dict(clean_run().outcome.records)
    for topic, ids in change.items():
        records[topic, FIRST] = ids or {}
    return with_rows(records=records)


def answered(name: str, *, sent_away: bool = False) -> RunResult:
    clean = clean_run()
    (clean.log.sent_away if sent_away else clean.log.answers)[name] += 1
    return clean


def placed(call_id: UUID) -> RunResult:
    clean = clean_run()
    clean.log.placed[call_id] = uuid7()
    return clean


def parts(state: PartState) -> list[Any]:
    return [SimpleNamespace(call_id=FIRST, role=Party.AGENT, part=1, state=state)]


def states(*of_ann: AgentState) -> list[Any]:
    return [SimpleNamespace(agent_id=ANN, state=state) for state in of_ann]


PLANTED: list[tuple[str, Callable[[], RunResult]]] = [
    ("calls offered to two agents", told_twice),
    (
        "calls offered to two agents",
        lambda: with_rows(
            reservations=[
                reserved(FIRST, ANN, 10, 15),
                reserved(FIRST, BEA, 12, 18),
                reserved(SECOND, BEA, 20, 25),
            ]
        ),
    ),
    (
        "agents with two calls",
        lambda: with_rows(
            reservations=[reserved(FIRST, ANN, 10, 15), reserved(SECOND, ANN, 12, 25)]
        ),
    ),
    ("calls in two hands", in_other_hands),
    ("unique indexes missing", lambda: with_rows(indexes=3)),
    ("lost calls", lambda: placed(uuid7())),
    ("lost calls", lambda: with_call(status=Status.IN_CALL)),
    ("customers without an end", lambda: replace(clean_run(), customers=3)),
    ("facts untold or told twice", lambda: fact(VideoCallApproved=None)),
    ("facts untold or told twice", lambda: fact(EvidenceSealed={"one": 1, "two": 1})),
    ("facts untold or told twice", lambda: fact(VideoCallRejected={"one": 1})),
    ("illegal histories of calls", lambda: with_call(status=Status.REJECTED)),
    (
        "illegal histories of calls",
        lambda: with_rows(events=[*chain(FIRST, 0), *chain(SECOND, 1), *chain(SECOND, 1)[3:]]),
    ),
    (
        "illegal states of agents",
        lambda: with_rows(agent_states=states(AgentState.AVAILABLE, AgentState.WRAP_UP)),
    ),
    (
        "illegal states of agents",
        lambda: with_rows(agents=[SimpleNamespace(id=ANN, state=AgentState.BUSY)]),
    ),
    ("calls passed over", lambda: with_call(queued_at=at(-5))),
    ("places lost", given_up),
    ("places lost", not_returning),
    ("places lost", lambda: with_call(queued_at=at(3))),
    ("agents sent away", lambda: answered("off duty", sent_away=True)),
    ("parts not ended rightly", lambda: with_rows(parts=parts(PartState.RECORDING))),
    ("parts not ended rightly", lambda: with_rows(parts=parts(PartState.CLOSED))),
    (
        "recordings lost over 2 s",
        lambda: replace(clean_run(), losses=[Loss((FIRST, Party.AGENT, 1), 60, 29)]),
    ),
    (
        "recordings lost over 2 s",
        lambda: replace(
            clean_run(), losses=[Loss((FIRST, Party.AGENT, 1), 60, 60, is_broken=True)]
        ),
    ),
    ("still in the outbox", lambda: with_rows(unsent=1)),
    ("rows set aside by jobs", lambda: with_rows(tasks=1)),
    ("answers with 500", lambda: answered("POST 500 internal")),
    ("died by itself", lambda: replace(clean_run(), died=1)),
]


def test_a_run_in_which_all_went_well_holds() -> None:
    clean = clean_run()
    clean.log.answers["POST 503 media-unavailable"] += 1

    assert judge(clean).violations == dict.fromkeys(judge(clean).violations, 0)


@pytest.mark.parametrize(("name", "plant"), PLANTED)
def test_what_is_planted_is_found(name: str, plant: Callable[[], RunResult]) -> None:
    assert judge(plant()).violations[name] > 0


def test_every_check_is_tried() -> None:
    assert judge(clean_run()).violations.keys() == {name for name, _ in PLANTED}


def test_a_call_that_the_agent_has_just_declined_is_not_passed_over() -> None:
    declined = reserved(FIRST, BEA, 2, 3)
    declined.state = ReservationState.DECLINED
    offers = [declined, reserved(SECOND, BEA, 20, 25), reserved(FIRST, ANN, 40, 45)]

    assert judge(with_rows(reservations=offers)).violations["calls passed over"] == 0
    declined.state = ReservationState.MISSED
    assert judge(with_rows(reservations=offers)).violations["calls passed over"] == 1
