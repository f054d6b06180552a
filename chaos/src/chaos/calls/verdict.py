"""The verdict: what clients were told, the rows and the records on Kafka are compared."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import groupby, pairwise
from typing import Any, Final
from uuid import UUID

from chaos.calls.client_log import ClientLog
from chaos.calls.histories import AGENT_STEPS, status_by, waits
from chaos.calls.outcome import LAST_WORDS, Outcome
from chaos.calls.recordings import Loss
from chaos.verdict import Verdict
from events import EvidenceSealed
from videocall.agents.domain import AgentState, ReservationState
from videocall.calls.commands import KINDS
from videocall.calls.states import LIVE, Priority, Status
from videocall.chain.domain import EventKind
from videocall.recordings.domain import PUBLISHING, PartState

SLACK: Final = timedelta(seconds=2)
"""A request reads the clock before it waits for its locks: what lies closer together than this may
have happened the other way round. The unique indexes know no such doubt."""
LOSS_SECONDS: Final = 2.0
DECLINED_RESTS: Final = timedelta(seconds=60)


@dataclass
class RunResult:
    """All that a run is judged by."""

    outcome: Outcome
    log: ClientLog
    losses: Sequence[Loss] = ()
    customers: int = 0
    died: int = 0
    """Processes that ended without a signal."""
    by_call: dict[UUID, list[Any]] = field(init=False)
    """Reservations of each call, the oldest first."""
    by_agent: dict[UUID, list[Any]] = field(init=False)

    def __post_init__(self) -> None:
        self.by_call, self.by_agent = defaultdict(list), defaultdict(list)
        for reservation in self.outcome.reservations:
            self.by_call[reservation.call_id].append(reservation)
            self.by_agent[reservation.agent_id].append(reservation)


def judge(run: RunResult) -> Verdict:
    """Count the violations of each kind."""
    return Verdict({name: check(run) for name, check in CHECKS.items()})


def offered_to_two(run: RunResult) -> int:
    """Count the calls that rang at two desks, by what agents were told and by the rows."""
    told = sum(len(agents) > 1 for agents in run.log.offers.values())
    return told + sum(map(_overlaps, run.by_call.values()))


def agents_with_two(run: RunResult) -> int:
    """Count the reservations of an agent that began before the one before had ended."""
    return sum(map(_overlaps, run.by_agent.values()))


def in_two_hands(run: RunResult) -> int:
    """Count the calls that two agents were told to have, or another than the row names."""
    owners = {call.id: call.agent_id for call in run.outcome.calls}
    return sum(agents != {owners.get(call_id)} for call_id, agents in run.log.accepted.items())


def lost(run: RunResult) -> int:
    """Count the calls that were asked for, and are not there or have not ended."""
    ended = {call.id for call in run.outcome.calls if call.status not in LIVE}
    return len(run.log.placed.keys() - ended)


def unfinished(run: RunResult) -> int:
    """Count the customers whose last call did not come to an end."""
    return run.customers - run.log.finished.total()


def untold(run: RunResult) -> int:
    """Count the facts of calls that are on Kafka not at all, or under two ids."""
    expected = Counter[tuple[str, UUID]]()
    topics = {kind: fact.topic for fact, kind in KINDS.items()}
    for event in run.outcome.events:
        if (kind := EventKind(event.kind)) in topics:
            expected[topics[kind], event.call_id] += 1
        if kind is EventKind.APPROVED:
            expected[EvidenceSealed.topic, event.call_id] += 1
    told = {place: len(ids) for place, ids in run.outcome.records.items()}
    return sum(expected[place] != told.get(place, 0) for place in {*expected, *told})


def illegal_calls(run: RunResult) -> int:
    """Count the calls whose chain of events is no legal history, or not that of the row."""
    chains = groupby(run.outcome.events, key=lambda event: event.call_id)
    histories = {
        call_id: status_by(EventKind(event.kind) for event in events) for call_id, events in chains
    }
    statuses = {call.id: call.status for call in run.outcome.calls}
    return sum(
        histories.get(call_id) != (Status.QUEUED if status is Status.OFFERED else status)
        for call_id, status in statuses.items()
    )


def illegal_agents(run: RunResult) -> int:
    """Count the changes of agents' states that may not be, and states without their call."""
    logs = defaultdict(list)
    for row in run.outcome.agent_states:
        logs[row.agent_id].append(AgentState(row.state))
    wrong = 0
    for agent in run.outcome.agents:
        states = [*logs[agent.id], agent.state]
        wrong += sum(after not in AGENT_STEPS[before] for before, after in pairwise(states))
        live = {row.state for row in run.by_agent[agent.id] if row.changed_at is None}
        holds = {
            AgentState.RESERVED: {ReservationState.OFFERED},
            AgentState.BUSY: {ReservationState.ACCEPTED},
        }
        wrong += live != holds.get(agent.state, set())
    return wrong


def passed_over(run: RunResult) -> int:
    """Count the offers of a call while one before it in the same line waited."""
    calls = {call.id: call for call in run.outcome.calls}
    waiting = {id_: list(waits(call, run.by_call[id_])) for id_, call in calls.items()}
    return sum(
        any(
            _is_before(other, calls[offer.call_id])
            and run.log.was_in_contact(other.id, offer.offered_at - SLACK)
            and not _declined(run.by_call[other.id], offer)
            and any(
                a <= offer.offered_at - SLACK and offer.offered_at + SLACK < b for a, b in times
            )
            for other, times in ((calls[id_], times) for id_, times in waiting.items())
        )
        for offer in run.outcome.reservations
    )


def places_lost(run: RunResult) -> int:
    """Count the customers who lost their place in the line though they were there."""
    first = {
        event.call_id: event.at
        for event in reversed(run.outcome.events)
        if event.kind == EventKind.QUEUED
    }
    moved = sum(first.get(call.id) != call.queued_at for call in run.outcome.calls)
    by_hold = defaultdict(list)
    for call in sorted(run.outcome.calls, key=lambda call: call.queued_at):
        by_hold[call.hold_id].append(call)
    behind = sum(
        after.priority != Priority.RETURNING
        for calls in by_hold.values()
        for before, after in pairwise(calls)
        if before.place_kept_until and after.queued_at < before.place_kept_until
    )
    ends = {call.id: call.ended_at for call in run.outcome.calls}
    gone = sum(run.log.was_in_contact(call_id, ends[call_id]) for call_id in run.log.given_up)
    return int(moved + behind + gone)


def loose_parts(run: RunResult) -> int:
    """Count the parts of recordings that have not ended, or ended otherwise than they did."""
    killed = {loss.name for loss in run.losses}
    return sum(
        part.state in PUBLISHING
        or ((part.call_id, part.role, part.part) in killed and part.state is not PartState.LOST)
        for part in run.outcome.parts
    )


def recordings_lost(run: RunResult) -> int:
    """Count the killed parts that lost more than 2 s, or whose chain of blocks is broken."""
    return sum(loss.seconds > LOSS_SECONDS or loss.is_broken for loss in run.losses)


def failures(run: RunResult) -> int:
    """Count the answers that say that the service itself failed."""
    answers = run.log.answers.items()
    return sum(times for name, times in answers if name.split()[1] == "500")


CHECKS: Final[dict[str, Callable[[RunResult], int]]] = {
    "calls offered to two agents": offered_to_two,
    "agents with two calls": agents_with_two,
    "calls in two hands": in_two_hands,
    "unique indexes missing": lambda run: len(LAST_WORDS) - run.outcome.indexes,
    "lost calls": lost,
    "customers without an end": unfinished,
    "facts untold or told twice": untold,
    "illegal histories of calls": illegal_calls,
    "illegal states of agents": illegal_agents,
    "calls passed over": passed_over,
    "places lost": places_lost,
    "agents sent away": lambda run: run.log.sent_away.total(),
    "parts not ended rightly": loose_parts,
    "recordings lost over 2 s": recordings_lost,
    "still in the outbox": lambda run: run.outcome.unsent,
    "rows set aside by jobs": lambda run: run.outcome.tasks,
    "answers with 500": failures,
    "died by itself": lambda run: run.died,
}
"""Each of these must find nothing."""


def _overlaps(reservations: Iterable[Any]) -> int:
    ordered = sorted(reservations, key=lambda row: row.offered_at)
    return sum(
        before.changed_at is None or after.offered_at < before.changed_at - SLACK
        for before, after in pairwise(ordered)
    )


def _is_before(call: Any, other: Any) -> bool:
    line = (call.region, call.team) == (other.region, other.team)
    return line and (-call.priority, call.queued_at, call.id) < (
        -other.priority,
        other.queued_at,
        other.id,
    )


def _declined(reservations: Iterable[Any], offer: Any) -> bool:
    """Tell whether the agent of an offer has just declined the call of these reservations."""
    return any(
        row.agent_id == offer.agent_id
        and row.state is ReservationState.DECLINED
        and row.changed_at > offer.offered_at - DECLINED_RESTS
        for row in reservations
    )
