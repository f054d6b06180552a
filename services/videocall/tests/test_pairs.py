"""Calls and agents are paired, without a database in sight (SD.1, SD.3, SD.4)."""

from typing import Any

from events import Region
from events.ids import uuid7
from videocall.matching.domain import IdleAgent, Reach, WaitingCall, pairs_of


def call(team: str = "A", region: Region = "KV2", *reaches: Reach) -> WaitingCall:
    return WaitingCall(uuid7(), region, team, reaches)


def agent(*teams: str, regions: tuple[Region, ...] = ("KV2",), **more: Any) -> IdleAgent:
    return IdleAgent(uuid7(), frozenset(regions), frozenset(teams), **more)


def test_the_first_call_goes_to_the_agent_of_the_longest_idle_time() -> None:
    calls, agents = [call() for _ in range(3)], [agent() for _ in range(2)]

    assert list(pairs_of(calls, agents).items()) == [
        (calls[0].id, agents[0].id),
        (calls[1].id, agents[1].id),
    ]


def test_a_call_whose_team_is_away_holds_up_nobody_behind_it() -> None:
    lonely, other, ours = call("B"), call("B"), call("A")
    of_a = agent("A")

    assert pairs_of([lonely, other, ours], [of_a]) == {ours.id: of_a.id}


def test_an_agent_in_no_team_answers_for_all_and_head_office_for_every_region() -> None:
    abroad, home = call("B", region="KV7"), call("C")
    head_office, local = agent(regions=()), agent()

    assert pairs_of([abroad, home], [local, head_office]) == {
        abroad.id: head_office.id,
        home.id: local.id,
    }


def test_a_call_that_overflows_is_for_every_agent_of_its_region_only() -> None:
    late = call("B", "KV2", ("KV2", None))
    stranger, ours = agent("A", regions=("KV3",)), agent("A")

    assert pairs_of([late], [stranger, ours]) == {late.id: ours.id}


def test_a_call_overflows_to_one_team_of_another_region() -> None:
    late = call("B", "KV2", ("KV3", "C"))
    other_team, of_team = agent("D", regions=("KV3",)), agent("C", regions=("KV3",))

    assert pairs_of([late], [other_team, of_team]) == {late.id: of_team.id}


def test_a_call_just_declined_goes_to_somebody_else_and_its_agent_gets_the_next() -> None:
    first, second = call(), call()
    choosy, other = agent(declined=frozenset({first.id})), agent()

    assert pairs_of([first, second], [choosy, other]) == {
        first.id: other.id,
        second.id: choosy.id,
    }
