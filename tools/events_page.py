"""The events for people who read the repository: one table per service, written from AsyncAPI."""

from collections.abc import Iterator
from typing import Any, Final

Document = dict[str, Any]

HEAD: Final = """\
# The events

Written by `make schemas` from the event classes, the golden samples and the services' consumers;
`make check` compares. Every field and an example of each event are on the page that `make docs`
builds from [asyncapi.json](asyncapi.json) (AsyncAPI 3). Machines read that file, too: `channels`
has every topic with its key, `x-producer` and `x-consumers`. The contract of an event is
`<Event>.json` in [`libs/events/contracts`](../../libs/events/contracts), with a golden sample of
what was once on its topic.

The key of an event is its journey, `hold_id`, where no other is named. Ids such as F3.12 are steps
of [the journey](../journey.md).
"""


def written(described: Document) -> str:
    """Write the page."""
    services = [tag["name"] for tag in described["info"]["tags"]]
    links = " · ".join(f"[{service}](#{service})" for service in services)
    published = "\n".join(line for service in services for line in _service(described, service))
    return f"{HEAD}\n{links}\n\n{published}"


def _service(described: Document, service: str) -> Iterator[str]:
    channels = described["channels"].values()
    published = [c for c in channels if c["x-producer"] == service and "x-keyed-by" in c]
    yield f"## {service}\n"
    if published:
        yield "| publishes | when | consumed by |\n|---|---|---|"
        yield from map(_published, published)
        yield ""
    consumed = [
        o for name, o in described["operations"].items() if name.startswith(f"{service}.rec")
    ]
    if consumed:
        yield "| consumes | and then |\n|---|---|"
        yield from (f"| {_topic(o)} | {_cell(o['summary'])} |" for o in consumed)
        yield ""
    yield f"What it gives up is on `dlq.{service}`.\n"


def _published(channel: Document) -> str:
    key = channel["x-keyed-by"]
    other = "" if key == "hold_id" else f"<br>key: `{key}`"
    consumed = ", ".join(channel["x-consumers"]) or "–"
    return f"| **{channel['address']}**{other} | {_cell(channel['summary'])} | {consumed} |"


def _topic(operation: Document) -> str:
    return str(operation["channel"]["$ref"]).rpartition("/")[2]


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
