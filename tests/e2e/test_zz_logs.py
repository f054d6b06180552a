"""After all journeys: nothing broke on the way, and nobody can be read about where they should not.

Runs last: it reads what the whole run has left behind.
"""

import json
import re
from base64 import b64encode
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any, Final

import pytest
from aiokafka import AIOKafkaConsumer

from demo.papers import of_a_call, somebody

GATEWAY: Final = "gateway"
OUTSIDE: Final = ("simulators", "postgres", "kafka", "fork-server")
"""Logs that are not of services: the simulators may log the recipients of their mail."""

BROKEN: Final = re.compile(
    r'"unhandled"|Traceback \(most recent|" 500 |\b500 Internal Server Error'
)
PERSONAL: Final = {
    "name": re.compile(r"\b(?:Thị|Văn) Mẫu\b", re.IGNORECASE),
    "name as JSON": re.compile(r"\b(?:Th\\u1ecb|V\\u0103n) M\\u1eabu\b"),
    "phone": re.compile(r"(?<![0-9a-f])(?:\+?84|0)98\d{7}(?![0-9a-f])"),
    "e-mail": re.compile(r"\bmau\.[0-9a-f]{8}@"),
    "picture": re.compile(r"/9j/(?:4[AQR]|2w)|iVBORw0KGgo|\bJFIF\b"),
    "recording": re.compile(r"OpusHead|\bA_OPUS\b"),
    "connection": re.compile(r"\ba=(?:candidate|ice-pwd|ice-ufrag|fingerprint):|\bIN IP4 "),
    "id number": re.compile(r"(?<![0-9a-f.-])0(?:01|48|79|92)[0-3]\d{8}(?![0-9a-f])"),
}
"""Patterns of the personal data of these tests (demo.papers), which look like nothing else; of
pictures and recordings, bare or as base64; of addresses in descriptions of connections (SDP)."""


@pytest.fixture
def logs(suite: dict[str, Any]) -> dict[str, list[str]]:
    folder = Path(suite["state"]) / "logs"
    return {
        log.stem: log.read_text(encoding="utf-8", errors="replace").splitlines()
        for log in sorted(folder.glob("*.log"))
    }


def test_nobody_made_up_for_a_test_would_be_overlooked() -> None:
    """LAW09, LAW14: nor would a picture, a recording or an address."""
    person = somebody()
    personal = [
        ("name", person.full_name),
        ("name as JSON", json.dumps(person.full_name)),
        ("phone", person.phone),
        ("phone", f"84{person.phone[1:]}"),
        ("phone", f"+84{person.phone[1:]}"),
        ("e-mail", person.email),
        ("id number", person.id_number),
        ("picture", b64encode(of_a_call(person, "FACE")).decode()),
        ("picture", of_a_call(person, "FACE")[:60].decode(errors="replace")),
        ("recording", "\x86\x86A_OPUS\x63\xa2\x93OpusHead\x01"),
        ("connection", "a=candidate:1 1 udp 2130706431 192.0.2.7 50000 typ host"),
        ("connection", "o=- 0 0 IN IP4 192.0.2.7"),
    ]
    for what, value in personal:
        assert f"tells a {what}:" in "".join(told([("a log", f'{{"x":"{value}"}}')]))


def test_no_service_failed_at_anything_it_was_asked(logs: dict[str, list[str]]) -> None:
    services = logs.keys() - {GATEWAY, *OUTSIDE}  # hold may run twice: hold, hold-2
    broken = [
        f"{name}: {line[:300]}"
        for name in sorted(services | {"simulators"})
        for line in logs[name]
        if BROKEN.search(line)
    ]
    kinds = {name.partition("-")[0] for name in services}
    assert len(kinds) == 11  # nine services, the pages, the media node
    assert not broken, "\n".join(broken)


def test_the_gateway_gave_nobody_an_answer_that_is_its_own_fault(
    logs: dict[str, list[str]],
) -> None:
    answers = [json.loads(line) for line in logs[GATEWAY] if line.startswith("{")]
    failed = [
        f"{answer['method']} {answer['path']} -> {answer['status']} {answer['flags']}"
        for answer in answers
        if int(answer["status"]) >= 500 and not answer["path"].startswith("/sim/")
    ]
    assert answers
    assert not failed, "\n".join(failed)


def test_nobody_can_be_read_about_in_a_log(logs: dict[str, list[str]]) -> None:
    ours = [
        (name, line)
        for name in logs.keys() - set(OUTSIDE)
        for line in logs[name]
        if '"path":"/sim/' not in line  # people look into their own mailbox and phone there
    ]
    assert ours
    assert not list(told(ours))


async def test_nobody_can_be_read_about_on_kafka(suite: dict[str, Any]) -> None:
    records = [record async for record in _everything(suite["kafka"])]
    assert records
    assert not list(told(records))


def told(texts: list[tuple[str, str]]) -> Iterator[str]:
    """Yield a sentence for each text that contains personal data."""
    for where, text in texts:
        for what, pattern in PERSONAL.items():
            if match := pattern.search(text):
                yield f"{where} tells a {what}: {text[max(0, match.start() - 80) : match.end()]}"


async def _everything(servers: str) -> AsyncIterator[tuple[str, str]]:
    """Read every topic from its beginning to its present end, in no consumer group."""
    async with AIOKafkaConsumer(bootstrap_servers=servers, group_id=None) as looking:
        topics = [topic for topic in await looking.topics() if not topic.startswith("__")]
    async with AIOKafkaConsumer(
        *topics, bootstrap_servers=servers, group_id=None, auto_offset_reset="earliest"
    ) as consumer:
        await consumer.seek_to_beginning()
        ends = await consumer.end_offsets(list(consumer.assignment()))
        left = {place for place, end in ends.items() if end > 0}
        while left:
            for records in (await consumer.getmany(timeout_ms=1000)).values():
                for record in records:
                    yield record.topic, _text(record)
            left = {place for place in left if await consumer.position(place) < ends[place]}


def _text(record: Any) -> str:
    headers = b" ".join(value for _, value in record.headers)
    whole = b" ".join([record.key or b"", record.value or b"", headers])
    return str(whole.decode(errors="replace"))
