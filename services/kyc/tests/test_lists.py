"""Lists and counts of cases, a case field by field, and claims that say whose they are (G27)."""

from datetime import timedelta
from typing import Any

import pytest
from services.kyc.tests.test_cases import in_doubt
from services.kyc.tests.test_reviews import PAPER, unreadable
from services.kyc.tests.world import Customer, World
from sqlalchemy import text

from events import ConnectionCompleted
from events.ids import uuid7
from kit import clock
from kyc.cases.domain import Comparison, compare

OFFICER = "connection_officer"


async def sent_to_store(world: World) -> Customer:
    """Bring a customer whose declaration was false five times."""
    customer = await unreadable(world)
    async with world.staff(OFFICER) as officer:
        url = f"/v1/cases/{customer.hold_id}"
        await officer.post(f"{url}/claim")
        no = {"decision": "FAIL", "reason_code": "AGE_UNDER_15"}
        assert (await officer.post(f"{url}/review", json=no)).status_code == 200
    return customer


async def read(world: World, path: str, *roles: str, **params: Any) -> Any:
    async with world.staff(*(roles or (OFFICER,))) as member:
        answer = await member.get(path, params=params)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def test_the_counts_of_the_desk_are_exact_and_of_the_callers_regions(world: World) -> None:
    suspects, blurred = [await in_doubt(world) for _ in range(2)], await unreadable(world)
    await in_doubt(world, region="KV1")
    await sent_to_store(world)
    reviewer = uuid7()
    async with (
        world.staff(OFFICER, subject_id=reviewer) as own,
        world.staff(OFFICER) as colleague,
    ):
        await own.post(f"/v1/cases/{suspects[0].hold_id}/claim")
        await colleague.post(f"/v1/cases/{blurred.hold_id}/claim")
        counts = (await own.get("/v1/cases/counts")).json()
        listed = {
            claim: (await own.get("/v1/cases", params={"claim": claim})).json()["items"]
            for claim in ("OWN", "FREE", "OTHERS")
        }

    assert counts == {
        "review": 3,
        "own": 1,
        "free": 1,
        "others": 1,
        "points": {"id_number": 1, "full_name": 1, "date_of_birth": 1, "suspicion": 2},
        "store": 1,
    }
    assert {claim: [item["hold_id"] for item in items] for claim, items in listed.items()} == {
        "OWN": [str(suspects[0].hold_id)],
        "FREE": [str(suspects[1].hold_id)],
        "OTHERS": [str(blurred.hold_id)],
    }


@pytest.mark.parametrize("point", ["suspicion", "full_name"])
async def test_the_list_is_filtered_by_open_point(world: World, point: str) -> None:
    suspect, blurred = await in_doubt(world), await unreadable(world)

    [item] = (await read(world, "/v1/cases", point=point))["items"]

    expected, open_points = {
        "suspicion": (suspect, ["suspicion"]),
        "full_name": (blurred, list(PAPER)),
    }[point]
    assert (item["hold_id"], item["open_points"]) == (str(expected.hold_id), open_points)


async def test_a_case_says_what_to_compare_and_what_nobody_may_pass(world: World) -> None:
    """LAW05, LAW08: the desk offers what the service will accept."""
    suspect, blurred = await in_doubt(world), await unreadable(world)

    doubted = await read(world, f"/v1/cases/{suspect.hold_id}")
    illegible = await read(world, f"/v1/cases/{blurred.hold_id}")
    at_store = await read(world, f"/v1/store-cases/{blurred.hold_code}", "store_staff")

    assert doubted["open_points"] == {"suspicion": ["REGISTRY"]}
    assert illegible["open_points"] == {point: ["REGISTRY"] for point in PAPER}
    assert at_store["open_points"]["full_name"] == ["REGISTRY", "DOCUMENT"]
    assert at_store["open_points"]["face"] == ["PERSON"]
    assert illegible["settled"] == []


async def test_a_case_shows_what_was_declared_and_read_from_the_papers(world: World) -> None:
    """SB.3.3a: the agent compares; what was read lies sealed beside the attempt."""
    customer = await world.customer()
    await customer.pass_check()

    case = await read(world, f"/v1/cases/{customer.hold_id}")

    rows = {row["field"]: row for row in case["comparison"]}
    for field in PAPER:
        declared = customer.person.form()[field]
        assert rows[field] == {
            "field": field,
            "declared": declared,
            "read": declared,
            "papers": "PASS",
            "registry": "PASS",
        }
    assert rows["address"]["declared"] == customer.person.form()["address"]
    assert rows["face"]["papers"] == "PASS"
    async with world.db.transaction() as tx:
        sealed = await tx.scalar(text("select reading from attempt"))
    assert sealed is not None
    assert customer.person.form()["id_number"].encode() not in sealed


@pytest.mark.parametrize(
    ("verdict", "reasons", "papers", "registry"),
    [
        ("PASS", (), "PASS", "PASS"),
        ("FAIL", ("FORM_MISMATCH:full_name",), "FAIL", None),
        ("REVIEW", ("FORM_MISMATCH:full_name",), "REVIEW", None),
        ("FAIL", ("DB_MISMATCH:full_name",), "PASS", "FAIL"),
        ("REVIEW", ("DB_MISMATCH:full_name",), "PASS", "REVIEW"),
        ("UNAVAILABLE", ("DB_UNAVAILABLE",), "PASS", "UNAVAILABLE"),
    ],
)
def test_a_name_is_compared_with_the_papers_and_with_the_registry(
    verdict: Any, reasons: tuple[str, ...], papers: str | None, registry: str | None
) -> None:
    name = {"full_name": "NGUYỄN VĂN A"}

    row = compare(name, name, {"full_name": verdict}, reasons)[0]

    assert row == Comparison("full_name", "NGUYỄN VĂN A", "NGUYỄN VĂN A", papers, registry)  # type: ignore[arg-type] # literals of the table


async def test_a_claimed_case_says_who_has_it_and_since_when(world: World) -> None:
    customer = await in_doubt(world)
    url, first = f"/v1/cases/{customer.hold_id}", uuid7()
    async with world.staff(OFFICER, subject_id=first) as holder, world.staff(OFFICER) as other:
        claimed = (await holder.post(f"{url}/claim")).json()
        world.move_clock(timedelta(minutes=5))
        longer = (await holder.post(f"{url}/claim")).json()
        refused = await other.post(f"{url}/claim")

    assert longer["claimed_until"] > claimed["claimed_until"]
    assert refused.status_code == 409
    body = refused.json()
    assert (body["claimed_by"], body["claimed_at"]) == (str(first), claimed["claimed_at"])
    assert longer["claimed_at"] == claimed["claimed_at"]


async def test_a_store_expects_its_customers_and_learns_the_code_from_them(world: World) -> None:
    customer = await sent_to_store(world)
    async with world.staff("store_staff", regions=("KV1",)) as elsewhere:
        far = (await elsewhere.get("/v1/store-cases")).json()

    [item] = (await read(world, "/v1/store-cases", "store_staff"))["items"]

    assert item["code_ending"] == customer.hold_code[-4:]
    assert [reason["code"] for reason in item["reasons"]] == ["AGE_UNDER_15"]
    assert customer.hold_code not in str(item)
    assert far["items"] == []


async def test_the_numbers_on_a_document_count_the_other_holds(world: World) -> None:
    """LAW02: three numbers online; the connection desk sees how many there are."""
    first = await world.customer()
    await first.pass_check()
    await world.hear(
        ConnectionCompleted(
            occurred_at=clock.now(),
            hold_id=first.hold_id,
            number_id=uuid7(),
            connection_id=uuid7(),
            officer_id=uuid7(),
            connected_at=clock.now(),
        )
    )
    second, third = await world.customer(first.person), await world.customer(first.person)
    await second.pass_check()
    await third.pass_check()

    numbers = await read(world, f"/v1/cases/{third.hold_id}/document-numbers")

    assert numbers == {"connected": 1, "waiting": 1, "limit": 3}
    async with world.staff(OFFICER, regions=("KV1",)) as elsewhere:
        answer = await elsewhere.get(f"/v1/cases/{third.hold_id}/document-numbers")
    assert answer.status_code == 404
