"""Every message of a real socket is as `docs/sockets/asyncapi.json` writes it, both ways."""

import pytest
from jsonschema import ValidationError
from services.videocall.tests.sockets import PROTOCOL, conforms, replica
from services.videocall.tests.world import World, in_call

from videocall.sockets.domain import CloseCode


async def test_a_call_is_told_in_messages_of_the_protocol_and_all_of_them(world: World) -> None:
    """P3.5, P5.1: helpers hold each message against the document; here every kind is sent."""
    customer, agent = await in_call(world)
    await agent.photograph("FRONT")
    call = {"call": agent.call_id}
    async with replica(world.app) as service:
        documents = [{"document": each} | call for each in ("call", "media")]
        async with service.watching(customer.http, *documents, {"document": "queue"}) as phone:
            for t in ("call", "media", "refusal"):
                await phone.hears(t)
        async with service.watching(agent.http, {"document": "queue"}) as desk:
            await desk.hears("queue")
            more = [{"document": each} | call for each in ("desk_call", "desk_media")]
            await desk.says_rightly("watch", documents=[{"document": "shift"}, *more])
            await desk.says_rightly("ping")
            for t in ("shift", "desk_call", "desk_media", "pong"):
                await desk.hears(t)
            told = {message["t"] for message in phone.told + desk.told}

    written = PROTOCOL["operations"]["say"]["messages"]
    assert told == {each["$ref"].rpartition("/")[2] for each in written}


def test_a_message_that_is_otherwise_is_noticed() -> None:
    """The guard has teeth: a member too many, a kind of the other direction, no ticket."""
    with pytest.raises(ValidationError):
        conforms({"v": 1, "t": "hello", "body": {"documents": []}}, "hear")
    with pytest.raises(ValidationError):
        conforms({"v": 1, "t": "ping", "name": "Lan"}, "hear")
    with pytest.raises(AssertionError, match="no message"):
        conforms({"v": 1, "t": "pong"}, "hear")


def test_every_close_code_says_what_to_do() -> None:
    written = PROTOCOL["channels"]["socket"]["x-close-codes"]

    assert {each["code"] for each in written} == set(CloseCode)
    assert all(":" in each["description"] or each["code"] == 4403 for each in written)
