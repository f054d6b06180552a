"""Build one page about all events, `build/events/index.html`, with AsyncAPI's own renderer.

The page needs no server and no network: script, style and document are in the file. It shows what
is published, by service, and at each event who reacts and how.
"""

import json
from pathlib import Path
from string import Template
from typing import Any, Final

DOCUMENT: Final = Path("docs/events/asyncapi.json")
RENDERER: Final = Path("tools/asyncapi-page/node_modules/@asyncapi/react-component")
PAGE: Final = Path("build/events/index.html")
CONFIG: Final = {
    "show": {"sidebar": True, "servers": False, "messages": False, "schemas": False},
    "sidebar": {"showOperations": "byOperationsTags", "useChannelAddressAsIdentifier": True},
    "expand": {"messageExamples": True},
    "sendLabel": "STATES",
}
HTML: Final = Template("""\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>$title</title>
<style>$style
body { font-family: system-ui, sans-serif; margin: 0; }
</style>
</head>
<body>
<div id="page"></div>
<script>$script</script>
<script>AsyncApiStandalone.render($what, document.getElementById("page"));</script>
</body>
</html>
""")

Document = dict[str, Any]


def main() -> None:
    """Build the page."""
    described = json.loads(DOCUMENT.read_text(encoding="utf-8"))
    what = {"schema": for_readers(described), "config": CONFIG}
    PAGE.parent.mkdir(parents=True, exist_ok=True)
    PAGE.write_text(
        HTML.substitute(
            title=described["info"]["title"],
            style=_read("styles/default.min.css"),
            script=_inside_a_page(_read("browser/standalone/index.js")),
            what=_inside_a_page(json.dumps(what, ensure_ascii=False)),
        ),
        encoding="utf-8",
    )
    print(PAGE)


def for_readers(described: Document) -> Document:
    """List each event once, under its producer, with its fields and its consumers."""
    operations = described["operations"]
    order = [tag["name"] for tag in described["info"]["tags"]]
    published = {n: o for n, o in operations.items() if o["action"] == "send"}
    for operation in published.values():
        topic = _topic(operation)
        channel, message = described["channels"][topic], described["components"]["messages"][topic]
        operation["description"] = "\n".join(
            [
                f"Stated by **{channel['x-producer']}**. Key: **{channel['x-keyed-by']}**.\n",
                *_reactions(operations, topic),
                *_fields(described["components"]["schemas"][topic]),
            ]
        )
        for name in ("summary", "tags", "correlationId", "bindings"):
            del message[name]
    by_service = sorted(published, key=lambda name: order.index(published[name]["tags"][0]["name"]))
    channels = {n: _without_extensions(c) for n, c in described["channels"].items()}
    sorted_operations = {name: published[name] for name in by_service}
    return described | {"operations": sorted_operations, "channels": channels, "servers": {}}


def _reactions(operations: Document, topic: str) -> list[str]:
    consumed = [o for o in operations.values() if o["action"] == "receive" and _topic(o) == topic]
    if not consumed:
        return ["No other service acts on it."]
    rows = [f"| {o['tags'][0]['name']} | {o['summary']} |" for o in consumed]
    return ["| consumed by | and then |", "|---|---|", *rows]


def _fields(schema: Document) -> list[str]:
    required = set(schema["required"])
    rows = [
        f"| {name} | {_kind(field)}{'' if name in required else ', optional'} | {_meaning(field)} |"
        for name, field in schema["properties"].items()
    ]
    return ["", "| field | kind | meaning |", "|---|---|---|", *rows]


def _kind(field: Document) -> str:
    """Name what a field may hold, in as few words as possible."""
    if "anyOf" in field:
        return " or ".join(_kind(option) for option in field["anyOf"])
    if "enum" in field:
        return " · ".join(field["enum"])
    if field["type"] == "array":
        return f"list of {_kind(field['items'])}"
    return "none" if field["type"] == "null" else str(field.get("format") or field["type"])


def _meaning(field: Document) -> str:
    options = [field, *field.get("anyOf", ()), field.get("items", {})]
    return str(next(option["description"] for option in options if "description" in option))


def _without_extensions(channel: Document) -> Document:
    return {name: value for name, value in channel.items() if not name.startswith("x-")}


def _topic(operation: Document) -> str:
    return str(operation["channel"]["$ref"]).rpartition("/")[2]


def _read(file: str) -> str:
    return (RENDERER / file).read_text(encoding="utf-8")


def _inside_a_page(script: str) -> str:
    return script.replace("</script", "<\\/script")


if __name__ == "__main__":
    main()
