"""The document about the bus is one that every AsyncAPI tool can read, and has every event."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tools.asyncapi_page import for_readers

from events import CATALOGUE

ROOT = Path(__file__).parents[2]
PARSER = ROOT / "tools/asyncapi-parser"
DOCUMENT = ROOT / "docs/events/asyncapi.json"

Parsed = Callable[[Path], subprocess.CompletedProcess[str]]


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603, our own words
        [str(argument) for argument in arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def parsed() -> Parsed:
    """Install the official parser, unless it is there, and give a way to ask it."""
    installed = run("make", "-s", "tools/asyncapi-parser/node_modules/.package-lock.json")
    assert installed.returncode == 0, installed.stderr
    node = Path(sys.executable).parent / "node"
    return lambda document: run(node, PARSER / "check.mjs", document)


@pytest.fixture
def document() -> dict[str, Any]:
    described: dict[str, Any] = json.loads(DOCUMENT.read_text("utf-8"))
    return described


def test_the_official_parser_has_nothing_to_say_about_the_document(
    parsed: Parsed, document: dict[str, Any]
) -> None:
    done = parsed(DOCUMENT)

    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {
        "channels": len(document["channels"]),
        "operations": len(document["operations"]),
    }


@pytest.mark.parametrize(
    ("place", "says"),
    [
        (("channels", "HoldCreated"), "HoldCreated"),
        (("components", "schemas", "HoldCreated"), "HoldCreated"),
        (("operations", "hold.sends.HoldCreated", "action"), "action"),
    ],
    ids=["a channel", "a schema", "what an operation does"],
)
def test_the_official_parser_sees_that_something_is_missing(
    parsed: Parsed, document: dict[str, Any], tmp_path: Path, place: tuple[Any, ...], says: str
) -> None:
    *way, last = place
    node: Any = document
    for step in way:
        node = node[step]
    del node[last]
    broken = tmp_path / "asyncapi.json"
    broken.write_text(json.dumps(document))

    done = parsed(broken)

    assert done.returncode == 1
    assert says in done.stderr


def test_every_event_has_a_topic_a_producer_and_what_the_service_does_who_hears_it(
    document: dict[str, Any],
) -> None:
    channels, operations = document["channels"], document["operations"]

    for topic, event in CATALOGUE.items():
        assert channels[topic]["x-producer"] == event.source
        assert f"{event.source}.sends.{topic}" in operations
        for service in channels[topic]["x-consumers"]:
            assert operations[f"{service}.receives.{topic}"]["summary"].endswith(".")
    assert {name for name in channels if not name.startswith("dlq.")} == CATALOGUE.keys()


def test_every_field_of_every_event_says_what_it_means(document: dict[str, Any]) -> None:
    silent = [
        f"{topic}.{name}"
        for topic, schema in document["components"]["schemas"].items()
        for name, field in schema["properties"].items()
        if "description" not in json.dumps(field)
    ]

    assert silent == []


def test_the_page_tells_each_event_once_with_fields_and_reactions(document: dict[str, Any]) -> None:
    operations = for_readers(document)["operations"]

    description = operations["hold.sends.HoldCreated"]["description"]
    assert len(operations) == len(CATALOGUE)
    assert "Key: **hold_id**" in description
    assert "| catalog | Show that the slip is issued (F3.4 TH1). |" in description
    assert "| sim | PHYSICAL · ESIM | A card, or a profile" in description
    assert "| channel_paid_vnd | integer or none, optional | What a channel had" in description
