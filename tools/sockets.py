"""Write down the protocol of sockets: `docs/sockets/asyncapi.json`, from the service's messages.

With `--check` nothing is written: what is on disk has to be what the code says.
"""

import json
import sys
from enum import IntEnum
from inspect import cleandoc, getsource
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from videocall.documents.commands import BODIES
from videocall.documents.domain import Document
from videocall.sockets import domain
from videocall.sockets.domain import CloseCode, Hello, Ping, Pong, Refusal, WatchThese, Welcome

FILE: Final = Path("docs/sockets/asyncapi.json")
SCHEMAS: Final = "#/components/schemas/"
MESSAGES: Final = "#/components/messages/"
FROM_CLIENTS: Final[tuple[type[BaseModel], ...]] = (Hello, WatchThese, Ping)
FROM_SERVICE: Final[tuple[type[BaseModel], ...]] = (Welcome, Pong, Refusal)


def main() -> None:
    """Write the document, or compare it."""
    text = json.dumps(document(), indent=1, ensure_ascii=False) + "\n"
    if "--check" not in sys.argv:
        FILE.parent.mkdir(parents=True, exist_ok=True)
        FILE.write_text(text, encoding="utf-8")
    elif not FILE.exists() or FILE.read_text(encoding="utf-8") != text:
        sys.exit(f"{FILE} is not what the service says. Run `make openapi`.")


def document() -> dict[str, Any]:
    """Describe the channel, its messages in both directions and the codes that end it."""
    sent = [t.value for t in Document] + [name_of(model) for model in FROM_SERVICE]
    received = [name_of(model) for model in FROM_CLIENTS]
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": "Chọn Số: sockets of the video call",
            "version": str(domain.VERSION),
            "description": " ".join(cleandoc(domain.__doc__ or "").split()),
        },
        "defaultContentType": "application/json",
        "channels": {
            "socket": {
                "address": f"/api/videocall{domain.PATH}",
                "messages": {name: {"$ref": MESSAGES + name} for name in (*received, *sent)},
                "x-close-codes": [
                    {
                        "code": code.value,
                        "name": code.name,
                        "description": meanings(CloseCode)[code],
                    }
                    for code in CloseCode
                ],
            }
        },
        "operations": {
            "hear": _operation("receive", received),
            "say": _operation("send", sent),
        },
        "components": {"messages": _messages(), "schemas": _schemas()},
    }


def name_of(model: type[BaseModel]) -> str:
    """Return the `t` of a message."""
    return str(model.model_json_schema()["properties"]["t"]["const"])


def meanings(enumeration: type[IntEnum] | type[Document]) -> dict[Any, str]:
    """Read the docstring that follows each member in the source."""
    lines = [line.strip() for line in getsource(enumeration).splitlines()]
    said = dict(pairwise(lines))
    return {
        member: next(said[line] for line in said if line.startswith(f"{member.name} = ")).strip('"')
        for member in enumeration
    }


def _operation(action: str, names: list[str]) -> dict[str, Any]:
    channel = "#/channels/socket"
    return {
        "action": action,
        "channel": {"$ref": channel},
        "messages": [{"$ref": f"{channel}/messages/{name}"} for name in names],
    }


def _messages() -> dict[str, Any]:
    said = {
        name_of(model): {
            "summary": " ".join(cleandoc(model.__doc__ or "").split()),
            "payload": {"$ref": SCHEMAS + model.__name__},
        }
        for model in (*FROM_CLIENTS, *FROM_SERVICE)
    }
    return said | {
        document.value: {
            "summary": meanings(Document)[document],
            "payload": {
                "type": "object",
                "required": ["v", "t", "seq", "call", "epoch", "body"],
                "properties": {
                    **_envelope(),
                    "t": {"const": document.value},
                    "body": {"$ref": SCHEMAS + BODIES[document].__name__},
                },
                "additionalProperties": False,
            },
        }
        for document in Document
    }


def _envelope() -> dict[str, Any]:
    properties: dict[str, Any] = Pong.model_json_schema(mode="serialization")["properties"]
    return properties


def _schemas() -> dict[str, Any]:
    bodies = dict.fromkeys(BODIES.values())
    _, received = models_json_schema(
        [(model, "validation") for model in FROM_CLIENTS], ref_template=SCHEMAS + "{model}"
    )
    _, sent = models_json_schema(
        [(model, "serialization") for model in (*FROM_SERVICE, *bodies)],
        ref_template=SCHEMAS + "{model}",
    )
    schemas: dict[str, Any] = received["$defs"] | sent["$defs"]
    return schemas


if __name__ == "__main__":
    main()
