"""Build one page about all events, `build/events/index.html`, with AsyncAPI's own renderer.

The page needs no server and no network: script, style and document are in the file. It shows what
is stated, by service, and at each event who reacts and how.
"""

import json
from pathlib import Path
from string import Template
from typing import Any, Final

DOCUMENT: Final = Path("docs/events/asyncapi.json")
RENDERER: Final = Path("tools/asyncapi-page/node_modules/@asyncapi/react-component")
PAGE: Final = Path("build/events/index.html")
CONFIG: Final = {
    "show": {"sidebar": True, "schemas": False, "errors": True},
    "sidebar": {"showOperations": "byOperationsTags", "useChannelAddressAsIdentifier": True},
    "expand": {"messageExamples": False},
    "sendLabel": "STATES",
}
HTML: Final = Template("""\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>$title</title>
<style>$style</style>
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
    """Tell each event once, where it is stated, with everybody's reaction to it."""
    operations = described["operations"]
    stated = {n: o for n, o in operations.items() if o["action"] == "send"}
    for operation in stated.values():
        topic = _topic(operation)
        channel = described["channels"][topic]
        operation["description"] = "\n".join(
            [
                f"Key: `{channel['x-keyed-by']}`. Stated by **{channel['x-producer']}**.\n",
                *_reactions(operations, topic),
            ]
        )
    return described | {"operations": stated}


def _reactions(operations: Document, topic: str) -> list[str]:
    heard = [o for o in operations.values() if o["action"] == "receive" and _topic(o) == topic]
    if not heard:
        return ["No other service acts on it."]
    rows = [f"| {o['tags'][0]['name']} | {o['summary']} |" for o in heard]
    return ["| who hears it | and then |", "|---|---|", *rows]


def _topic(operation: Document) -> str:
    return str(operation["channel"]["$ref"]).rpartition("/")[2]


def _read(file: str) -> str:
    return (RENDERER / file).read_text(encoding="utf-8")


def _inside_a_page(script: str) -> str:
    return script.replace("</script", "<\\/script")


if __name__ == "__main__":
    main()
