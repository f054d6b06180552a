"""The requests of docs/partners.md work as written."""

import re
import time
from pathlib import Path
from typing import Any, Final

from events import CATALOGUE
from events.ids import uuid7
from feed.signing import Keys, headers_for
from hold.feed.domain import TOLD

DOCUMENT: Final = (Path(__file__).parents[2] / "docs" / "partners.md").read_text(encoding="utf-8")


def test_its_receiver_takes_our_pushes_and_no_others() -> None:
    [sample] = re.findall(r"```python\n(.*?)```", DOCUMENT, re.DOTALL)
    keys, kept = Keys.new(), dict[str, Any]()
    names: dict[str, Any] = {"keep_once": kept.__setitem__}
    exec(sample.replace("whsec_…", keys.shared_secret), names)  # noqa: S102, it is our own text
    body = b'{"sequence": 1}'
    headers = headers_for(uuid7(), time.time(), body, [keys])

    assert names["receive"](body, headers) == 204
    assert names["receive"](body + b" ", headers) == 400
    assert kept == {headers["webhook-id"]: {"sequence": 1}}


def test_it_names_every_type_and_every_field_of_its_own() -> None:
    rows = {
        name: row
        for row in DOCUMENT.splitlines()
        if row.startswith("| `")
        for name in re.findall(r"`(\w+)`", row.split("|")[1])
    }

    assert {event.topic for event in TOLD} | {"WebhookDisabled"} == rows.keys() & {
        *CATALOGUE,
        "WebhookDisabled",
    }
    for event, fields in TOLD.items():
        assert {field for field in fields if f"`{field}`" not in rows[event.topic]} == set()
