"""Challenges of a call: drawn by the service, shown to the customer, judged by the agent (P5.1)."""

from datetime import timedelta

import pytest
from services.videocall.tests.world import Agent, Customer, World, in_call, waiting
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from events.transport.tables import outbox
from videocall.challenges.domain import POOL, SETS, ChallengeKind, detail_of, draw


async def drawn(agent: Agent) -> list[str]:
    return [challenge["kind"] for challenge in (await agent.sees())["challenges"]]


async def set_first(agent: Agent) -> dict[str, str]:
    """Set the first challenge, and return it as the agent sees it."""
    [first, *_] = (await agent.sees())["challenges"]
    answer = await agent.do(f"challenges/{first['id']}/issue")
    assert answer.status_code == 200
    challenge: dict[str, str] = answer.json()["items"][0]
    return challenge


async def shows(customer: Customer, challenge_id: str) -> int:
    path = f"/v1/calls/{customer.call_id}/challenges/{challenge_id}/shown"
    return (await customer.http.post(path)).status_code


def test_a_set_has_a_movement_a_card_and_words_and_none_comes_twice() -> None:
    earlier: set[frozenset[ChallengeKind]] = set()
    for _ in SETS:
        kinds = draw(earlier)
        assert [len(set(row) & set(kinds)) for row in POOL] == [1, 1, 1]
        assert frozenset(kinds) not in earlier
        earlier.add(frozenset(kinds))
    assert len(earlier) == 54
    assert len(draw(earlier)) == 3, "when all were drawn, all may come again"


def test_digits_and_fingers_are_drawn_too() -> None:
    assert {len(detail_of(ChallengeKind.READ_DIGITS) or "") for _ in range(50)} == {4}
    assert {detail_of(ChallengeKind.SHOW_FINGERS) for _ in range(99)} == set("2345")
    assert detail_of(ChallengeKind.LOOK_UP) is None


async def test_the_customer_sees_a_challenge_when_it_is_set_and_not_before(world: World) -> None:
    """P5.1: nobody prepares for what is not known yet."""
    customer, agent = await in_call(world)
    [first, *_] = (await agent.sees())["challenges"]

    early = await shows(customer, first["id"])
    before = (await customer.look())["challenge"]
    challenge = await set_first(agent)
    seen = (await customer.look())["challenge"]
    statuses = [await shows(customer, challenge["id"]) for _ in range(2)]

    assert (early, before) == (404, None)
    assert seen == {name: challenge[name] for name in ("id", "kind", "detail")}
    assert statuses == [204, 204]
    [shown, *_] = (await agent.sees())["challenges"]
    assert shown["shown_at"] >= shown["issued_at"]
    await agent.do(f"challenges/{challenge['id']}/result", result="PASS")
    assert (await customer.look())["challenge"] is None


async def test_another_customer_shows_no_challenge(world: World) -> None:
    customer, agent = await in_call(world)
    stranger = await world.customer()
    stranger.call_id = customer.call_id

    assert await shows(stranger, (await set_first(agent))["id"]) == 404


async def test_a_challenge_is_judged_once_and_only_after_it_was_set(world: World) -> None:
    _, agent = await in_call(world)
    [first, *_] = (await agent.sees())["challenges"]
    path = f"challenges/{first['id']}"

    early = await agent.do(f"{path}/result", result="PASS")
    await agent.do(f"{path}/issue")
    said = [await agent.do(f"{path}/result", result=r) for r in ("PASS", "PASS", "FAIL")]
    again = await agent.do(f"{path}/issue")

    assert early.json()["type"] == "/problems/challenge-decided"
    assert [a.status_code for a in said] == [200, 200, 409]
    assert again.status_code == 409


async def test_a_colleague_sets_and_judges_nothing(world: World) -> None:
    _, agent = await in_call(world)
    challenge, colleague = await set_first(agent), world.agent()
    colleague.call_id = agent.call_id

    for act in (f"{challenge['id']}/issue", f"{challenge['id']}/result", ""):
        answer = await colleague.do(f"challenges/{act}".rstrip("/"), result="PASS")
        assert answer.json()["type"] == "/problems/not-your-call"


async def test_after_a_failure_three_others_are_drawn_and_all_have_to_be_met(world: World) -> None:
    """P5.1, G26: otherwise an agent could choose comfortable ones."""
    _, agent = await in_call(world)
    first = await drawn(agent)
    assert (await agent.do("challenges")).json()["type"] == "/problems/nothing-failed"
    await agent.examines()
    assert (await agent.do("challenges")).status_code == 409

    _, other = await in_call(world)
    await other.challenges("FAIL")
    failed = await other.approve()
    anew = await other.do("challenges")

    assert "challenges" in failed.json()["missing"]
    assert anew.status_code == 201
    assert {c["result"] for c in anew.json()["items"]} == {None}
    assert len(first) == 3


async def test_a_call_with_another_agent_has_other_challenges(world: World) -> None:
    """P5.1: no set comes twice for the same hold."""
    customer = await waiting(world)
    sets = []
    for _ in range(6):
        agent = world.agent()
        assert (await agent.next()).status_code == 200
        sets.append(frozenset(await drawn(agent)))
        await agent.do("technical")
        await customer.call()

    assert len(set(sets)) == 6


@pytest.mark.parametrize(("away", "draws"), [(30, 1), (90, 2)])
async def test_who_is_away_for_more_than_a_minute_meets_other_challenges(
    world: World, away: int, draws: int
) -> None:
    """G26: somebody else may sit there now."""
    customer, agent = await in_call(world)
    await agent.challenges()
    before = await drawn(agent)
    await agent.do("drop")
    world.move_clock(timedelta(seconds=away))
    await customer.come_back()

    assert (await drawn(agent) == before) is (draws == 1)
    assert ("challenges" in (await agent.sees())["missing"]) is (draws == 2)


async def test_digits_are_in_no_event(world: World) -> None:
    customer, agent = await in_call(world)
    digits = "7315"
    async with world.db.transaction() as tx:
        await tx.execute(
            text("update challenge set issued_at = now()").execution_options(synchronize_session=0)
        )
        row = {"id": customer.id, "call": customer.call_id, "digits": digits}
        new = (
            "insert into challenge (id, call_id, draw, place, kind, detail, drawn_at, issued_at)"
            " values (:id, :call, 2, 0, 'READ_DIGITS', :digits, now(), now())"
        )
        await tx.execute(text(new), row)
    assert (await customer.look())["challenge"]["detail"] == digits
    await agent.examines()
    assert (await agent.approve()).status_code == 200

    async with world.db.transaction() as tx:
        said = b"".join(await tx.scalars(select(outbox.c.payload)))
    assert digits.encode() not in said


@pytest.mark.parametrize(
    "change",
    [
        "update challenge set result = 'FAIL'",
        "update challenge set detail = '0000', draw = 9",
        "delete from challenge",
    ],
)
async def test_the_database_itself_keeps_what_was_judged(world: World, change: str) -> None:
    _, agent = await in_call(world)
    await agent.challenges()

    with pytest.raises(IntegrityError, match="decided once"):
        async with world.db.transaction() as tx:
            await tx.execute(text(change))


async def test_an_approval_names_the_offer_that_was_answered(world: World) -> None:
    """P5.1: ticks of an earlier answer to the same call count nothing."""
    _, agent = await in_call(world)
    await agent.examines()
    ticks = dict.fromkeys(("id_number", "full_name", "date_of_birth", "face", "same_person"), True)

    stale = await agent.do("approve", checklist=ticks, epoch=(await agent.sees())["epoch"] + 1)

    assert stale.json()["type"] == "/problems/call-moved"
    assert (await agent.approve()).status_code == 200
