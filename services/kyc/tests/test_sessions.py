"""Opening a session, declaring, and the declaration to sign (F5a.1-F5a.4, F5a.9)."""

import asyncio
from datetime import timedelta

import jwt
import pytest
from services.kyc.tests.world import World
from sqlalchemy import text

from events.ids import uuid7
from events.transport.tables import outbox
from kit import clock
from kit.testing import client, published, token_for
from kit.tokens import Verifier


async def test_an_esim_may_start_when_it_is_paid(world: World) -> None:
    """F5b.1, F5b.2."""
    customer = await world.customer()

    answer = await customer.start()

    assert (answer.status_code, answer.json()["status"]) == (201, "DRAFT")
    assert await published(world.db) == ["ActivationStarted"]


async def test_starting_again_goes_on_with_the_same_session(world: World) -> None:
    """F5a.3, also from many windows at once."""
    customer = await world.customer()

    answers = await asyncio.gather(*(customer.start() for _ in range(8)))

    assert len({a.json()["session_id"] for a in answers}) == 1
    assert await published(world.db) == ["ActivationStarted"]


async def test_an_unpaid_hold_says_what_it_waits_for(world: World) -> None:
    customer = await world.customer(sim="PHYSICAL", hear_of=False)
    await world.hear(customer.created())

    answer = await customer.start()

    assert answer.status_code == 409
    assert answer.json()["waiting_for"] == ["HoldConfirmed", "ShipmentDelivered"]


async def test_a_physical_sim_must_have_arrived(world: World) -> None:
    """F5a.1."""
    customer = await world.customer(sim="PHYSICAL")

    answer = await customer.start()

    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/not-ready")
    assert answer.json()["waiting_for"] == ["ShipmentDelivered"]


async def test_a_hold_whose_news_is_on_its_way_is_not_called_unknown(world: World) -> None:
    """F5b.2: whoever is quicker than the news is told to ask again."""
    async with client(world.app, token_for(world.keys)) as early:
        answer = await early.post("/v1/sessions", json={"hold_id": str(uuid7())})

    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/not-heard-yet")


async def test_another_persons_hold_and_session_look_like_none(world: World) -> None:
    customer = await world.customer()
    await customer.start()
    url = f"/v1/sessions/{customer.session_id}"
    jpeg = {"Content-Type": "image/jpeg", "X-Captured-At": clock.now().isoformat()}

    async with client(world.app, token_for(world.keys)) as stranger:
        answers = [
            await stranger.post("/v1/sessions", json={"hold_id": str(customer.hold_id)}),
            await stranger.get(url),
            await stranger.get(f"/v1/sessions/by-hold/{customer.hold_id}"),
            await stranger.put(f"{url}/declaration", json=customer.person.form()),
            await stranger.put(
                f"{url}/images/FRONT", content=customer.person.card("FRONT"), headers=jpeg
            ),
            await stranger.post(f"{url}/verify"),
            await stranger.get(f"{url}/declaration"),
        ]

    assert [a.status_code for a in answers] == [404] * 7


@pytest.mark.parametrize("kind", ["staff", "partner"])
async def test_only_customers_have_sessions(world: World, kind: str) -> None:
    async with client(world.app, token_for(world.keys, kind, roles=["admin"])) as other:
        answer = await other.post("/v1/sessions", json={"hold_id": str(uuid7())})

    assert answer.status_code == 403


async def test_a_declaration_names_every_wrong_field_at_once(world: World) -> None:
    """F5a.4, P1.4."""
    customer = await world.customer()
    await customer.start()
    nothing = dict.fromkeys(customer.person.form(), "")

    answer = await customer.declare(**nothing)

    assert answer.status_code == 422
    wrong = {e["field"]: e["reason_code"] for e in answer.json()["errors"]}
    assert wrong == {
        "full_name": "NAME_INVALID",
        "date_of_birth": "DATE_INVALID",
        "sex": "SEX_INVALID",
        "id_number": "ID_STRUCTURE",
        "nationality": "NATIONALITY_INVALID",
        "address": "ADDRESS_INVALID",
        "ward_code": "WARD_INVALID",
        "document_kind": "DOC_UNSUPPORTED",
    }


async def test_a_refused_declaration_repeats_nothing_that_was_typed(world: World) -> None:
    customer = await world.customer()
    await customer.start()

    answer = await customer.declare(full_name="Mẫu 123456789", id_number="001199999999999")

    assert "Mẫu" not in answer.text
    assert "001199" not in answer.text


async def test_pictures_and_declarations_lie_sealed(world: World) -> None:
    customer = await world.customer()
    await customer.prepare()

    async with world.db.transaction() as tx:
        images = list(await tx.scalars(text("select sealed from image")))
        [declaration] = await tx.scalars(text("select declaration from session"))
        rows = (await tx.scalars(text("select row_to_json(s)::text from session s"))).one()

    assert len(images) == 3
    assert not any(b"\xff\xd8\xff" in image or b"JFIF" in image for image in images)
    assert customer.person.id_number.encode() not in declaration
    assert customer.person.id_number not in rows


async def test_nothing_personal_is_in_a_fact_or_in_a_line_of_the_log(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    customer = await world.customer()
    await customer.prepare(front=customer.person.card("FRONT", blur=True))
    await customer.verify()
    await world.break_ekyc("error_500", times=1)
    await customer.verify(front=customer.person.card("FRONT"))
    world.move_clock(timedelta(minutes=10))
    await world.work()

    async with world.db.transaction() as tx:
        said = b"".join(await tx.scalars(outbox.select().with_only_columns(outbox.c.payload)))
        tasks = "".join(
            [str(row) for row in await tx.execute(text("select data, last_error from task"))]
        )
    written = said.decode() + tasks + "".join(capsys.readouterr())
    assert "KycPassed" in await published(world.db)
    assert "task_failed" in written
    assert not any(word in written for word in (customer.person.id_number, "Mẫu", "1999-03-15"))


async def test_the_declaration_to_sign_is_signed_by_kyc_once_passed(world: World) -> None:
    """F5a.9, F5b.8: what the customer will see and sign."""
    customer = await world.customer()
    await customer.prepare()
    url = f"/v1/sessions/{customer.session_id}/declaration"
    early = await customer.http.get(url)
    await customer.verify()

    answer = await customer.http.get(url)

    assert (early.status_code, early.json()["type"]) == (409, "/problems/not-passed")
    assert answer.headers["cache-control"] == "no-store"
    claims = Verifier(world.keys, "kyc", "declaration").open(answer.json()["declaration"])
    assert claims["hold_id"] == str(customer.hold_id)
    assert claims["session_id"] == customer.session_id
    assert claims["exp"] - claims["iat"] == 7200
    assert len(claims["sha256"]) == 64
    form = answer.json()["form"]
    assert form == customer.person.form()
    assert {name: claims[name] for name in form} == form
    with pytest.raises(jwt.InvalidTokenError):
        jwt.decode(answer.json()["declaration"], "guess", algorithms=["HS256"])


async def test_bad_bodies_are_problems(world: World) -> None:
    customer = await world.customer()
    await customer.start()
    url = f"/v1/sessions/{customer.session_id}"

    answers = [
        await customer.http.post("/v1/sessions", json={"hold_id": "nonsense"}),
        await customer.http.get("/v1/sessions/nonsense"),
        await customer.http.put(f"{url}/declaration", json=["nonsense"]),
        await customer.http.put(f"{url}/images/SELFIE", content=b""),
        await customer.http.put(f"{url}/images/FRONT", content=customer.person.card("FRONT")),
    ]

    assert [a.status_code for a in answers] == [422] * 5
    assert {a.headers["content-type"] for a in answers} == {"application/problem+json"}
