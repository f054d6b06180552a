"""A customer sees what they agreed to, in the list of their activations (LAW15, F5a.9, F5b.8)."""

from typing import Any

from services.activation.tests.journey import Journey

from events.ids import uuid7


async def listed(journey: Journey, **query: Any) -> dict[str, Any]:
    async with journey.caller() as caller:
        answer = await caller.get("/v1/activations", params=query)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def test_before_a_signature_an_activation_is_listed_with_its_steps_and_no_consents(
    esim: Journey,
) -> None:
    [item] = (await listed(esim))["items"]

    assert item == await esim.status() | {"signed_at": None, "consents": []}


async def test_the_consents_of_the_newest_signature_are_told_with_its_moment(
    esim: Journey,
) -> None:
    agreed = ["CONTRACT", "IDENTITY_CHECK", "MARKETING"]
    async with esim.caller() as caller:
        signed = await caller.post(
            esim.url("/signature"), json=esim.signature() | {"consents": agreed}
        )
    assert signed.status_code == 200, signed.text

    [item] = (await listed(esim))["items"]

    assert (item["hold_id"], item["consents"]) == (str(esim.hold_id), agreed)
    assert item["signed_at"]
    assert "signature_png" not in str(item)


async def test_activations_of_others_are_not_listed_and_the_newest_comes_first(
    esim: Journey, physical: Journey
) -> None:
    own = Journey(esim.db, esim.app, esim.keys, "ESIM", esim.at, customer_id=esim.customer_id)
    await own.hears(*own.told())

    first = await listed(esim, limit=1)
    rest = await listed(esim, limit=1, after=first["next"])
    async with own.caller() as caller:
        unknown = await caller.get("/v1/activations", params={"after": str(uuid7())})

    assert str(physical.hold_id) not in {first["items"][0]["hold_id"], rest["items"][0]["hold_id"]}
    assert [page["items"][0]["hold_id"] for page in (first, rest)] == [
        str(own.hold_id),
        str(esim.hold_id),
    ]
    assert rest["next"] is None
    assert unknown.json()["type"] == "/problems/unknown-cursor"
