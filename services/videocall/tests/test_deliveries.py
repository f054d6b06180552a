"""Documents wait to be read and sent once, however often they change, the urgent ones first."""

import asyncio

import pytest

from events.ids import uuid7
from kit.auth import Caller
from videocall.deliveries.commands import Client, Due, DueDocuments, Watchers, Watching
from videocall.documents.domain import Document


@pytest.fixture
async def client() -> Client:
    """Open a socket that watches its queue and its shift."""
    client = Client(uuid7(), Caller(uuid7(), "staff", frozenset({"call_agent"})))
    for document in (Document.QUEUE, Document.SHIFT):
        client.watched[document, None] = Watching((document, None), seq=None)
    return client


async def test_a_client_that_takes_nothing_costs_one_text_of_each_document(client: Client) -> None:
    """A slow one is behind by states that are over: it needs none of them."""
    for version in range(1000):
        client.put("queue", f"queue {version}")
        client.put("shift", f"shift {version}")

    assert len(client.outbox) == 2
    assert [await client.next_text() for _ in range(2)] == ["queue 999", "shift 999"]


async def test_a_ring_is_read_before_a_hundred_lists(client: Client) -> None:
    due = DueDocuments()
    lists = [Watching((Document.QUEUE, uuid7()), seq=None) for _ in range(100)]
    for watching in lists:
        client.watched[watching.key] = watching
        due.add(client, watching, Due.CALMLY)
    ring = client.watched[Document.SHIFT, None]
    due.add(client, ring, Due.AT_ONCE)

    assert (await due.next())[1] is ring
    assert (await due.next())[1] is lists[0]


async def test_a_document_that_changes_ten_times_is_read_once(client: Client) -> None:
    due = DueDocuments()
    watching = client.watched[Document.QUEUE, None]
    for _ in range(5):
        due.add(client, watching, Due.CALMLY)
        due.add(client, watching, Due.AT_ONCE)
    await due.next()

    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.05):
            await due.next()


async def test_a_mark_that_was_heard_before_is_no_news(client: Client) -> None:
    """The doorbell and the comparison each second tell of the same marks."""
    watchers = Watchers()
    watchers.watch(client, (Document.QUEUE, None), "agent", ["KV2"])

    assert [due for _, _, due in watchers.hear("agent", 7)] == [Due.AT_ONCE]
    assert [due for _, _, due in watchers.hear("KV2", 8)] == [Due.CALMLY]
    assert watchers.hear("agent", 7) == []
    watchers.unwatch(client, (Document.QUEUE, None), ["agent", "KV2"])
    assert watchers.hear("agent", 9) == []


async def test_what_was_read_before_a_change_does_not_undo_it(client: Client) -> None:
    """P5.1: two readers, and the slower one has the call as it rang before it was accepted."""
    watching = client.watched[Document.QUEUE, None]

    assert [watching.takes(version) for version in (5, 7, 6, 7, 8)] == [
        True,
        True,
        False,
        True,
        True,
    ]
