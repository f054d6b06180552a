"""SYS04: a channel hears what becomes of its holds, by asking, as a stream and at its own door."""

import asyncio
from typing import Any

import httpx
from standardwebhooks import Webhook as Verifier

from demo.actors import Actors
from demo.gateway import until
from demo.staff import Channel
from feed.testing import Receiver, receiving

FEED = "/api/hold/v1/partner/hold-events"
WEBHOOKS = "/api/hold/v1/partner/webhooks"


async def test_a_channel_hears_of_its_hold_in_three_ways(actors: Actors) -> None:
    """P2.2, P3.2, P3.3: sold, paid, claimed."""
    channel, lan = await actors.channel(), await actors.customer()
    before = await _newest(channel)
    async with receiving() as receiver:
        made = await channel.gateway.post(WEBHOOKS, {"url": receiver.url})
        waiting = asyncio.create_task(channel.gateway.get(FEED, after=before, wait=25))
        streaming = asyncio.create_task(_streamed(channel, before, 1))

        held = await channel.sells(await lan.finds(), "ESIM", lan.person)
        proof = await lan.proves_phone("CLAIM")
        lan.hold = await lan.gateway.post(
            "/api/hold/v1/holds/claims", {"hold_code": held["hold_code"], "phone_proof": proof}
        )
        await lan.hold_is("CONFIRMED")

        assert (await waiting)["items"][0]["type"] == "HoldCreated"
        assert await streaming == [before + 1]
        events = await until("all of it", lambda: _three_of(channel, held["hold_id"], before))
        assert sorted(e["type"] for e in events) == ["HoldClaimed", "HoldConfirmed", "HoldCreated"]
        assert events[0]["type"] == "HoldCreated"
        pushed = await until("the pushes", lambda: _pushed(receiver, made["secret"], held))
        assert pushed == events
        await channel.gateway.delete(f"{WEBHOOKS}/{made['webhook']['webhook_id']}")

    for secret in (lan.person.full_name, lan.person.phone[1:], lan.person.id_number):
        assert secret not in str(events)


async def test_a_receiver_that_was_away_gets_all_of_it(actors: Actors) -> None:
    channel, lan = await actors.channel(), await actors.customer()
    async with receiving() as gone:
        pass
    made = await channel.gateway.post(WEBHOOKS, {"url": gone.url})
    webhook = f"{WEBHOOKS}/{made['webhook']['webhook_id']}"
    held = await channel.sells(await lan.finds(), "ESIM", lan.person)

    async def failed() -> bool:
        return bool((await channel.gateway.get(webhook))["failures"])

    await until("a push that found nobody", failed)

    async with receiving(gone.port) as receiver:
        pushed = await until("the pushes", lambda: _pushed(receiver, made["secret"], held, 2))
        await channel.gateway.delete(webhook)

    assert [event["type"] for event in pushed] == ["HoldCreated", "HoldConfirmed"]


async def _newest(channel: Channel) -> int:
    place = 0
    while (page := await channel.gateway.get(FEED, after=place))["items"]:
        place = page["next"]
    return place


async def _three_of(channel: Channel, hold_id: str, after: int) -> list[dict[str, Any]] | None:
    items = (await channel.gateway.get(FEED, after=after))["items"]
    events = [event for event in items if event["data"].get("hold_id") == hold_id]
    return events if len(events) == 3 else None


async def _pushed(
    receiver: Receiver, secret: str, held: dict[str, Any], count: int = 3
) -> list[dict[str, Any]] | None:
    verifier = Verifier(secret)
    events = [verifier.verify(one.body, one.headers) for one in receiver.taken]
    of_hold = {e["event_id"]: e for e in events if e["data"].get("hold_id") == held["hold_id"]}
    return list(of_hold.values()) if len(of_hold) == count else None


async def _streamed(channel: Channel, after: int, count: int) -> list[int]:
    """Read the stream through the gateway until there are so many ids."""
    ids: list[int] = []
    headers = {"Authorization": f"Bearer {channel.gateway.token}", "Last-Event-ID": str(after)}
    stream = channel.gateway.client.stream("GET", f"{FEED}/stream", headers=headers)
    async with stream as answer:
        assert answer.status_code == httpx.codes.OK
        async for line in answer.aiter_lines():
            if line.startswith("id: "):
                ids.append(int(line.removeprefix("id: ")))
            if len(ids) == count:
                break
    return ids
